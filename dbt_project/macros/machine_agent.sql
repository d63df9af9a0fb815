{# The pattern of the known machine that this address (`told_by` ip) or name (user_agent) is of; null for anybody else. #}
{% macro machine_agent(told_by, value) -%}
    (
        select min(agents.pattern)
        from {{ ref('machine_agents') }} as agents
        where agents.told_by = '{{ told_by }}' and {{ value }} like agents.pattern
    )
{%- endmacro %}
