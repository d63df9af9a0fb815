with

customers as (

    select
        customer_id,
        b2b_b2c
    from {{ ref('int_customer__customers') }}

),

segmented as (

    select
        coalesce(customers.b2b_b2c, 'unknown') as segment,
        sessions.session_date,
        sessions.engaged_time_in_s
    from {{ ref('int_session__sessions') }} as sessions
    left join customers on sessions.customer_id = customers.customer_id
    union all
    select
        'all' as segment,
        session_date,
        engaged_time_in_s
    from {{ ref('int_session__sessions') }}

),

final as (

    select
        segment,
        count(*) as n_sessions,
        count(engaged_time_in_s) as n_sessions_timed,
        sum(engaged_time_in_s) as engaged_time_in_s,
        percentile_cont(0.5) within group (order by engaged_time_in_s) as median_engaged_time_in_s,
        session_date as kpi_date
    from segmented
    group by segment, session_date

)

select * from final
