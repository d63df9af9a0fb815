-- Points before and after of those whom a campaign reached.
with

seen as (

    select * from {{ ref('int_day__first_days') }}

),

reached as (

    select distinct
        starts.campaign_id,
        starts.spans_earlier,
        sends.customer_id,
        starts.turned_on,
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
        reached.spans_earlier,
        sum(case when days.activity_date < reached.turned_on then days.points else 0 end) as points_before,
        sum(case when days.activity_date >= reached.turned_on then days.points else 0 end) as points_after
    from reached
    inner join {{ ref('int_day__customer_days') }} as days
        on
            reached.customer_id = days.customer_id
            and reached.compared_from <= days.activity_date
            and reached.compared_to > days.activity_date
    where days.points > 0
    group by reached.campaign_id, reached.spans_earlier

),

sizes as (

    select
        campaign_id,
        spans_earlier,
        turned_on,
        count(*) as n
    from reached
    group by campaign_id, spans_earlier, turned_on

),

final as (

    select
        sizes.campaign_id,
        sizes.spans_earlier,
        sizes.turned_on,
        sizes.n,
        coalesce(made.points_before, 0) as points_before,
        coalesce(made.points_after, 0) as points_after
    from sizes
    left join made on sizes.campaign_id = made.campaign_id and sizes.spans_earlier = made.spans_earlier

)

select * from final
