with

customers as (

    select * from {{ ref('customer_relations') }}

),

segments as (

    select
        customers.*,
        customers.b2b_b2c as segment
    from customers
    union all
    select
        customers.*,
        'all' as segment
    from customers

),

-- a sum over nothing but nulls is null: what no source covers of anybody
totals as (

    select
        segment,
        count(*) as n_customers,
        sum(case when n_acts > 0 then 1 when n_acts = 0 then 0 end) as n_active,
        sum(case when contributor_tier = 'creator' then 1 when n_contributions >= 0 then 0 end) as n_creators,
        sum(case when contributor_tier = 'contributor' then 1 when n_contributions >= 0 then 0 end) as n_contributors,
        sum(case when contributor_tier = 'lurker' then 1 when n_contributions >= 0 then 0 end) as n_lurkers,
        sum(case when is_fan then 1 when not is_fan then 0 end) as fan_base_size,
        sum(case when is_fan and n_acts > 0 then 1 when is_fan is not null then 0 end) as n_active_fans,
        sum(case when is_omni then 1 when not is_omni then 0 end) as n_omni,
        sum(case when n_outbound > 0 then 1 when n_outbound = 0 then 0 end) as n_addressed,
        sum(case when is_one_sided then 1 when not is_one_sided then 0 end) as n_one_sided
    from segments
    group by segment

),

final as (

    select
        segment,
        n_customers,
        cast(n_active as bigint) as n_active,
        cast(n_creators as bigint) as n_creators,
        cast(n_contributors as bigint) as n_contributors,
        cast(n_lurkers as bigint) as n_lurkers,
        {{ share('n_creators', 'n_active') }} as creator_share,
        {{ share('n_contributors', 'n_active') }} as contributor_share,
        {{ share('n_lurkers', 'n_active') }} as lurker_share,
        {{ share('n_creators + n_contributors', 'n_active') }} as contributor_rate,
        cast(fan_base_size as bigint) as fan_base_size,
        cast(n_active_fans as bigint) as n_active_fans,
        {{ share('n_active_fans', 'n_active') }} as fan_rate,
        cast(n_omni as bigint) as n_omni,
        {{ share('n_omni', 'n_active') }} as omni_share,
        cast(n_addressed as bigint) as n_addressed,
        cast(n_one_sided as bigint) as n_one_sided,
        {{ share('n_one_sided', 'n_addressed') }} as one_sided_share
    from totals

)

select * from final
