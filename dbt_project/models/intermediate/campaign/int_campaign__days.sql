{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[
        'campaign_id in (select gone.campaign_id from intermediate.int_campaign__affected_sends as gone)'
    ]
) }}

-- depends_on: {{ ref('int_campaign__affected_sends') }}

with

firsts as (

    select * from {{ ref('int_campaign__firsts') }}

),

days as (

    select
        campaign_id,
        {{ whole("sum(case when what = 'sends' then n end)") }} as n_sends,
        {{ whole("sum(case when what = 'delivered' then n end)") }} as n_delivered,
        {{ whole("sum(case when what = 'tracked_delivered' then n end)") }} as n_tracked_delivered,
        {{ whole("sum(case when what = 'bounced' then n end)") }} as n_bounced,
        {{ whole("sum(case when what = 'opened' then n end)") }} as n_opened,
        {{ whole("sum(case when what = 'opened_human' then n end)") }} as n_opened_human,
        {{ whole("sum(case when what = 'clicked' then n end)") }} as n_clicked,
        {{ whole("sum(case when what = 'clicked_human' then n end)") }} as n_clicked_human,
        {{ whole("sum(case when what = 'unsubscribed' then n end)") }} as n_unsubscribed,
        activity_date
    from firsts
    group by campaign_id, activity_date

),

so_far as (

    select
        *,
        {{ whole('sum(n_tracked_delivered) over campaign') }} as n_tracked_delivered_so_far,
        {{ whole('sum(n_clicked) over campaign') }} as n_clicked_so_far,
        {{ whole('sum(n_clicked_human) over campaign') }} as n_clicked_human_so_far,
        {{ whole('sum(n_opened_human) over campaign') }} as n_opened_human_so_far
    from days
    window campaign as (partition by campaign_id order by activity_date rows unbounded preceding)

),

final as (

    select
        campaign_id,
        n_sends,
        n_delivered,
        n_tracked_delivered,
        n_bounced,
        n_opened,
        n_opened_human,
        n_clicked,
        n_clicked_human,
        n_unsubscribed,
        n_tracked_delivered_so_far,
        n_clicked_so_far,
        n_clicked_human_so_far,
        n_opened_human_so_far,
        cast(n_clicked_so_far as double) / nullif(n_tracked_delivered_so_far, 0) as ctr_raw,
        cast(n_clicked_human_so_far as double) / nullif(n_tracked_delivered_so_far, 0) as ctr_human,
        cast(n_clicked_human_so_far as double) / nullif(n_opened_human_so_far, 0) as ctor_human,
        activity_date
    from so_far

)

select * from final
