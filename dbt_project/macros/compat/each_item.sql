{# The items of a list, a row each; two of them side by side in one select go in step. #}
{% macro each_item(list) -%}{{ return(adapter.dispatch('each_item', 'rapport')(list)) }}{%- endmacro %}

{% macro default__each_item(list) -%}unnest({{ list }}){%- endmacro %}

{% macro spark__each_item(list) -%}explode({{ list }}){%- endmacro %}
