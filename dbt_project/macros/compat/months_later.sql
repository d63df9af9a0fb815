{# An instant a number of months on, where the number is a column. #}
{% macro months_later(instant, months) -%}{{ return(adapter.dispatch('months_later', 'rapport')(instant, months)) }}{%- endmacro %}

{% macro default__months_later(instant, months) -%}{{ instant }} + {{ months }} * interval '1 month'{%- endmacro %}
