{# The parts of a text between separators, as a list. #}
{% macro parts(text, separator) -%}{{ return(adapter.dispatch('parts', 'rapport')(text, separator)) }}{%- endmacro %}
{% macro default__parts(text, separator) -%} string_split({{ text }}, '{{ separator }}') {%- endmacro %}
{% macro spark__parts(text, separator) -%} split({{ text }}, '{{ separator }}') {%- endmacro %}
