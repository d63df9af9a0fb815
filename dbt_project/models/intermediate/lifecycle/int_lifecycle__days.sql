-- Who came into each stage and who left it, day by day, and how many have ever been there and went on.
with

stays as (

    select
        *,
        row_number() over (partition by customer_id, model, to_stage order by entered_at) as visit_number,
        sum(case when exit_reason = 'progress' then 1 else 0 end) over (
            partition by customer_id, model, to_stage
            order by entered_at
            rows unbounded preceding
        ) as n_times_gone_on
    from {{ ref('int_lifecycle__stays') }}

),

happened as (

    select
        model,
        to_stage as stage,
        to_stage_number as stage_number,
        cast(entered_at as date) as lifecycle_date,
        1 as n_entered,
        0 as n_progressed,
        0 as n_regressed,
        case when visit_number = 1 then 1 else 0 end as n_first,
        0 as n_first_gone_on,
        cast(null as double) as dwell_days
    from stays
    union all
    select
        model,
        to_stage as stage,
        to_stage_number as stage_number,
        cast(exited_at as date) as lifecycle_date,
        0 as n_entered,
        case when exit_reason = 'progress' then 1 else 0 end as n_progressed,
        case when exit_reason = 'regress' then 1 else 0 end as n_regressed,
        0 as n_first,
        case when exit_reason = 'progress' and n_times_gone_on = 1 then 1 else 0 end as n_first_gone_on,
        dwell_days
    from stays
    where exited_at is not null

),

final as (

    select
        model,
        stage,
        stage_number,
        lifecycle_date,
        sum(n_entered) as n_entered,
        sum(n_progressed) as n_progressed,
        sum(n_regressed) as n_regressed,
        sum(n_first) as n_first,
        sum(n_first_gone_on) as n_first_gone_on,
        {{ median('dwell_days') }} as median_dwell_days
    from happened
    group by model, stage, stage_number, lifecycle_date

)

select * from final
