{#
    Whether a row is among those that this build makes anew: `keys` maps the row's columns to those of the affected ones.
    In a build of everything every row is.
#}
{% macro is_affected(keys, affected) -%}
    {%- if is_whole_build() -%}
        true
    {%- else -%}
        ({{ keys.keys() | join(', ') }}) in (select ({{ keys.values() | join(', ') }}) from {{ affected }})
    {%- endif -%}
{%- endmacro %}
