-- A linking rule that allows one record only could never link anybody, a type of identifier that is not listed says
-- nothing, and a personal identifier in no normal form never meets itself.
with

judged as (

    select
        rules.rule,
        case
            when rules.is_link and rules.max_group_size < 2 then 'links nobody: max_group_size is below 2'
            when types.identifier_type is null then 'no such identifier_type'
            when records.identifier_type is null then 'no such record_type'
            when coalesce(rules.confidence, -1) not between 0 and 1 then 'confidence is not between 0 and 1'
            when rules.is_link and rules.valid_for_hours is not null then 'valid_for_hours is for devices'
            when lower(trim(coalesce(rules.normalisation, ''))) in ('', 'none') then 'no normalisation is stated'
        end as fault
    from {{ ref('identity_rules') }} as rules
    left join {{ ref('identifier_types') }} as types on rules.identifier_type = types.identifier_type
    left join {{ ref('identifier_types') }} as records on rules.record_type = records.identifier_type

)

select * from judged
where fault is not null
