-- Whether somebody seeks the company out: the visits of the last 180 days, and those that nothing led to. Of one web
-- source, where several watch the site.
with

recent as (

    select
        customer_id,
        default_channel_group,
        source_system,
        min(source_system) over (partition by customer_id) as first_source
    from {{ ref('int_session__sessions') }}
    where customer_id is not null and {{ is_within('session_date', 180) }}

),

final as (

    select
        customer_id,
        count(*) as n_visits_180d,
        sum(case when default_channel_group = 'Direct' then 1 else 0 end) as n_direct_visits_180d
    from recent
    where source_system = first_source
    group by customer_id

)

select * from final
