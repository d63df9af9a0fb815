{#
    From when to when a record had which value, from what was said of it: the CTEs after `statements`, which has
    object_type, object_id, the value, created_at, modified_at and _day. The first value is taken to hold since the record
    was made.
#}
{% macro spells(value) -%}
-- two statements of one instant: the later landed one counts
instants as (

    select
        *,
        row_number() over (
            partition by object_type, object_id, modified_at
            order by _day desc, {{ value }}
        ) as statement_rank
    from statements

),

compared as (

    select
        *,
        row_number() over (
            partition by object_type, object_id
            order by modified_at
        ) as statement_number,
        lag(coalesce({{ value }}, '')) over (
            partition by object_type, object_id
            order by modified_at
        ) as previous_{{ value }}
    from instants
    where statement_rank = 1

),

changes as (

    select
        object_type,
        object_id,
        {{ value }},
        statement_number > 1 as is_start_observed,
        case when statement_number > 1 then modified_at else created_at end as valid_from
    from compared
    where statement_number = 1 or coalesce({{ value }}, '') <> previous_{{ value }}

),

final as (

    select
        object_type,
        object_id,
        {{ value }},
        is_start_observed,
        valid_from,
        lead(valid_from) over (
            partition by object_type, object_id
            order by valid_from
        ) as valid_to
    from changes

)
{%- endmacro %}
