with

sends as (

    select * from {{ ref('int_campaign__email_sends') }}
    where customer_id is not null and {{ is_within('sent_date', 90) }}

),

final as (

    select
        customer_id,
        sum(case when was_delivered and is_tracked then 1 else 0 end) as n_tracked_delivered_90d,
        sum(case when was_delivered and is_tracked and was_clicked_human then 1 else 0 end) as n_clicked_human_90d
    from sends
    group by customer_id

)

select * from final
