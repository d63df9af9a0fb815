with

transitions as (

    select * from {{ ref('int_journey__transitions') }}

),

removals as (

    select * from {{ ref('int_journey__removals') }}

),

effects as (

    select
        removals.target,
        removals.removed_state,
        1 - {{ share('removals.p_reached', 'whole.p_reached') }} as removal_effect
    from removals
    inner join removals as whole on removals.target = whole.target and whole.removed_state = ''
    where removals.removed_state <> ''

),

final as (

    select
        transitions.target,
        transitions.from_state,
        transitions.to_state,
        cast(transitions.n as bigint) as n,
        cast(transitions.n_from as bigint) as n_from,
        {{ share('transitions.n', 'transitions.n_from') }} as p,
        round(transitions.median_s / 3600.0, 6) as median_hours,
        round(effects.removal_effect, 9) as removal_effect
    from transitions
    left join effects on transitions.target = effects.target and transitions.from_state = effects.removed_state

)

select * from final
