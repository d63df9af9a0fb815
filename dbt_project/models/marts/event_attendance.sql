with

attendances as (

    select
        *,
        was_registered * was_there as was_there_registered,
        was_registered * was_noted_absent * (1 - was_there) as was_no_show
    from {{ ref('int_event__attendances') }}

),

counted as (

    select
        event_id,
        max(source_system) as source_system,
        max(event_name) as event_name,
        max(event_type) as event_type,
        count(distinct customer_id) as n_customers,
        sum(was_invited) as n_invited,
        sum(was_registered) as n_registered,
        sum(was_there) as n_attended,
        sum(was_there_registered) as n_attended_registered,
        sum(was_no_show) as n_no_show,
        min(event_date) as event_date
    from attendances
    group by event_id

),

-- of an event that is still to come, or where nobody noted who was there, attendance is not known
final as (

    select
        event_id,
        source_system,
        event_name,
        event_type,
        cast(n_customers as bigint) as n_customers,
        cast(n_invited as bigint) as n_invited,
        cast(n_registered as bigint) as n_registered,
        {{ where_covered('n_attended + n_no_show > 0', 'cast(n_attended as bigint)') }} as n_attended,
        {{ where_covered('n_attended + n_no_show > 0', 'cast(n_attended_registered as bigint)') }}
            as n_attended_registered,
        {{ where_covered('n_attended + n_no_show > 0', 'cast(n_no_show as bigint)') }} as n_no_show,
        {{ where_covered('n_attended + n_no_show > 0', share('n_attended_registered', 'n_registered')) }}
            as attendance_rate,
        event_date
    from counted

)

select * from final
