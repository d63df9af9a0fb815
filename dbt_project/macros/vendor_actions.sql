{# Every action of a vendor and the act that it is: the seed of acts, and that of further vendors of the same acts. #}
{% macro vendor_actions() -%}
    select
        source_system,
        vendor_action,
        activity
    from {{ ref('activity_types') }}
    union all
    select
        source_system,
        vendor_action,
        activity
    from {{ ref('vendor_activities') }}
{%- endmacro %}
