{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='change_id',
        on_schema_change='append_new_columns',
        full_refresh=false
    )
}}

with

changes as (

    select * from {{ ref('int_identity__changes') }}

),

final as (

    select
        {{ dbt.hash(dbt.concat([
            'change_type', "'|'", "coalesce(from_customer_id, '')", "'|'", "coalesce(to_customer_id, '')", "'|'",
            "coalesce(identifier_type, '')", "'|'", "coalesce(identifier_value, '')", "'|'",
            'cast(' ~ as_of() ~ ' as varchar)'
        ])) }} as change_id,
        from_customer_id,
        to_customer_id,
        change_type,
        identifier_type,
        identifier_value,
        reason,
        evidence,
        {{ as_of() }} as as_of
    from changes

)

select * from final
