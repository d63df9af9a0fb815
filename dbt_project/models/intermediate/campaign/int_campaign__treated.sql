-- Points before and after of those whom a campaign reached.
with

seen as (

    select * from {{ ref('int_day__first_days') }}

),

reached as (

    select distinct
        starts.campaign_id,
        sends.customer_id,
        starts.started_on,
        starts.compared_from,
        starts.compared_to
    from {{ ref('int_campaign__starts') }} as starts
    inner join {{ ref('int_campaign__email_sends') }} as sends on starts.campaign_id = sends.campaign_id
    inner join seen on sends.customer_id = seen.customer_id and starts.compared_from >= seen.first_date
    where sends.was_delivered

),

made as (

    select
        reached.campaign_id,
        sum(case when days.activity_date < reached.started_on then days.points else 0 end) as points_before,
        sum(case when days.activity_date >= reached.started_on then days.points else 0 end) as points_after
    from reached
    inner join {{ ref('int_day__customer_days') }} as days
        on
            reached.customer_id = days.customer_id
            and reached.compared_from <= days.activity_date
            and reached.compared_to > days.activity_date
    where days.points > 0
    group by reached.campaign_id

),

sizes as (

    select
        campaign_id,
        count(*) as n
    from reached
    group by campaign_id

),

final as (

    select
        sizes.campaign_id,
        sizes.n,
        coalesce(made.points_before, 0) as points_before,
        coalesce(made.points_after, 0) as points_after
    from sizes
    left join made on sizes.campaign_id = made.campaign_id

)

select * from final
