with

statements as (

    select * from {{ source('mailchimp', 'unsubscribes') }}

),

latest as (

    {{ latest_statement('statements', ['campaign_id', 'member_id']) }}

),

final as (

    select
        campaign_id,
        list_id,
        member_id_digest as member_id,
        email_digest,
        {{ utc('unsubscribed_at') }} as unsubscribed_at,
        day as _day
    from latest

)

select * from final
