{{ config(materialized='table_on_a_day') }}

{% if is_whole_build() %}

select
    cast(null as {{ dbt.type_string() }}) as actor_id,
    cast(null as {{ dbt.type_string() }}) as source_system,
    cast(null as {{ dbt.type_string() }}) as last_non_direct_channel_group,
    cast(null as {{ dbt.type_string() }}) as last_non_direct_session_id
where false

{% else %}

with

cuts as (

    select * from {{ ref('int_session__cuts') }}

),

sessions as (

    select * from {{ last_build('int_session__sessions') }}

),

final as (

    select
        cuts.actor_id,
        cuts.source_system,
        {{ last_by('sessions.last_non_direct_channel_group', 'sessions.started_at') }} as last_non_direct_channel_group,
        {{ last_by('sessions.last_non_direct_session_id', 'sessions.started_at') }} as last_non_direct_session_id
    from cuts
    inner join sessions
        on
            cuts.source_system = sessions.source_system
            and cuts.actor_id = coalesce(sessions.customer_id, sessions.anonymous_customer_id)
            and sessions.started_at < cuts.cut_from
    group by cuts.actor_id, cuts.source_system

)

select * from final

{% endif %}
