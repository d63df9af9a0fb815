-- What was read: on how many days each piece of content was seen, and whether it was read to its end.
with

settings as (

    select * from {{ ref('reading_settings') }}

),

ga4_views as (

    select * from {{ ref('int_content__ga4_views') }}

),

views as (

    select
        customer_id,
        source_record_id,
        split_part(split_part(content_id, '?', 1), '#', 1) as address,
        activity_date,
        _day
    from {{ ref('int_activity__events') }}
    where activity = 'viewed_page' and customer_id is not null and machine_reason is null

),

final as (

    select
        views.customer_id,
        dates.end_date,
        views.address as content_id,
        content.content_type,
        count(distinct views.activity_date) as n_days,
        max(
            case
                when
                    ga4_views.vertical_percentage_scrolled >= settings.least_percentage_scrolled
                    and ga4_views.engaged_time_in_s >= settings.least_time_share * content.expected_read_s
                    then 1
                else 0
            end
        ) = 1 as is_read_complete
    from views
    inner join {{ ref('int_side__dates') }} as dates
        on views.activity_date >= dates.first_date and views.activity_date < dates.end_date
    cross join settings
    left join {{ ref('int_content__pieces') }} as content on views.address = content.content_id
    left join ga4_views on views.source_record_id = ga4_views.source_record_id and views._day = ga4_views._day
    where views.address is not null
    group by views.customer_id, dates.end_date, views.address, content.content_type

)

select * from final
