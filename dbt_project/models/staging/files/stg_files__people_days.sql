{{ config(materialized='view_of_a_build') }}

with

statements as (

    {% for entity, key, seen_at in [
        ('orders', 'order_id', 'ordered_at'),
        ('loyalty_points', 'entry_id', 'booked_at'),
        ('coupons_issued', 'coupon_id', 'issued_at'),
        ('coupons_redeemed', 'redemption_id', 'redeemed_at'),
        ('attendance', "concat(attendance_id, '/', status)", 'happened_at'),
        ('survey_answers', "concat(response_id, '/', question)", 'answered_at'),
        ('referrals', "concat(referral_id, '/', status)", 'happened_at'),
    ] %}
    select
        concat('files/{{ entity }}/', {{ key }}) as statement_id,
        loyalty_id,
        email,
        email_digest,
        {{ seen_at }} as seen_at,
        _seq,
        day
    from {{ source('files', entity) }}
    where {{ in_touched_days('day') }}
    union all
    {% endfor %}
    select
        concat('files/referrals/', referral_id, '/', status, '/friend') as statement_id,
        friend_loyalty_id as loyalty_id,
        friend_email as email,
        friend_email_digest as email_digest,
        happened_at as seen_at,
        _seq,
        day
    from {{ source('files', 'referrals') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['statement_id', 'day']) }}

),

final as (

    select
        statement_id,
        nullif(trim(loyalty_id), '') as loyalty_id,
        email_digest,
        {{ exclusion_of_email('email') }} as email_exclusion,
        {{ utc('seen_at') }} as seen_at,
        day as _day
    from latest

)

select * from final
