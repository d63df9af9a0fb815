{#
    What a text says. DuckDB has these functions from publishing/sentiment.py; another warehouse needs its own under the
    same names. The words of a text without markup, links and names of accounts, one space between them:
#}
{% macro plain_text(text) -%}{{ return(adapter.dispatch('plain_text', 'rapport')(text)) }}{%- endmacro %}
{% macro default__plain_text(text) -%} plain_text({{ text }}) {%- endmacro %}

{# The ISO 639-1 code of its language, null below a confidence. #}
{% macro language_of(text, lowest_confidence) -%}
    {{ return(adapter.dispatch('language_of', 'rapport')(text, lowest_confidence)) }}
{%- endmacro %}
{% macro default__language_of(text, lowest_confidence) -%} language_of({{ text }}, {{ lowest_confidence }}) {%- endmacro %}

{# Its mood from -1 to 1, where it is English. #}
{% macro sentiment_of(text) -%}{{ return(adapter.dispatch('sentiment_of', 'rapport')(text)) }}{%- endmacro %}
{% macro default__sentiment_of(text) -%} sentiment_of({{ text }}) {%- endmacro %}
