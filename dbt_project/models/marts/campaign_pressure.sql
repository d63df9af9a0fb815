with

places as (

    select * from {{ ref('int_pressure__places') }}

),

-- Spearman's rho: Pearson's of the places, from whole numbers
moments as (

    select
        segment,
        count(*) as n,
        cast(sum(cast(pressure_place as decimal(38, 0))) as double) as x,
        cast(sum(cast(repeated_place as decimal(38, 0))) as double) as y,
        cast(sum(cast(pressure_place * pressure_place as decimal(38, 0))) as double) as xx,
        cast(sum(cast(repeated_place * repeated_place as decimal(38, 0))) as double) as yy,
        cast(sum(cast(pressure_place * repeated_place as decimal(38, 0))) as double) as xy
    from places
    group by segment

),

correlations as (

    select
        segment,
        n,
        (n * xy - x * y) / nullif(sqrt(greatest(n * xx - x * x, 0)) * sqrt(greatest(n * yy - y * y, 0)), 0) as spearman
    from moments

),

-- Fisher's z with the standard error of Fieller, Hartley and Pearson (https://doi.org/10.1093/biomet/44.3-4.470)
intervals as (

    select
        *,
        case when n > 3 and abs(spearman) < 1 then 0.5 * ln((1 + spearman) / (1 - spearman)) end as z,
        case when n > 3 then 1.959964 * 1.06 / sqrt(n - 3) end as reach
    from correlations

),

final as (

    select
        places.segment,
        places.decile,
        count(*) as n_customers,
        cast(sum(places.repeated) as bigint) as n_repeated,
        {{ share('sum(places.repeated)', 'count(*)') }} as repeat_conversion_rate_90d,
        round(min(places.promo_pressure), 6) as lowest_promo_pressure,
        round(max(places.promo_pressure), 6) as highest_promo_pressure,
        round(intervals.spearman, 6) as spearman,
        {% for side, sign in [('low', '-'), ('high', '+')] %}
        round(1 - 2 / (exp(2 * (intervals.z {{ sign }} intervals.reach)) + 1), 6) as spearman_{{ side }},
        {% endfor %}
        cast(intervals.n as bigint) as n_correlated
    from places
    inner join intervals on places.segment = intervals.segment
    group by places.segment, places.decile, intervals.spearman, intervals.z, intervals.reach, intervals.n

)

select * from final
