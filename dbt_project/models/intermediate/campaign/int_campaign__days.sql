{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[
        'campaign_id in (select gone.campaign_id from intermediate.int_campaign__affected_sends as gone)'
    ]
) }}

-- depends_on: {{ ref('int_campaign__affected_sends') }}

{% set people = ['tracked_delivered', 'opened', 'opened_human', 'clicked', 'clicked_human'] %}
{% set members = people + ['sends', 'delivered', 'bounced', 'unsubscribed'] %}
{% set always = ['sends', 'delivered', 'bounced', 'unsubscribed', 'tracked_delivered', 'people_tracked_delivered'] %}

with

firsts as (

    select * from {{ ref('int_campaign__firsts') }}

),

tracking as (

    select * from {{ ref('int_campaign__tracking') }}

),

days as (

    select
        campaign_id,
        {% for what in members %}
        {{ whole("sum(case when what = '" ~ what ~ "' then n end)") }} as n_{{ what }},
        {% endfor %}
        {% for what in people %}
        {{ whole("sum(case when what = 'people_" ~ what ~ "' then n end)") }} as n_people_{{ what }},
        {% endfor %}
        activity_date
    from firsts
    group by campaign_id, activity_date

),

-- what a campaign does not track is not known, and not nothing
known as (

    select
        days.campaign_id,
        {% for count in always %}
        days.n_{{ count }},
        {% endfor %}
        {% for act in ['open', 'click'] %}
        {% for count in [act ~ 'ed', act ~ 'ed_human', 'people_' ~ act ~ 'ed', 'people_' ~ act ~ 'ed_human'] %}
        case when tracking.is_tracking_{{ act }}s then days.n_{{ count }} end as n_{{ count }},
        {% endfor %}
        {% endfor %}
        days.activity_date
    from days
    left join tracking on days.campaign_id = tracking.campaign_id

),

so_far as (

    select
        {% for what in people %}
        cast(sum(n_people_{{ what }}) over campaign as bigint) as n_people_{{ what }}_so_far,
        {% endfor %}
        *
    from known
    window campaign as (partition by campaign_id order by activity_date rows unbounded preceding)

),

final as (

    select
        campaign_id,
        {% for what in members %}
        n_{{ what }},
        {% endfor %}
        {% for what in people %}
        n_people_{{ what }},
        {% endfor %}
        {% for what in people %}
        n_people_{{ what }}_so_far,
        {% endfor %}
        {{ share('n_people_clicked_so_far', 'n_people_tracked_delivered_so_far') }} as ctr_raw,
        {{ share('n_people_clicked_so_far', 'n_people_opened_so_far') }} as ctor_raw,
        {{ share('n_people_clicked_human_so_far', 'n_people_tracked_delivered_so_far') }} as ctr_human,
        {{ share('n_people_clicked_human_so_far', 'n_people_opened_human_so_far') }} as ctor_human,
        activity_date
    from so_far

)

select * from final
