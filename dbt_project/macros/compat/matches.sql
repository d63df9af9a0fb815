{# Whether a regular expression is found in a text. #}
{% macro matches(text, pattern) -%}{{ return(adapter.dispatch('matches', 'rapport')(text, pattern)) }}{%- endmacro %}
{% macro default__matches(text, pattern) -%} regexp_like({{ text }}, {{ pattern }}) {%- endmacro %}
{% macro duckdb__matches(text, pattern) -%} regexp_matches({{ text }}, {{ pattern }}) {%- endmacro %}
