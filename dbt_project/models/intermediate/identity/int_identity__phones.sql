{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[was_in_scope("'phone'", 'identifier_value')]
) }}

-- A phone joins nobody, but it follows the customer when only one holds it.
with

sightings as (

    select * from {{ ref('int_identity__sightings_in_scope') }}
    where
        rule = 'contact_phone'
        and exclusion is null
        and record_exclusion is null
        and {{ is_in_scope() }}

),

members as (

    select * from {{ ref('int_identity__members') }}
    where customer_id is not null

),

final as (

    select
        sightings.identifier_value,
        min(members.customer_id) as customer_id,
        min(sightings.source_system) as source_system,
        count(distinct members.customer_id) as customer_count
    from sightings
    inner join members
        on
            sightings.record_type = members.identifier_type
            and sightings.record_id = members.identifier_value
    group by sightings.identifier_value

)

select * from final
