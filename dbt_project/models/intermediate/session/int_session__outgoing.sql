{{ config(materialized='table_on_a_day') }}

{% if is_whole_build() %}

select cast(null as {{ dbt.type_string() }}) as session_id
where false

{% else %}

select sessions.session_id
from {{ last_build('int_session__sessions') }} as sessions
inner join {{ ref('int_session__cuts') }} as cuts
    on
        coalesce(sessions.customer_id, sessions.anonymous_customer_id) = cuts.actor_id
        and sessions.source_system = cuts.source_system
        and sessions.started_at >= cuts.cut_from

{% endif %}
