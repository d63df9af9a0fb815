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
        cast(sum(case when what = 'sends' then n else 0 end) as {{ dbt.type_int() }}) as n_sends,
        cast(sum(case when what = 'delivered' then n else 0 end) as {{ dbt.type_int() }}) as n_delivered,
        cast(sum(case when what = 'tracked_delivered' then n else 0 end) as {{ dbt.type_int() }}) as n_tracked_delivered,
        cast(sum(case when what = 'bounced' then n else 0 end) as {{ dbt.type_int() }}) as n_bounced,
        cast(sum(case when what = 'opened' then n else 0 end) as {{ dbt.type_int() }}) as n_opened,
        cast(sum(case when what = 'opened_human' then n else 0 end) as {{ dbt.type_int() }}) as n_opened_human,
        cast(sum(case when what = 'clicked' then n else 0 end) as {{ dbt.type_int() }}) as n_clicked,
        cast(sum(case when what = 'clicked_human' then n else 0 end) as {{ dbt.type_int() }}) as n_clicked_human,
        cast(sum(case when what = 'unsubscribed' then n else 0 end) as {{ dbt.type_int() }}) as n_unsubscribed,
        activity_date
    from firsts
    group by campaign_id, activity_date

),

so_far as (

    select
        *,
        cast(sum(n_tracked_delivered) over campaign as {{ dbt.type_int() }}) as n_tracked_delivered_so_far,
        cast(sum(n_clicked) over campaign as {{ dbt.type_int() }}) as n_clicked_so_far,
        cast(sum(n_clicked_human) over campaign as {{ dbt.type_int() }}) as n_clicked_human_so_far,
        cast(sum(n_opened_human) over campaign as {{ dbt.type_int() }}) as n_opened_human_so_far
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
