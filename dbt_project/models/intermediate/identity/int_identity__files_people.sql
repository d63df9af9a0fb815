{{ config(materialized='view') }}

with

seen as (

    {% for entity, seen_at in [
        ('orders', 'ordered_at'),
        ('loyalty_points', 'booked_at'),
        ('coupons_issued', 'issued_at'),
        ('coupons_redeemed', 'redeemed_at'),
        ('attendance', 'happened_at'),
        ('survey_answers', 'answered_at'),
        ('referrals', 'happened_at'),
    ] %}
    select
        loyalty_id,
        email_digest,
        phone_digest,
        is_role_mailbox,
        {{ seen_at }} as seen_at,
        _day
    from {{ ref('stg_files__' ~ entity) }}
    union all
    {% endfor %}
    select
        friend_loyalty_id as loyalty_id,
        friend_email_digest as email_digest,
        cast(null as {{ dbt.type_string() }}) as phone_digest,
        is_friend_role_mailbox as is_role_mailbox,
        happened_at as seen_at,
        _day
    from {{ ref('stg_files__referrals') }}

),

final as (

    select
        {{ files_identifier_type() }} as record_type,
        {{ files_identifier() }} as record_id,
        email_digest,
        phone_digest,
        is_role_mailbox,
        _day,
        min(seen_at) as seen_at
    from seen
    where loyalty_id is not null or (email_digest is not null and not is_role_mailbox)
    group by loyalty_id, email_digest, phone_digest, is_role_mailbox, _day

)

select * from final
