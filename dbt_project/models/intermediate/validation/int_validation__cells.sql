-- Counts in place of customers, which is all that a curve needs: by level and group, and by level and Monday.
with

places as (

    select * from {{ ref('int_validation__places') }}

),

outcomes as (

    select
        *,
        {{ place_of('revenue', 'horizon_in_days, observed_on') }} as revenue_place_of_all,
        {{ place_of('revenue', 'horizon_in_days, observed_on, b2b_b2c') }} as revenue_place_of_side,
        {{ place_of('revenue', 'horizon_in_days, observed_on, tenure_band') }} as revenue_place_of_band
    from {{ ref('int_validation__outcomes') }}

),

settings as (

    select * from {{ ref('validation_settings') }}

),

paired as (

    select
        places.predictor,
        places.segment,
        places.draw_group,
        places.place,
        cast(floor(places.place * settings.n_levels) as {{ dbt.type_int() }}) as level,
        case places.segment
            when 'all' then outcomes.revenue_place_of_all
            when outcomes.b2b_b2c then outcomes.revenue_place_of_side
            else outcomes.revenue_place_of_band
        end as revenue_place,
        outcomes.horizon_in_days,
        outcomes.purchased,
        outcomes.repeated,
        outcomes.retained,
        outcomes.referred,
        outcomes.advocated,
        outcomes.satisfied,
        outcomes.promoter,
        outcomes.detractor,
        outcomes.share_of_wallet,
        outcomes.revenue,
        outcomes.observed_on
    from places
    inner join outcomes on places.customer_id = outcomes.customer_id and places.observed_on = outcomes.observed_on
    cross join settings

),

final as (

    select
        predictor,
        segment,
        horizon_in_days,
        draw_group,
        observed_on,
        level,
        -- in whole billionths, so that the sum is the same in whatever order it is taken
        {% for column, value in [
            ('sum_x', 'place'), ('sum_y', 'revenue_place'), ('sum_xx', 'place * place'),
            ('sum_yy', 'revenue_place * revenue_place'), ('sum_xy', 'place * revenue_place')
        ] %}
        cast(sum(cast(round(1e9 * {{ value }}) as bigint)) as bigint) as {{ column }},
        {% endfor %}
        count(*) as n,
        sum(purchased) as purchased,
        count(repeated) as n_buyers,
        coalesce(sum(repeated), 0) as repeated,
        count(retained) as n_active,
        coalesce(sum(retained), 0) as retained,
        sum(referred) as referred,
        sum(advocated) as advocated,
        count(satisfied) as n_csat,
        coalesce(sum(satisfied), 0) as satisfied,
        count(promoter) as n_nps,
        coalesce(sum(promoter), 0) as promoter,
        coalesce(sum(detractor), 0) as detractor,
        count(share_of_wallet) as n_share_of_wallet,
        sum(share_of_wallet) as share_of_wallet,
        sum(revenue) as revenue
    from paired
    group by grouping sets (
        (predictor, segment, horizon_in_days, draw_group, level),
        (predictor, segment, horizon_in_days, observed_on, level)
    )

)

select * from final
