-- Evidence after evidence of one stage, none further from the one before than the stage lapses after. Silence says
-- something only from the first day that any source covers.
with

coverage as (

    select min(date_day) as first_covered_on
    from {{ ref('int_coverage__days') }}
    where is_received

),

evidence as (

    select
        evidence.*,
        stages.model,
        stages.stage_number,
        stages.lapses_after_days,
        greatest(evidence.evidence_date, coalesce(coverage.first_covered_on, evidence.evidence_date)) as heard_on
    from {{ ref('int_lifecycle__evidence') }} as evidence
    cross join coverage
    inner join {{ ref('lifecycle_stages') }} as stages on evidence.stage = stages.stage

),

neighbours as (

    select
        *,
        lag(heard_on) over in_order as previous_heard_on,
        lead(evidence_date) over in_order as next_date
    from evidence
    window in_order as (partition by customer_id, stage order by evidence_date, evidence_at, activity_id)

),

-- most evidence lies in the midst of an island, and is left out before islands are numbered
shores as (

    select
        *,
        coalesce(
            {{ dbt.dateadd('day', 'lapses_after_days', 'previous_heard_on') }} < evidence_date,
            previous_heard_on is null
        ) as is_start,
        coalesce(
            {{ dbt.dateadd('day', 'lapses_after_days', 'heard_on') }} < next_date, next_date is null
        ) as is_end
    from neighbours

),

numbered as (

    select
        *,
        sum(case when is_start then 1 else 0 end) over (
            partition by customer_id, stage
            order by evidence_date, evidence_at, activity_id
            rows unbounded preceding
        ) as island_number
    from shores
    where is_start or is_end

),

bounded as (

    select
        customer_id,
        model,
        stage,
        stage_number,
        max(case when is_start then activity_id end) as activity_id,
        max(case when is_start then evidence_at end) as evidence_at,
        min(evidence_date) as started_on,
        cast({{ dbt.dateadd('day', 'max(lapses_after_days)', 'max(heard_on)') }} as date) as lapses_on
    from numbered
    group by customer_id, model, stage, stage_number, island_number

),

-- what is not over by the end of the window is open
final as (

    select
        customer_id,
        activity_id,
        model,
        stage,
        stage_number,
        started_on,
        case when lapses_on < {{ as_of() }} then lapses_on end as lapsed_on,
        evidence_at
    from bounded

)

select * from final
