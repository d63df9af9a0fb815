{# The numbers of a column, each from 0 to 62, as the bits of one whole number: bit k is set where k is among them. #}
{% macro bits_of(column) -%}{{ return(adapter.dispatch('bits_of', 'rapport')(column)) }}{%- endmacro %}
{% macro default__bits_of(column) -%} bit_or(shiftleft(cast(1 as bigint), {{ column }})) {%- endmacro %}
{% macro duckdb__bits_of(column) -%} bit_or(cast(1 as bigint) << {{ column }}) {%- endmacro %}

{# How many bits of a whole number are set from bit 0 on without a gap: adding 1 turns just these and the next one over. #}
{% macro leading_bits(bits) -%}
    bit_count(({{ bits }} | ({{ bits }} + 1)) - ({{ bits }} & ({{ bits }} + 1))) - 1
{%- endmacro %}
