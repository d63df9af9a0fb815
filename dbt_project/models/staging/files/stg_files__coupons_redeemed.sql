with

statements as (

    select * from {{ source('files', 'coupons_redeemed') }}

),

latest as (

    {{ latest_statement('statements', ['redemption_id']) }}

),

final as (

    select
        redemption_id,
        coupon_id,
        nullif(trim(loyalty_id), '') as loyalty_id,
        email_digest,
        phone_digest,
        order_id,
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ utc('redeemed_at') }} as redeemed_at,
        day as _day
    from latest

)

select * from final
