{{ config(materialized='table_on_a_day') }}

{% if is_whole_build() %}

select
    cast(null as {{ dbt.type_string() }}) as actor_id,
    cast(null as {{ dbt.type_string() }}) as source_system,
    cast(null as {{ dbt.type_timestamp() }}) as cut_from
where false

{% else %}

with

affected as (

    select
        actor_id,
        cast(min(activity_date) as {{ dbt.type_timestamp() }}) as affected_from
    from {{ ref('int_activity__affected') }}
    where actor_id is not null
    group by actor_id

),

settings as (

    select * from {{ ref('session_settings') }}

),

sources as (

    select * from {{ ref('web_sources') }}

),

sessions as (

    select * from {{ last_build('int_session__sessions') }}

),

-- a session that the first affected act may lengthen is cut again from its own start
final as (

    select
        affected.actor_id,
        sources.source_system,
        least(affected.affected_from, coalesce(min(sessions.started_at), affected.affected_from)) as cut_from
    from affected
    cross join settings
    cross join sources
    left join sessions
        on
            sources.source_system = sessions.source_system
            and affected.actor_id = coalesce(sessions.customer_id, sessions.anonymous_customer_id)
            and {{ epoch_seconds('sessions.ended_at') }} >= {{ epoch_seconds('affected.affected_from') }} - settings.gap_in_s
    group by affected.actor_id, sources.source_system, affected.affected_from

)

select * from final

{% endif %}
