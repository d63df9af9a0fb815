with

tiers as (

    select
        customer_id,
        engagement_tier
    from {{ ref('customer_relations') }}
    where engagement_tier is not null

),

sizes as (

    select
        engagement_tier,
        count(*) as n_customers
    from tiers
    group by engagement_tier

),

acts as (

    select
        tiers.engagement_tier,
        acts.activity,
        count(*) as n_doers,
        sum(acts.n_in_window) as n_acts
    from {{ ref('int_relation__acts') }} as acts
    inner join tiers on acts.customer_id = tiers.customer_id
    inner join {{ ref('int_relation__types') }} as types on acts.activity = types.activity
    where types.is_counted and acts.n_in_window > 0
    group by tiers.engagement_tier, acts.activity

),

final as (

    select
        acts.engagement_tier,
        acts.activity,
        sizes.n_customers,
        acts.n_doers,
        {{ share('acts.n_doers', 'sizes.n_customers') }} as doers_share,
        {{ whole('acts.n_acts') }} as n_acts,
        {{ whole('sum(acts.n_acts) over (partition by acts.engagement_tier)') }} as n_acts_of_tier,
        {{ share('acts.n_acts', 'sum(acts.n_acts) over (partition by acts.engagement_tier)') }} as acts_share
    from acts
    inner join sizes on acts.engagement_tier = sizes.engagement_tier

)

select * from final
