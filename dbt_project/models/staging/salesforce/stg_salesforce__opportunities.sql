with

statements as (

    select * from {{ source('salesforce', 'opportunities') }}

),

latest as (

    {{ latest_statement('statements', ['opportunity_id'], 'modified_at') }}

),

final as (

    select
        opportunity_id,
        account_id,
        contact_id,
        campaign_id,
        owner_id,
        stage,
        opportunity_type,
        amount,
        is_closed,
        is_won,
        is_deleted,
        cast({{ utc('closed_on') }} as date) as closed_date,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
