{# Whole seconds since 1970, UTC. #}
{% macro epoch_seconds(moment) -%}{{ return(adapter.dispatch('epoch_seconds', 'rapport')(moment)) }}{%- endmacro %}
{% macro default__epoch_seconds(moment) -%} cast(extract(epoch from {{ moment }}) as bigint) {%- endmacro %}
{% macro duckdb__epoch_seconds(moment) -%} epoch_us({{ moment }}) // 1000000 {%- endmacro %}
