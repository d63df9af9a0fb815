with

statements as (

    select * from {{ source('files', 'orders') }}

),

latest as (

    {{ latest_statement('statements', ['order_id']) }}

),

final as (

    select
        order_id,
        nullif(trim(order_number), '') as order_number,
        nullif(trim(loyalty_id), '') as loyalty_id,
        email_digest,
        phone_digest,
        store_id,
        associate_id,
        discount_code,
        currency,
        amount,
        line_count,
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ utc('ordered_at') }} as ordered_at,
        day as _day
    from latest

)

select * from final
