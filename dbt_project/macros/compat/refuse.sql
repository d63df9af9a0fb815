{# Stops the build with this text, which is an expression, where it is asked for: the last of a coalesce. #}
{% macro refuse(text) -%}{{ return(adapter.dispatch('refuse', 'rapport')(text)) }}{%- endmacro %}
{% macro default__refuse(text) -%} raise_error({{ text }}) {%- endmacro %}
{% macro duckdb__refuse(text) -%} error({{ text }}) {%- endmacro %}
