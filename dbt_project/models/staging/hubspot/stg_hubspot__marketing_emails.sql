with

statements as (

    select * from {{ source('hubspot', 'marketing_emails') }}

),

latest as (

    {{ latest_statement('statements', ['marketing_email_id'], 'modified_at') }}

),

final as (

    select
        marketing_email_id,
        campaign_id,
        name,
        subject,
        state,
        type as email_type,
        is_published,
        {{ utc('created_at') }} as created_at,
        {{ utc('modified_at') }} as modified_at,
        {{ utc('published_at') }} as published_at,
        day as _day
    from latest

)

select * from final
