with

clicks as (

    select
        campaign_id,
        content_id,
        count(*) as n_people_clicked,
        sum(is_human) as n_people_clicked_human
    from {{ ref('int_campaign__link_clicks') }}
    group by campaign_id, content_id

),

reached as (

    select
        campaign_id,
        sum(n_people_tracked_delivered) as n_people_tracked_delivered
    from {{ ref('int_campaign__days') }}
    group by campaign_id

),

final as (

    select
        clicks.campaign_id,
        clicks.content_id,
        cast(reached.n_people_tracked_delivered as bigint) as n_people_tracked_delivered,
        cast(clicks.n_people_clicked as bigint) as n_people_clicked,
        cast(clicks.n_people_clicked_human as bigint) as n_people_clicked_human,
        {{ share('clicks.n_people_clicked', 'reached.n_people_tracked_delivered') }} as ctr_raw,
        {{ share('clicks.n_people_clicked_human', 'reached.n_people_tracked_delivered') }} as ctr_human
    from clicks
    inner join reached on clicks.campaign_id = reached.campaign_id

)

select * from final
