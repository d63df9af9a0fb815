with

reached as (

    select * from {{ ref('int_validation__resampled') }}

),

intervals as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        max(case when replicate = 0 then reached end) as reached,
        percentile_cont(0.025) within group (order by case when replicate > 0 then reached end) as reached_low,
        percentile_cont(0.975) within group (order by case when replicate > 0 then reached end) as reached_high,
        max(case when replicate = 0 then ahead_of_recency end) as ahead,
        percentile_cont(0.025) within group (order by case when replicate > 0 then ahead_of_recency end) as ahead_low,
        percentile_cont(0.975) within group (order by case when replicate > 0 then ahead_of_recency end) as ahead_high
    from reached
    group by predictor, outcome, segment, horizon_in_days

),

counts as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        observed_on,
        sum(n) as n,
        sum(n_events) as n_events,
        sum(case when decile = 10 then n else 0 end) as n_top,
        sum(case when decile = 10 then n_events else 0 end) as n_events_top
    from {{ ref('int_validation__deciles') }}
    group by predictor, outcome, segment, horizon_in_days, observed_on

),

totals as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        count(*) as n_dates,
        sum(n) as n,
        sum(n_events) as n_events,
        max(n_events) as n_customers_with_event,
        max(n - n_events) as n_customers_without,
        {{ share('sum(n_events_top)', 'sum(n_top)') }} / nullif({{ share('sum(n_events)', 'sum(n)') }}, 0) as lift_top10
    from counts
    group by predictor, outcome, segment, horizon_in_days

),

latest as (

    select
        horizon_in_days,
        observed_on
    from {{ ref('int_validation__grid') }}
    where is_latest

),

drifts as (

    select
        curves.predictor,
        curves.outcome,
        curves.segment,
        curves.horizon_in_days,
        max(case when latest.observed_on is not null then curves.reached end)
        - percentile_cont(0.5) within group (order by curves.reached) as drift
    from {{ ref('int_validation__curves') }} as curves
    left join latest
        on curves.horizon_in_days = latest.horizon_in_days and curves.observed_on = latest.observed_on
    group by curves.predictor, curves.outcome, curves.segment, curves.horizon_in_days

),

final as (

    select
        intervals.predictor,
        intervals.outcome,
        intervals.segment,
        cast(intervals.horizon_in_days as {{ dbt.type_int() }}) as horizon_in_days,
        case when intervals.outcome = 'revenue' then 'spearman' else 'auc' end as measure,
        intervals.reached,
        intervals.reached_low,
        intervals.reached_high,
        intervals.ahead as ahead_of_recency,
        intervals.ahead_low as ahead_of_recency_low,
        intervals.ahead_high as ahead_of_recency_high,
        totals.lift_top10,
        calibration.calibration_slope,
        drifts.drift,
        cast(totals.n as bigint) as n,
        cast(totals.n_events as bigint) as n_events,
        cast(totals.n_customers_with_event as bigint) as n_customers_with_event,
        cast(totals.n_dates as {{ dbt.type_int() }}) as n_dates,
        case
            when intervals.predictor = 'recency' then null
            when
                least(totals.n_customers_with_event, totals.n_customers_without) < settings.minimum_events
                then 'not enough events'
            when intervals.outcome = 'churned' and intervals.ahead_high < 0 then 'yes'
            when intervals.outcome <> 'churned' and intervals.ahead_low > 0 then 'yes'
            else 'no'
        end as beats_recency,
        'correlation only' as evidence,
        score_settings.score_version,
        {{ as_of() }} as as_of_date
    from intervals
    inner join totals
        on
            intervals.predictor = totals.predictor
            and intervals.outcome = totals.outcome
            and intervals.segment = totals.segment
            and intervals.horizon_in_days = totals.horizon_in_days
    left join drifts
        on
            intervals.predictor = drifts.predictor
            and intervals.outcome = drifts.outcome
            and intervals.segment = drifts.segment
            and intervals.horizon_in_days = drifts.horizon_in_days
    left join {{ ref('int_validation__calibration') }} as calibration
        on
            intervals.predictor = calibration.predictor
            and intervals.outcome = calibration.outcome
            and intervals.segment = calibration.segment
            and intervals.horizon_in_days = calibration.horizon_in_days
    cross join {{ ref('validation_settings') }} as settings
    cross join {{ ref('score_settings') }} as score_settings

)

select * from final
