with

links as (

    select * from {{ ref('int_referral__links') }}

),

descents as (

    select * from {{ ref('int_referral__descents') }}

),

invited as (

    select
        referrer_customer_id as customer_id,
        count(*) as n_invitations,
        count(accepted_at) as n_accepted,
        sum(case when is_incentivised then 1 else 0 end) as n_invitations_incentivised
    from {{ ref('int_referral__referrals') }}
    where referrer_customer_id is not null
    group by referrer_customer_id

),

brought as (

    select
        ancestor_id as customer_id,
        sum(case when depth = 1 then 1 else 0 end) as n_direct,
        count(*) as downstream_customers,
        max(depth) as referral_depth
    from descents
    group by ancestor_id

),

-- what customers bought since they came
earned as (

    select
        descents.ancestor_id as customer_id,
        sum(orders.net_sales) as downstream_revenue
    from descents
    inner join {{ ref('int_order__orders') }} as orders
        on descents.customer_id = orders.customer_id and descents.accepted_at <= orders.ordered_at
    group by descents.ancestor_id

),

roots as (

    select
        customer_id,
        {{ last_by('ancestor_id', 'depth') }} as root_customer_id,
        max(depth) as generation
    from descents
    group by customer_id

),

everybody as (

    select customer_id from invited
    union
    select customer_id from links

),

final as (

    select
        everybody.customer_id,
        links.referrer_customer_id,
        coalesce(roots.root_customer_id, everybody.customer_id) as root_customer_id,
        {{ whole('roots.generation') }} as generation,
        {{ whole('invited.n_invitations') }} as n_invitations,
        {{ whole('invited.n_invitations_incentivised') }} as n_invitations_incentivised,
        {{ whole('invited.n_accepted') }} as n_accepted,
        {{ share('invited.n_accepted', 'invited.n_invitations') }} as acceptance_rate,
        {{ whole('brought.n_direct') }} as n_direct,
        {{ whole('brought.downstream_customers') }} as downstream_customers,
        {{ whole('brought.referral_depth') }} as referral_depth,
        cast(coalesce(earned.downstream_revenue, 0) as decimal(18, 4)) as downstream_revenue,
        links.ring_id is not null as is_in_ring,
        coalesce(links.closes_ring, false) as closes_ring,
        links.accepted_at
    from everybody
    left join links on everybody.customer_id = links.customer_id
    left join invited on everybody.customer_id = invited.customer_id
    left join brought on everybody.customer_id = brought.customer_id
    left join earned on everybody.customer_id = earned.customer_id
    left join roots on everybody.customer_id = roots.customer_id

)

select * from final
