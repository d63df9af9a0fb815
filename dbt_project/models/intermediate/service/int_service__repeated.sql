-- Another way of contact within days: the first had not sufficed.
with

contacts as (

    select
        contacts.activity_id,
        contacts.customer_id,
        contacts.contact_channel,
        contacts.ts,
        settings.handed_off_within_days * 24 as hours
    from {{ ref('int_service__contacts') }} as contacts
    cross join {{ ref('service_settings') }} as settings
    where contacts.role in ('inquiry', 'call')

),

final as (

    select distinct earlier.activity_id
    from contacts as earlier
    inner join contacts as later
        on
            earlier.customer_id = later.customer_id
            and earlier.contact_channel <> later.contact_channel
            and earlier.ts < later.ts
            and {{ hours_later('earlier.ts', 'earlier.hours') }} >= later.ts

)

select * from final
