-- A step that no source in use could have told of is unknown, and so are those after it.
with

spoke as (

    {{ spoke_within('settings.history_in_days', 'funnel_settings') }}

),

known as (

    select distinct acts.activity
    from {{ ref('int_coverage__acts') }} as acts
    inner join spoke on acts.source_system = spoke.source_system

),

steps as (

    select
        steps.funnel,
        steps.step_number,
        {{ dbt.listagg('steps.activity', "' or '", 'order by steps.activity') }} as activities,
        max(case when known.activity is null then 0 else 1 end) as n_known
    from {{ ref('funnel_steps') }} as steps
    left join known on steps.activity = known.activity
    group by steps.funnel, steps.step_number

),

final as (

    select
        funnel,
        step_number,
        activities,
        min(n_known) over (
            partition by funnel
            order by step_number
            rows unbounded preceding
        ) = 1 as is_covered,
        min(n_known) over (partition by funnel) = 1 as is_covered_throughout,
        step_number = max(step_number) over (partition by funnel) as is_last_step
    from steps

)

select * from final
