{{ config(materialized='view_of_a_build') }}

-- What came after a view on the same day, as its source tells: a search on the site, and a return from a search engine.
with

views as (

    select * from {{ ref('int_content__views') }}
    where
        machine_reason is null
        and content_id is not null
        and actor_id is not null
        and {{ is_affected({'actor_id': 'actor_id', 'view_date': 'view_date'}, ref('int_content__affected')) }}

),

marks as (

    select
        activity_id as view_id,
        coalesce(customer_id, anonymous_customer_id) as actor_id,
        source_system,
        case when activity = 'searched_site' then 1 else 0 end as is_search,
        case when default_channel_group = 'Organic Search' then 1 else 0 end as is_return,
        activity_date as view_date,
        ts
    from {{ ref('int_activity__events') }}
    where
        machine_reason is null
        and (activity = 'searched_site' or default_channel_group = 'Organic Search')
        and {{ is_affected(
            {'coalesce(customer_id, anonymous_customer_id)': 'actor_id', 'activity_date': 'view_date'},
            ref('int_content__affected')
        ) }}

),

timeline as (

    select
        view_id,
        actor_id,
        source_system,
        0 as is_mark,
        0 as is_search,
        0 as is_return,
        view_date,
        started_at as ts
    from views
    union all
    select
        view_id,
        actor_id,
        source_system,
        1 as is_mark,
        is_search,
        is_return,
        view_date,
        ts
    from marks

),

followed as (

    select
        view_id,
        is_mark,
        min(case when is_search = 1 then ts end) over later as searched_at,
        min(case when is_return = 1 then ts end) over later as returned_at
    from timeline
    window
        later as (
            partition by actor_id, source_system, view_date
            order by ts desc, is_mark, view_id desc
            rows between unbounded preceding and 1 preceding
        )

),

final as (

    select
        views.*,
        followed.searched_at,
        followed.returned_at
    from views
    inner join followed on views.view_id = followed.view_id and followed.is_mark = 0

)

select * from final
