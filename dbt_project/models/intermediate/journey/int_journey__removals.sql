-- How likely a journey reaches its target, as it is and without each touchpoint: the chain of the transitions is taken
-- 2^20 steps on by squaring it twenty times. Whoever would have gone to the touchpoint that is removed is lost.
{% set squarings = 20 %}
with

transitions as (

    select
        target,
        from_state,
        to_state,
        cast(n as double) / n_from as p
    from {{ ref('int_journey__transitions') }}

),

removals as (

    select distinct
        target,
        from_state as removed_state
    from transitions
    where from_state <> '(start)'
    union
    select distinct
        target,
        '' as removed_state
    from transitions

),

power_0 as (

    select
        removals.target,
        removals.removed_state,
        transitions.from_state,
        transitions.to_state,
        transitions.p
    from removals
    inner join transitions on removals.target = transitions.target
    where
        transitions.to_state <> '(lost)'
        and transitions.from_state <> removals.removed_state
        and transitions.to_state <> removals.removed_state
    union all
    select
        target,
        removed_state,
        '(reached)' as from_state,
        '(reached)' as to_state,
        1.0 as p
    from removals

),

-- added up as decimals, so that the order does not matter
{% for n in range(squarings) %}
power_{{ n + 1 }} as (

    select
        one.target,
        one.removed_state,
        one.from_state,
        two.to_state,
        cast(sum(cast(one.p * two.p as decimal(38, 18))) as double) as p
    from power_{{ n }} as one
    inner join power_{{ n }} as two
        on
            one.target = two.target
            and one.removed_state = two.removed_state
            and one.to_state = two.from_state
    group by one.target, one.removed_state, one.from_state, two.to_state

),

{% endfor %}
final as (

    select
        removals.target,
        removals.removed_state,
        round(coalesce(arrived.p, 0), 12) as p_reached
    from removals
    left join power_{{ squarings }} as arrived
        on
            removals.target = arrived.target
            and removals.removed_state = arrived.removed_state
            and arrived.from_state = '(start)'
            and arrived.to_state = '(reached)'

)

select * from final
