{{ config(materialized='view_of_a_build') }}

-- Two customers of one act: whoever refers a friend. No other source names both.
with

pairs as (

    select distinct
        referrer_customer_id,
        customer_id
    from {{ ref('int_referral__referrals') }}
    where referrer_customer_id <> customer_id and invited_at < {{ as_of() }}

),

ends as (

    select
        referrer_customer_id as customer_id,
        customer_id as other_customer_id,
        1 as n_towards,
        0 as n_from
    from pairs
    union all
    select
        customer_id,
        referrer_customer_id as other_customer_id,
        0 as n_towards,
        1 as n_from
    from pairs

),

edges as (

    select
        customer_id,
        other_customer_id,
        sum(n_towards) * sum(n_from) as n_reciprocal
    from ends
    group by customer_id, other_customer_id

),

final as (

    select
        customer_id,
        count(*) as n_connections_c2c,
        sum(n_reciprocal) as n_reciprocal_c2c
    from edges
    group by customer_id

)

select * from final
