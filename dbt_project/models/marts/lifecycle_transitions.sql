with

departures as (

    select departures.*
    from {{ ref('int_lifecycle__departures') }} as departures
    left join {{ ref('int_customer__customers') }} as customers on departures.customer_id = customers.customer_id
    where customers.customer_id is null

),

stays as (

    select * from {{ ref('int_lifecycle__stays') }}
    union all
    select * from departures

),

final as (

    select
        customer_id,
        evidence_activity_id,
        model,
        from_stage,
        to_stage,
        exit_reason,
        rule_version,
        cast(to_stage_number as {{ dbt.type_int() }}) as to_stage_number,
        dwell_days,
        entered_at,
        exited_at
    from stays

)

select * from final
