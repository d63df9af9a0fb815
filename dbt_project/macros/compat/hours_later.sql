{# An instant a number of hours on, where the number is a column. #}
{% macro hours_later(instant, hours) -%}{{ return(adapter.dispatch('hours_later', 'rapport')(instant, hours)) }}{%- endmacro %}

{% macro default__hours_later(instant, hours) -%}{{ instant }} + {{ hours }} * interval '1 hour'{%- endmacro %}
