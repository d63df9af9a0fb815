-- What passed between a customer and the company in the days that a change is told over.
with

acts as (

    select
        acts.customer_id,
        phrases.dialogue,
        acts.n_human
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_phrases') }} as phrases on acts.activity = phrases.activity
    cross join {{ ref('score_settings') }} as settings
    where
        phrases.dialogue is not null
        and acts.activity_date < {{ as_of() }}
        and {{ dbt.datediff('acts.activity_date', as_of(), 'day') }} <= settings.compared_days_ago

),

final as (

    select
        customer_id,
        sum(case dialogue when 'message' then n_human when 'bounce' then -n_human else 0 end) as n_messages,
        sum(case when dialogue in ('reply', 'contact') then n_human else 0 end) as n_replies
    from acts
    group by customer_id

)

select * from final
