with

settings as (

    select window_in_days from {{ ref('index_settings') }}

),

moments as (

    select * from {{ ref('int_index__moments') }}

),

acts as (

    select
        days.customer_id,
        kinds.involvement,
        moments.told_on,
        sum(days.n_human) as n
    from {{ ref('int_day__customer_activities') }} as days
    inner join {{ ref('involvement_activities') }} as kinds on days.activity = kinds.activity
    inner join moments on days.customer_id = moments.customer_id and days.activity_date < moments.told_on
    cross join settings
    where days.activity_date >= cast({{ dbt.dateadd('day', '-settings.window_in_days', 'moments.told_on') }} as date)
    group by days.customer_id, kinds.involvement, moments.told_on

),

covered as (

    select weights.*
    from {{ ref('involvement_weights') }} as weights
    inner join {{ ref('int_index__covered') }} as covered on weights.involvement = covered.part

),

counted as (

    select
        moments.customer_id,
        moments.b2b_b2c,
        moments.told_on,
        covered.involvement,
        least(coalesce(acts.n, 0), covered.cap) as n,
        least(coalesce(acts.n, 0), covered.cap) * covered.weight as points
    from moments
    cross join covered
    left join acts
        on
            moments.customer_id = acts.customer_id
            and covered.involvement = acts.involvement
            and moments.told_on = acts.told_on

),

summed as (

    select
        customer_id,
        b2b_b2c,
        told_on,
        max(case when involvement = 'event_attended' then n end) as inv_event_attended,
        max(case when involvement = 'social' then n end) as inv_social,
        max(case when involvement = 'co_create' then n end) as inv_co_create,
        max(case when involvement = 'reference' then n end) as inv_reference,
        max(case when involvement = 'case_study' then n end) as inv_case_study,
        sum(points) as points
    from counted
    group by customer_id, b2b_b2c, told_on

),

final as (

    select
        customer_id,
        {% for kind in ('event_attended', 'social', 'co_create', 'reference', 'case_study') %}
        cast(inv_{{ kind }} as bigint) as inv_{{ kind }},
        {% endfor %}
        round(100 * percent_rank() over (partition by b2b_b2c, told_on order by points), 9) as score_involvement,
        told_on
    from summed

)

select * from final
