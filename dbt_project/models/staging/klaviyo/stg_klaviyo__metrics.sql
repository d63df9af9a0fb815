with

statements as (

    select * from {{ source('klaviyo', 'metrics') }}

),

latest as (

    {{ latest_statement('statements', ['metric_id']) }}

),

final as (

    select
        metric_id,
        name,
        integration,
        integration_category,
        {{ utc('created_at') }} as created_at,
        {{ utc('updated_at') }} as updated_at,
        day as _day
    from latest

)

select * from final
