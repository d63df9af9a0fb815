with

deals as (

    select
        deal_id,
        max(day) as day
    from {{ source('hubspot', 'deals') }}
    group by deal_id

),

statements as (

    select * from {{ source('hubspot', 'deal_contacts') }}

),

latest as (

    {{ latest_statement('statements', ['deal_id', 'contact_id']) }}

),

-- an association holds while it is as old as the last statement of its deal
final as (

    select
        latest.deal_id,
        latest.contact_id,
        latest.day as _day
    from latest
    inner join deals
        on
            latest.deal_id = deals.deal_id
            and latest.day = deals.day

)

select * from final
