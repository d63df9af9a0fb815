{{ config(materialized='view') }}

with

ends as (

    select
        customer_id,
        first_active_date,
        last_active_date
    from {{ ref('int_customer__activity') }}
    where first_active_date is not null

),

-- of several touchpoints on a day the first by name, and on the last day the last
final as (

    select
        ends.customer_id,
        min(case when acts.activity_date = ends.first_active_date then types.touchpoint end) as first_touchpoint,
        max(case when acts.activity_date = ends.last_active_date then types.touchpoint end) as last_touchpoint
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('int_relation__types') }} as types on acts.activity = types.activity
    inner join ends
        on
            acts.customer_id = ends.customer_id
            and (acts.activity_date = ends.first_active_date or acts.activity_date = ends.last_active_date)
    where acts.n_human > 0 and types.is_counted
    group by ends.customer_id

)

select * from final
