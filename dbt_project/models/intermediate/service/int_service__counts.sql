with

inbound as (

    select * from {{ ref('int_service__inbound') }}

),

ways as (

    select
        *,
        contact_channel as way
    from inbound
    union all
    select
        *,
        'all' as way
    from inbound

),

final as (

    select
        way as contact_channel,
        sum(case when role <> 'feedback' then 1 else 0 end) as n_inbound,
        sum(case when is_awaiting then 1 else 0 end) as n_awaiting,
        sum(case when is_awaiting and is_answered then 1 else 0 end) as n_answered,
        sum(case when is_late then 1 else 0 end) as n_sla_breached,
        percentile_cont(0.5) within group (order by case when is_awaiting then first_response_min end)
            as median_first_response_min,
        percentile_cont(0.9) within group (order by case when is_awaiting then first_response_min end)
            as first_response_p90_min,
        sum(case when role = 'feedback' then 1 else 0 end) as n_feedback,
        sum(case when role = 'feedback' and is_answered then 1 else 0 end) as n_feedback_answered,
        sum(case when role in ('inquiry', 'call') and customer_id is not null then 1 else 0 end) as n_contacts_known,
        sum(case when is_broken_off then 1 else 0 end) as n_handoffs_broken,
        contact_date
    from ways
    group by way, contact_date

)

select * from final
