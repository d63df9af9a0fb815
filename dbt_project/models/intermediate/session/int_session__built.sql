{{ config(materialized='view') }}

with

buckets as (

    select * from {{ ref('int_session__buckets') }}

),

settings as (

    select * from {{ ref('session_settings') }}

),

compared as (

    select
        *,
        lag(last_at) over (partition by actor_id, source_system order by bucket) as before_at
    from buckets

),

opened as (

    select
        compared.*,
        case
            when
                {{ epoch_seconds('compared.first_at') }} - {{ epoch_seconds('compared.before_at') }}
                <= settings.gap_in_s
                then 0
            else 1
        end as is_new
    from compared
    cross join settings

),

numbered as (

    select
        *,
        sum(is_new) over (
            partition by actor_id, source_system
            order by bucket
            rows unbounded preceding
        ) as session_number
    from opened

),

final as (

    select
        actor_id,
        source_system,
        min(customer_id) as customer_id,
        min(anonymous_customer_id) as anonymous_customer_id,
        min(entry) as entry,
        sum(n_activities) as n_activities,
        sum(views) as views,
        sum(n_goals) as n_goals,
        sum(engaged_time_in_s) as engaged_time_in_s,
        min(first_at) as started_at,
        max(last_at) as ended_at
    from numbered
    group by actor_id, source_system, session_number

)

select * from final
