with

statements as (

    select * from {{ source('hubspot', 'deals') }}

),

latest as (

    {{ latest_statement('statements', ['deal_id'], 'modified_at') }}

),

archived as (

    select
        deal_id,
        max(archived_at) as archived_at
    from {{ source('hubspot', 'deals_archived') }}
    group by deal_id

),

final as (

    select
        latest.deal_id,
        latest.owner_id,
        latest.order_number,
        latest.pipeline,
        latest.stage,
        latest.deal_type,
        latest.currency,
        latest.amount,
        latest.line_count,
        latest.is_closed_won,
        coalesce(latest.is_archived, false)
        or coalesce(archived.archived_at >= latest.modified_at, false) as is_archived,
        {{ utc('latest.closed_at') }} as closed_at,
        {{ utc('latest.created_at') }} as created_at,
        {{ utc('latest.modified_at') }} as modified_at,
        {{ utc('archived.archived_at') }} as archived_at,
        latest.day as _day
    from latest
    left join archived on latest.deal_id = archived.deal_id

)

select * from final
