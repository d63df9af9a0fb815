-- Tickets that were open when a day was over: those opened so far, less those closed so far.
with

tickets as (

    select * from {{ ref('int_service__tickets') }}

),

steps as (

    select
        cast(created_at as date) as step_date,
        1 as step
    from tickets
    where created_at < {{ as_of() }}
    union all
    select
        cast(closed_at as date) as step_date,
        -1 as step
    from tickets
    where closed_at < {{ as_of() }} and closed_at >= created_at

),

dated as (

    select
        step_date,
        sum(step) as step
    from (
        select * from steps
        union all
        select
            date_day as step_date,
            0 as step
        from {{ ref('int_service__covered_days') }}
        where contact_channel = 'ticket'
    ) as all_steps
    group by step_date

),

final as (

    select
        cast(sum(step) over (order by step_date rows unbounded preceding) as bigint) as backlog,
        step_date as contact_date
    from dated

)

select * from final
