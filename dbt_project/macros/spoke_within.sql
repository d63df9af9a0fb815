{# The sources that were heard on any of the last `days` days: a number, or a column of the seed of `settings`. #}
{% macro spoke_within(days, settings=none) -%}
    select distinct days.source_system
    from {{ ref('int_coverage__days') }} as days
    {%- if settings %}
    cross join {{ ref(settings) }} as settings
    {%- endif %}
    where days.is_received and {{ is_within('days.date_day', days) }}
{%- endmacro %}
