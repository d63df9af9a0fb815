{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[was_in_scope()]
) }}

-- depends_on: {{ ref('int_identity__scope') }}
with

components as (

    select * from {{ ref('int_identity__components') }}

),

customers as (

    select * from {{ ref('int_identity__customers') }}

),

-- the rule that best says why an identifier belongs where it does; a record speaks for itself
evidence as (

    select
        right_type as identifier_type,
        right_value as identifier_value,
        min(rule) as rule,
        max(confidence) as confidence
    from {{ ref('int_identity__links') }}
    group by right_type, right_value

),

final as (

    select
        components.identifier_type,
        components.identifier_value,
        components.component_id,
        customers.customer_id,
        components.source_system,
        coalesce(evidence.rule, 'record') as rule,
        coalesce(evidence.confidence, 1.0) as confidence,
        coalesce(sureness.identity_confidence_score, 1.0) as identity_confidence_score
    from components
    left join {{ ref('int_identity__confidence') }} as sureness
        on components.component_number = sureness.component_number
    left join customers on components.component_number = customers.component_number
    left join evidence
        on
            components.identifier_type = evidence.identifier_type
            and components.identifier_value = evidence.identifier_value

)

select * from final
