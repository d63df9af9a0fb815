with

days as (

    select * from {{ ref('int_service__covered_days') }}

),

counts as (

    select * from {{ ref('int_service__counts') }}

),

agents as (

    select * from {{ ref('int_service__agents') }}

),

backlog as (

    select * from {{ ref('int_service__backlog') }}

),

settings as (

    select * from {{ ref('service_settings') }}

),

final as (

    select
        days.contact_channel,
        {{ whole('counts.n_inbound') }} as n_inbound,
        {{ whole('counts.n_awaiting') }} as n_awaiting,
        {{ whole('counts.n_answered') }} as n_answered,
        {{ share('counts.n_answered', 'counts.n_awaiting') }} as response_rate,
        cast(counts.median_first_response_min as double) as median_first_response_min,
        cast(counts.first_response_p90_min as double) as first_response_p90_min,
        {{ whole('counts.n_sla_breached') }} as n_sla_breached,
        {{ whole('agents.n_agents') }} as n_agents,
        {{ share('counts.n_inbound', 'agents.n_agents') }} as inbound_per_agent,
        case when days.contact_channel in ('ticket', 'all') then backlog.backlog end as backlog,
        case when days.contact_channel in ('ticket', 'all') then elasticity.backlog_elasticity end
            as backlog_elasticity,
        {{ whole('counts.n_feedback') }} as n_feedback,
        {{ whole('counts.n_feedback_answered') }} as n_feedback_answered,
        {{ share('counts.n_feedback_answered', 'counts.n_feedback') }} as closed_loop_rate,
        {{ whole('counts.n_contacts_known') }} as n_contacts_known,
        {{ whole('counts.n_handoffs_broken') }} as n_handoffs_broken,
        {{ share('counts.n_handoffs_broken', 'counts.n_contacts_known') }} as handoff_break_rate,
        cast({{ dbt.dateadd('day', 'settings.answered_within_days + 1', 'days.date_day') }} as date)
        <= {{ as_of() }} as is_closed,
        days.date_day as contact_date
    from days
    cross join settings
    left join counts on days.contact_channel = counts.contact_channel and days.date_day = counts.contact_date
    left join agents on days.contact_channel = agents.contact_channel and days.date_day = agents.contact_date
    left join backlog on days.date_day = backlog.contact_date
    left join {{ ref('int_service__elasticity') }} as elasticity on days.date_day = elasticity.contact_date

)

select * from final
