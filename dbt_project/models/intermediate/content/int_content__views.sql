{{ config(materialized='view') }}

-- A view of a page and how it was read, without the session that it was part of.
with

views as (

    select
        *,
        coalesce(customer_id, anonymous_customer_id) as actor_id
    from {{ ref('int_activity__events') }}
    where activity = 'viewed_page'

),

ga4_views as (

    select * from {{ ref('int_content__ga4_views') }}

),

content as (

    select * from {{ ref('int_content__pieces') }}

),

settings as (

    select * from {{ ref('reading_settings') }}

),

measured as (

    select
        views.*,
        ga4_views.vertical_percentage_scrolled,
        content.word_count,
        content.expected_read_s,
        case
            when views.source_system = 'ga4' then ga4_views.engaged_time_in_s else views.engaged_time_in_s
        end as attended_s
    from views
    left join ga4_views on views.source_record_id = ga4_views.source_record_id and views._day = ga4_views._day
    left join content on views.content_id = content.content_id

),

final as (

    select
        measured.activity_id as view_id,
        measured.actor_id,
        measured.customer_id,
        measured.anonymous_customer_id,
        measured.content_id,
        measured.campaign_id,
        measured.source_system,
        measured.machine_reason,
        cast(measured.vertical_percentage_scrolled as {{ dbt.type_int() }}) as vertical_percentage_scrolled,
        cast(measured.word_count as {{ dbt.type_int() }}) as word_count,
        cast(measured.attended_s as double) as engaged_time_in_s,
        measured.expected_read_s,
        measured.attended_s / measured.expected_read_s as commitment_ratio,
        case
            when
                measured.vertical_percentage_scrolled is not null
                and measured.attended_s is not null
                and measured.expected_read_s is not null
                then
                    measured.vertical_percentage_scrolled >= settings.least_percentage_scrolled
                    and measured.attended_s >= settings.least_time_share * measured.expected_read_s
        end as is_read_complete,
        measured.activity_date as view_date,
        measured.ts as started_at
    from measured
    cross join settings

)

select * from final
