with

steps as (

    select
        *,
        lag(state) over (
            partition by target, customer_id, journey_number
            order by step_number
        ) as previous_state
    from {{ ref('int_journey__steps') }}

),

-- a touchpoint several times running is one step of a path
turns as (

    select
        *,
        row_number() over (
            partition by target, customer_id, journey_number
            order by step_number desc
        ) - is_reached as steps_from_end
    from steps
    where previous_state is null or state <> previous_state

),

paths as (

    select
        turns.target,
        turns.customer_id,
        turns.journey_number,
        turns.is_reached,
        max(case when turns.is_end = 1 then turns.stepped_at end) as reached_at,
        min(turns.stepped_at) as began_at,
        concat(
            case when max(turns.steps_from_end) > max(settings.path_steps) then '… > ' else '' end,
            coalesce(
                {{ dbt.listagg(
                    "case when turns.is_end = 0 and turns.steps_from_end <= settings.path_steps then turns.state end",
                    "' > '", "order by turns.step_number"
                ) }},
                '(none)'
            )
        ) as path
    from turns
    cross join {{ ref('journey_settings') }} as settings
    group by turns.target, turns.customer_id, turns.journey_number, turns.is_reached

),

counts as (

    select
        target,
        path,
        count(*) as n,
        sum(is_reached) as conversions,
        percentile_cont(0.5) within group (
            order by {{ epoch_seconds('reached_at') }} - {{ epoch_seconds('began_at') }}
        ) as median_s
    from paths
    group by target, path

),

ranked as (

    select
        *,
        sum(conversions) over (partition by target) as all_conversions,
        row_number() over (partition by target order by conversions desc, n desc, path) as place
    from counts

),

final as (

    select
        ranked.target,
        ranked.path,
        cast(ranked.place as {{ dbt.type_int() }}) as place,
        cast(ranked.n as bigint) as n,
        cast(ranked.conversions as bigint) as conversions,
        {{ share('ranked.conversions', 'ranked.n') }} as conversion_rate,
        cast(ranked.all_conversions as bigint) as all_conversions,
        {{ share('ranked.conversions', 'ranked.all_conversions') }} as share,
        round(ranked.median_s / 86400.0, 6) as median_days
    from ranked
    inner join {{ ref('journey_settings') }} as settings on ranked.place <= settings.n_paths

)

select * from final
