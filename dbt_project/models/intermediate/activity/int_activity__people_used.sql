with

events as (

    select count(*) as n_events from {{ ref('int_activity__events') }}

),

final as (

    select people.*
    from {{ ref('int_activity__people') }} as people
    cross join events
    where events.n_events >= 0

)

select * from final
