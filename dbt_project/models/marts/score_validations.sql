with

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
        intervals.ahead_of_recency,
        intervals.ahead_of_recency_low,
        intervals.ahead_of_recency_high,
        totals.lift_top10,
        calibration.calibration_slope,
        drifts.drift,
        cast(totals.n as bigint) as n,
        cast(totals.n_events as bigint) as n_events,
        cast(totals.n_customers_with_event as bigint) as n_customers_with_event,
        cast(totals.n_dates as {{ dbt.type_int() }}) as n_dates,
        -- where recency itself is worse than chance, what means nothing is ahead of it
        case
            when intervals.predictor = 'recency' then null
            when
                least(totals.n_customers_with_event, totals.n_customers_without) < settings.minimum_events
                then 'not enough events'
            when
                intervals.outcome = 'churned'
                and intervals.ahead_of_recency_high < 0
                and intervals.reached_high < 0.5
                then 'yes'
            when
                intervals.outcome <> 'churned'
                and intervals.ahead_of_recency_low > 0
                and intervals.reached_low > case when intervals.outcome = 'revenue' then 0 else 0.5 end
                then 'yes'
            else 'no'
        end as beats_recency,
        'correlation only' as evidence,
        score_settings.score_version,
        {{ as_of() }} as as_of_date
    from {{ ref('int_validation__intervals') }} as intervals
    inner join {{ ref('int_validation__totals') }} as totals
        on
            intervals.predictor = totals.predictor
            and intervals.outcome = totals.outcome
            and intervals.segment = totals.segment
            and intervals.horizon_in_days = totals.horizon_in_days
    left join {{ ref('int_validation__drifts') }} as drifts
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
