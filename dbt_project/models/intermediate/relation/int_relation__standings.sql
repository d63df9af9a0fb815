{{ config(materialized='view') }}

-- Where a customer's points of the score stand among those compared with: the share of the others below, counted once
-- for each distinct number of points.
with

customers as (

    select
        customers.customer_id,
        customers.b2b_b2c,
        case
            when companies.industry is null then customers.b2b_b2c
            else concat(customers.b2b_b2c, ' ', companies.industry)
        end as industry_group
    from {{ ref('int_customer__customers') }} as customers
    left join {{ ref('int_account__companies') }} as companies on customers.company_id = companies.company_id

),

points as (

    select
        points.customer_id,
        sum(case when types.medium = 'online' then points.points else 0 end) as online_points,
        sum(case when types.medium = 'offline' then points.points else 0 end) as offline_points,
        sum(points.points) as raw_score
    from {{ ref('int_score__points') }} as points
    inner join {{ ref('int_relation__types') }} as types on points.activity = types.activity
    group by points.customer_id

),

measured as (

    {% for measure, among in [
        ('online_points', 'b2b_b2c'), ('offline_points', 'b2b_b2c'), ('raw_score', 'industry_group')
    ] %}
    select
        customers.customer_id,
        '{{ measure }}' as measure,
        customers.{{ among }} as reference_group,
        cast(coalesce(points.{{ measure }}, 0) as decimal(18, 6)) as points
    from customers
    left join points on customers.customer_id = points.customer_id
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

placed as (

    select
        measure,
        reference_group,
        points,
        sum(count(*)) over (partition by measure, reference_group order by points rows unbounded preceding) - count(*)
            as n_below,
        sum(count(*)) over (partition by measure, reference_group) as n_all
    from measured
    group by measure, reference_group, points

),

compared as (

    select
        measured.*,
        placed.n_all,
        100.0 * cast(placed.n_below as double) / nullif(placed.n_all - 1, 0) as percentile
    from measured
    inner join placed
        on
            measured.measure = placed.measure
            and measured.reference_group = placed.reference_group
            and measured.points = placed.points

),

final as (

    select
        customer_id,
        max(case when measure = 'raw_score' then reference_group end) as reference_group,
        max(case when measure = 'raw_score' then n_all end) as n_reference_group,
        max(case when measure = 'raw_score' then percentile end) as score_pctl_segment,
        max(case when measure = 'online_points' then points end) as online_points,
        max(case when measure = 'offline_points' then points end) as offline_points,
        max(case when measure = 'online_points' then percentile end) as online_score,
        max(case when measure = 'offline_points' then percentile end) as offline_score
    from compared
    group by customer_id

)

select * from final
