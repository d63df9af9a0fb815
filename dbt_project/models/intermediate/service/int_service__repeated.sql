-- Another way of contact within days: the first had not sufficed. In order of time a customer's contacts over one way
-- are a run, so that the next run begins with the next other way.
with

contacts as (

    select
        *,
        lag(contact_channel) over (
            partition by customer_id
            order by ts, activity_id
        ) as channel_before
    from {{ ref('int_service__contacts') }}
    where role in ('inquiry', 'call') and customer_id is not null

),

numbered as (

    select
        contacts.activity_id,
        contacts.customer_id,
        contacts.ts,
        settings.handed_off_within_days * 24 as hours,
        sum(case when contacts.contact_channel = contacts.channel_before then 0 else 1 end) over (
            partition by contacts.customer_id
            order by contacts.ts, contacts.activity_id
            rows unbounded preceding
        ) as run
    from contacts
    cross join {{ ref('service_settings') }} as settings

),

runs as (

    select
        customer_id,
        run,
        min(ts) as begun_at
    from numbered
    group by customer_id, run

),

final as (

    select numbered.activity_id
    from numbered
    inner join runs on numbered.customer_id = runs.customer_id and numbered.run + 1 = runs.run
    where {{ hours_later('numbered.ts', 'numbered.hours') }} >= runs.begun_at

)

select * from final
