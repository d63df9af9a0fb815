with

statements as (

    select * from {{ source('salesforce', 'campaign_members') }}

),

latest as (

    {{ latest_statement('statements', ['campaign_member_id'], 'modified_at') }}

),

final as (

    select
        campaign_member_id,
        campaign_id,
        contact_id,
        lead_id,
        status,
        has_responded,
        is_deleted,
        cast({{ utc('responded_on') }} as date) as responded_date,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
