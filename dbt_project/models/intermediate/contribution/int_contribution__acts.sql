{{ config(materialized='view') }}

with

final as (

    select
        acts.customer_id,
        types.contribution,
        acts.activity_date
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('contribution_types') }} as types on acts.activity = types.activity
    where acts.n_human > 0
    group by acts.customer_id, types.contribution, acts.activity_date

)

select * from final
