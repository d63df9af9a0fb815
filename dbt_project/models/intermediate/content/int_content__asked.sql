-- Readings after which the customer turned to the company: the page had not answered. Whether it was about the page no
-- source tells.
with

contacts as (

    select * from {{ ref('int_service__contacts') }}
    where role in ('inquiry', 'call')

),

final as (

    select distinct
        readings.actor_id,
        readings.content_id,
        readings.source_system,
        readings.view_date
    from {{ ref('int_content__readings') }} as readings
    cross join {{ ref('content_settings') }} as settings
    inner join contacts
        on
            readings.customer_id = contacts.customer_id
            and readings.last_viewed_at < contacts.ts
            and {{ epoch_seconds('contacts.ts') }} - {{ epoch_seconds('readings.last_viewed_at') }}
            <= settings.asked_within_h * 3600

)

select * from final
