-- The straight line through the weekly scores (ordinary least squares), and how sure its slope is.
with

settings as (

    select * from {{ ref('side_settings') }}

),

-- sums of exact decimals, so that the order of the weeks is nothing to them
sums as (

    select
        customer_id,
        count(*) as n,
        sum(week_number) as x,
        sum(week_number * week_number) as xx,
        cast(sum(raw_score) as double) as y,
        cast(sum(week_number * raw_score) as double) as xy,
        cast(sum(raw_score * raw_score) as double) as yy
    from {{ ref('int_side__weeks') }}
    group by customer_id

),

spreads as (

    select
        customer_id,
        n,
        xx - cast(x * x as double) / n as sxx,
        xy - x * y / n as sxy,
        yy - y * y / n as syy
    from sums

),

lines as (

    select
        spreads.customer_id,
        spreads.n,
        spreads.sxy / spreads.sxx as slope,
        quantiles.quantile_975
        * sqrt(greatest(spreads.syy - spreads.sxy * spreads.sxy / spreads.sxx, 0) / (spreads.n - 2) / spreads.sxx)
            as margin
    from spreads
    cross join settings
    inner join {{ ref('student_quantiles') }} as quantiles on spreads.n - 2 = quantiles.degrees_of_freedom
    where spreads.n >= settings.fewest_weeks

),

final as (

    select
        customer_id,
        cast(n as {{ dbt.type_int() }}) as n_trend_weeks,
        round(slope, 6) as relationship_trend_90d,
        round(slope - margin, 6) as relationship_trend_90d_low,
        round(slope + margin, 6) as relationship_trend_90d_high,
        case
            when round(slope - margin, 6) > 0 then 'improving'
            when round(slope + margin, 6) < 0 then 'declining'
            else 'stable'
        end as relationship_trend
    from lines

)

select * from final
