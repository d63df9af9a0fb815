-- depends_on: {{ ref('int_lifecycle__departures') }}
with

entries as (

    select
        customer_id,
        activity_id,
        model,
        stage_number,
        is_rise,
        lag(stage_number) over in_order as from_stage_number,
        lead(is_rise) over in_order as is_left_for_a_higher,
        entered_at,
        lead(entered_at) over in_order as exited_at
    from {{ ref('int_lifecycle__entries') }}
    window in_order as (partition by customer_id, model order by entered_at, stage_number)

),

stages as (

    select * from {{ ref('lifecycle_stages') }}

),

final as (

    select
        entries.customer_id,
        entries.activity_id as evidence_activity_id,
        entries.model,
        before.stage as from_stage,
        stages.stage as to_stage,
        case
            when entries.is_left_for_a_higher then 'progress'
            when entries.exited_at is not null then 'regress'
        end as exit_reason,
        settings.rule_version,
        stages.stage_number as to_stage_number,
        cast({{ dbt.datediff('entries.entered_at', 'entries.exited_at', 'second') }} as double) / 86400 as dwell_days,
        entries.entered_at,
        entries.exited_at
    from entries
    cross join {{ ref('lifecycle_settings') }} as settings
    inner join stages on entries.model = stages.model and entries.stage_number = stages.stage_number
    left join stages as before
        on entries.model = before.model and entries.from_stage_number = before.stage_number

)

select * from final
