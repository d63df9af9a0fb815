-- Who came by whom: the invitation they accepted first. So each has one referrer, and what is no tree is a ring,
-- of which the link that was accepted last closes it and is not walked.
with recursive

accepted as (

    select
        *,
        row_number() over (
            partition by customer_id
            order by accepted_at, referral_id
        ) as place
    from {{ ref('int_referral__referrals') }}
    where accepted_at is not null and customer_id is not null and referrer_customer_id <> customer_id

),

links as (

    select
        customer_id,
        referrer_customer_id,
        accepted_at
    from accepted
    where place = 1

),

-- a pair that is there already is not walked again: rings end
ancestors as (

    select
        customer_id,
        referrer_customer_id as ancestor_id
    from links
    union
    select
        ancestors.customer_id,
        links.referrer_customer_id as ancestor_id
    from ancestors
    inner join links on ancestors.ancestor_id = links.customer_id

),

-- whoever stands above themselves has nobody but the ring above them
rings as (

    select
        ancestors.customer_id,
        min(ancestors.ancestor_id) as ring_id
    from ancestors
    inner join ancestors as selves
        on ancestors.customer_id = selves.customer_id and selves.customer_id = selves.ancestor_id
    group by ancestors.customer_id

),

final as (

    select
        links.customer_id,
        links.referrer_customer_id,
        rings.ring_id,
        rings.ring_id is not null
        and row_number() over (
            partition by rings.ring_id
            order by links.accepted_at desc, links.customer_id
        ) = 1 as closes_ring,
        links.accepted_at
    from links
    left join rings on links.customer_id = rings.customer_id

)

select * from final
