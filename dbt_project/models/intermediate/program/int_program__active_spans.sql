{{ config(materialized='view') }}

with

settings as (

    select * from {{ ref('program_settings') }}

),

spans as (

    select
        spans.customer_id,
        spans.activity_date as active_from,
        least(
            coalesce(spans.next_date, date '9999-01-01'),
            cast({{ dbt.dateadd('day', 'settings.window_in_days', 'spans.activity_date') }} as date)
        ) as active_until
    from {{ ref('int_kpi__active_spans') }} as spans
    cross join settings

),

members as (

    select
        customer_id,
        cast(first_booked_at as date) as joined_date
    from {{ ref('int_program__members') }}

),

final as (

    select
        'active_customers' as what,
        customer_id,
        active_from,
        active_until
    from spans
    union all
    select
        'active_members' as what,
        spans.customer_id,
        greatest(spans.active_from, members.joined_date) as active_from,
        spans.active_until
    from spans
    inner join members on spans.customer_id = members.customer_id
    where spans.active_until > members.joined_date

)

select * from final
