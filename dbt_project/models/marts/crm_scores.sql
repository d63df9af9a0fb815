-- A record that was archived, deleted or converted takes nothing back.
with

records as (

    select * from {{ ref('int_customer__crm_records') }}
    where not coalesce(is_archived, false)

),

people as (

    select * from {{ ref('int_identity__people') }}
    where customer_id is not null

),

scores as (

    select * from {{ ref('int_score__explained') }}

),

final as (

    select
        split_part(records.identifier_type, '_', 1) as source_system,
        split_part(records.identifier_type, '_', 2) as crm_object,
        records.contact_id as crm_record_id,
        people.customer_id,
        scores.score_version,
        scores.reasons,
        scores.score_change,
        stages.stage,
        stages.level,
        relations.engagement_tier,
        scores.score,
        scores.delta_7d as score_delta_7d,
        scores.score_coverage,
        scores.as_of_date
    from records
    inner join people
        on
            records.identifier_type = people.identifier_type
            and records.contact_id = people.identifier_value
    inner join scores on people.customer_id = scores.customer_id
    left join {{ ref('customer_stages') }} as stages on people.customer_id = stages.customer_id
    left join {{ ref('customer_relations') }} as relations on people.customer_id = relations.customer_id

)

select * from final
