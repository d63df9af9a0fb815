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

opened as (

    select
        *,
        coalesce(
            {{ dbt.dateadd('day', 'lapses_after_days', 'lag(heard_on) over in_order') }} < evidence_date,
            lag(heard_on) over in_order is null
        ) as is_start
    from evidence
    window in_order as (partition by customer_id, stage order by evidence_date)

),

numbered as (

    select
        *,
        sum(case when is_start then 1 else 0 end) over (
            partition by customer_id, stage
            order by evidence_date
            rows unbounded preceding
        ) as island_number
    from opened

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
