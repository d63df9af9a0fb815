-- A tenth of the customers after the other, from the lowest to the highest: to how many of them it came, and what it
-- was worth in money or in percent.
with

counts as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        observed_on,
        level,
        n,
        n_events,
        cast(null as decimal(38, 4)) as value
    from {{ ref('int_validation__counts') }}
    where observed_on is not null
    union all
    select
        predictor,
        'revenue' as outcome,
        segment,
        horizon_in_days,
        observed_on,
        level,
        n,
        purchased as n_events,
        revenue as value
    from {{ ref('int_validation__cells') }}
    where observed_on is not null
    union all
    select
        predictor,
        'share_of_wallet' as outcome,
        segment,
        horizon_in_days,
        observed_on,
        level,
        n_share_of_wallet as n,
        n_share_of_wallet as n_events,
        share_of_wallet as value
    from {{ ref('int_validation__cells') }}
    where observed_on is not null

),

final as (

    select
        counts.predictor,
        counts.outcome,
        counts.segment,
        counts.horizon_in_days,
        cast(floor(10.0 * counts.level / settings.n_levels) as {{ dbt.type_int() }}) + 1 as decile,
        sum(counts.n) as n,
        sum(counts.n_events) as n_events,
        sum(counts.value) as value,
        counts.observed_on
    from counts
    cross join {{ ref('validation_settings') }} as settings
    group by
        counts.predictor, counts.outcome, counts.segment, counts.horizon_in_days,
        floor(10.0 * counts.level / settings.n_levels), counts.observed_on

)

select * from final
