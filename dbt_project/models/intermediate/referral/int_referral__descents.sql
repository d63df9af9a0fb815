with recursive

links as (

    select * from {{ ref('int_referral__links') }}
    where not closes_ring

),

final as (

    select
        customer_id,
        referrer_customer_id as ancestor_id,
        1 as depth,
        accepted_at
    from links
    union all
    select
        final.customer_id,
        links.referrer_customer_id as ancestor_id,
        final.depth + 1 as depth,
        final.accepted_at
    from final
    inner join links on final.ancestor_id = links.customer_id

)

select * from final
