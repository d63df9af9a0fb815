{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[
        'customer_id in (select before.customer_id from intermediate.int_identity__before as before where'
        " before.identifier_type not in ('matomo_visitor_id', 'phone') union"
        ' select after.customer_id from intermediate.int_identity__after as after where'
        " after.identifier_type not in ('matomo_visitor_id', 'phone'))"
    ]
) }}

-- depends_on: {{ ref('int_identity__before') }}
-- One record speaks for a customer, whole: names and addresses of two records are never mixed.
with

candidates as (

    select * from {{ ref('int_identity__profile_candidates') }}

),

merged as (

    select distinct
        right_type as identifier_type,
        right_value as record_id
    from {{ ref('int_identity__links') }}
    where rule in ({{ merge_rules() }})

),

ranked as (

    select
        people.customer_id,
        candidates.identifier_type,
        candidates.identifier_value,
        candidates.source_system,
        candidates.email,
        candidates.phone,
        candidates.first_name,
        candidates.last_name,
        candidates.full_name,
        candidates.modified_at,
        row_number() over (
            partition by people.customer_id
            order by
                sources.priority,
                case when merged.record_id is null then 0 else 1 end,
                candidates.modified_at desc,
                candidates.identifier_value,
                candidates.email
        ) as candidate_rank
    from candidates
    inner join {{ ref('int_identity__after') }} as people
        on
            candidates.identifier_type = people.identifier_type
            and candidates.identifier_value = people.identifier_value
    inner join {{ ref('profile_sources') }} as sources on candidates.source_system = sources.source_system
    left join merged
        on
            candidates.identifier_type = merged.identifier_type
            and candidates.identifier_value = merged.record_id

),

final as (

    select
        customer_id,
        identifier_type as source_record_type,
        identifier_value as source_record_id,
        source_system,
        lower(trim(email)) as email,
        phone,
        first_name,
        last_name,
        coalesce(
            full_name, nullif(trim(concat(coalesce(first_name, ''), ' ', coalesce(last_name, ''))), '')
        ) as full_name,
        modified_at
    from ranked
    where candidate_rank = 1

)

select * from final
