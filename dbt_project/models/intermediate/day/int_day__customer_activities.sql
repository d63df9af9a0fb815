{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[
        '(customer_id, activity_date) in ('
        'select affected.actor_id, affected.activity_date from intermediate.int_activity__affected as affected)'
    ]
) }}

with

events as (

    select * from {{ ref('int_activity__events') }}
    where
        customer_id is not null
        and {{ is_affected(
            {'customer_id': 'actor_id', 'activity_date': 'activity_date'},
            ref('int_activity__affected')
        ) }}

),

final as (

    select
        customer_id,
        activity,
        cast(sum(case when machine_reason is null then 1 else 0 end) as {{ dbt.type_int() }}) as n_human,
        cast(sum(case when machine_reason is null then 0 else 1 end) as {{ dbt.type_int() }}) as n_machine,
        cast(sum(engaged_time_in_s) as {{ dbt.type_int() }}) as engaged_time_in_s,
        activity_date,
        min(case when machine_reason is null then ts end) as first_at
    from events
    group by customer_id, activity, activity_date

)

select * from final
