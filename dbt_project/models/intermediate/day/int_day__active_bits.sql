{{ config(materialized='view') }}

with

counts as (

    select * from {{ ref('int_day__counts') }}

),

active as (

    select distinct
        acts.customer_id,
        acts.activity_date
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    where acts.n_human > 0 and types.direction = 'inbound' and types.counts_as_active

),

-- bit k is set when the customer was active k days before, so that 1 is "on this day only"
final as (

    select
        counts.customer_id,
        cast(sum(power(2, {{ dbt.datediff('active.activity_date', 'counts.activity_date', 'day') }})) as bigint)
            as days_active_bits,
        counts.activity_date
    from counts
    inner join active
        on
            counts.customer_id = active.customer_id
            and counts.activity_date >= active.activity_date
            and counts.activity_date < {{ dbt.dateadd('day', 28, 'active.activity_date') }}
    group by counts.customer_id, counts.activity_date

)

select * from final
