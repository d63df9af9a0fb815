-- How long so large a share of those who went on had been in a stage before they did. Who only passed through was
-- not in it.
with

ranked as (

    select
        model,
        to_stage,
        dwell_days,
        row_number() over (partition by model, to_stage order by dwell_days) as place,
        count(*) over (partition by model, to_stage) as n
    from {{ ref('int_lifecycle__stays') }}
    where exit_reason = 'progress' and dwell_days > 0

),

final as (

    select
        ranked.model,
        ranked.to_stage,
        min(ranked.dwell_days) as longest_usual_dwell_days
    from ranked
    cross join {{ ref('lifecycle_settings') }} as settings
    where ranked.place >= settings.stuck_beyond * ranked.n
    group by ranked.model, ranked.to_stage

)

select * from final
