{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[
        '(actor_id, view_date) in ('
        'select affected.actor_id, affected.view_date from intermediate.int_content__affected as affected)'
    ]
) }}

-- depends_on: {{ ref('int_content__affected') }}
with

views as (

    select * from {{ ref('int_content__timed') }}

),

judged as (

    select
        views.*,
        case when views.commitment_ratio is not null then 1 else 0 end as is_timed,
        case
            when
                {{ epoch_seconds('views.searched_at') }} - {{ epoch_seconds('views.started_at') }} <= sessions.gap_in_s
                or {{ epoch_seconds('views.returned_at') }} - {{ epoch_seconds('views.started_at') }}
                <= settings.searched_again_within_s
                then 1
            else 0
        end as is_searched_on
    from views
    cross join {{ ref('content_settings') }} as settings
    cross join {{ ref('session_settings') }} as sessions

),

final as (

    select
        actor_id,
        max(customer_id) as customer_id,
        content_id,
        source_system,
        max(expected_read_s) as expected_read_s,
        cast(count(*) as bigint) as n_views,
        cast(count(is_read_complete) as bigint) as n_views_measured,
        cast(sum(case when is_read_complete then 1 else 0 end) as bigint) as n_read_complete,
        cast(sum(is_timed) as bigint) as n_views_timed,
        cast(sum(case when is_timed = 1 then cast(engaged_time_in_s as decimal(18, 3)) else 0 end) as decimal(18, 3))
            as timed_in_s,
        max(is_searched_on) = 1 as is_searched_on,
        view_date,
        min(started_at) as first_viewed_at,
        max(started_at) as last_viewed_at
    from judged
    group by actor_id, content_id, source_system, view_date

)

select * from final
