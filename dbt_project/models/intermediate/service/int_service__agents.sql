-- Whoever of the company stands on a record of the day, what came in or what went out.
with

contacts as (

    select * from {{ ref('int_service__contacts') }}
    where owner_id is not null

),

final as (

    select
        contact_channel,
        count(distinct owner_id) as n_agents,
        contact_date
    from contacts
    group by contact_channel, contact_date
    union all
    select
        'all' as contact_channel,
        count(distinct owner_id) as n_agents,
        contact_date
    from contacts
    group by contact_date

)

select * from final
