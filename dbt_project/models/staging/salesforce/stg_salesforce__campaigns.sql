with

statements as (

    select * from {{ source('salesforce', 'campaigns') }}

),

latest as (

    {{ latest_statement('statements', ['campaign_id'], 'modified_at') }}

),

final as (

    select
        campaign_id,
        parent_campaign_id,
        owner_id,
        name,
        campaign_type,
        status,
        budgeted_cost,
        actual_cost,
        is_active,
        is_deleted,
        cast({{ utc('starts_on') }} as date) as starts_date,
        cast({{ utc('ends_on') }} as date) as ends_date,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
