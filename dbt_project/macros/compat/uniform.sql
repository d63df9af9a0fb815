{# A number from 0 to below 1 that only the text decides, the same on every machine: the first 32 bits of its MD5. #}
{% macro uniform(text) -%}{{ return(adapter.dispatch('uniform', 'rapport')(text)) }}{%- endmacro %}
{% macro default__uniform(text) -%} cast(cast(concat('x', substr(md5({{ text }}), 1, 8)) as bit(32)) as bigint) / 4294967296.0 {%- endmacro %}
{% macro duckdb__uniform(text) -%} cast(concat('0x', substr(md5({{ text }}), 1, 8)) as bigint) / 4294967296.0 {%- endmacro %}
