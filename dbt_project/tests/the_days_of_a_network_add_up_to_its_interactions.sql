-- On days that a network covers: what people did there, counted once by interaction and once by day.
with

acts as (

    select
        interactions.source_system,
        count(*) as n
    from {{ ref('social_interactions') }} as interactions
    inner join {{ ref('social_days') }} as days
        on interactions.source_system = days.source_system and interactions.interaction_date = days.post_date
    where not interactions.is_machine and interactions.interaction_type <> 'follow'
    group by interactions.source_system

),

days as (

    select
        source_system,
        sum(social_engagements) as n
    from {{ ref('social_days') }}
    where source_system <> 'all'
    group by source_system

)

select
    days.source_system,
    days.n,
    acts.n as n_acts
from days
left join acts on days.source_system = acts.source_system
where days.n <> coalesce(acts.n, 0)
