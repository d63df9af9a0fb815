{# Which event of a marketing email it is: HubSpot tells an event apart by its id and its instant together. #}
{% macro hubspot_event_id() -%}
    concat('hubspot/email_events/', event_id, '/', cast({{ epoch_seconds('happened_at') }} as {{ dbt.type_string() }}))
{%- endmacro %}
