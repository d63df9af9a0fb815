-- Each covered date with each segment, which sources spoke for it, and whether one of them may still restate it.
with

coverage as (

    select * from {{ ref('int_coverage__days') }}
    where is_received and date_day < {{ as_of() }}

),

dates as (

    select
        date_day as kpi_date,
        max(case when channel = 'web' then 1 else 0 end) = 1 as has_web,
        max(case when channel = 'email' then 1 else 0 end) = 1 as has_email,
        max(case when channel = 'social' then 1 else 0 end) = 1 as has_social,
        max(case when channel = 'crm' then 1 else 0 end) = 1 as has_crm,
        max(case when is_provisional then 1 else 0 end) = 1 as is_provisional
    from coverage
    group by date_day

),

segments as (

    select 'b2b' as segment
    union all
    select 'b2c' as segment
    union all
    select 'all' as segment

),

final as (

    select
        segments.segment,
        dates.has_web,
        dates.has_email,
        dates.has_social,
        dates.has_crm,
        dates.is_provisional,
        dates.kpi_date
    from dates
    cross join segments

)

select * from final
