with

statements as (

    select * from {{ source('files', 'coupons_issued') }}

),

latest as (

    {{ latest_statement('statements', ['coupon_id']) }}

),

final as (

    select
        coupon_id,
        nullif(trim(loyalty_id), '') as loyalty_id,
        email_digest,
        phone_digest,
        campaign_id,
        discount_code,
        currency,
        value,
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ utc('issued_at') }} as issued_at,
        {{ utc('expires_at') }} as expires_at,
        day as _day
    from latest

)

select * from final
