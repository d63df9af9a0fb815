with

statements as (

    select * from {{ source('files', 'campaign_costs') }}

),

latest as (

    {{ latest_statement('statements', ['cost_id']) }}

),

final as (

    select
        cost_id,
        campaign_id,
        cost_type,
        currency,
        amount,
        recipient_count,
        {{ utc('spent_at') }} as spent_at,
        day as _day
    from latest

)

select * from final
