-- A linking rule that allows one record only could never link anybody, a type of identifier that is not listed says
-- nothing, and a personal identifier in no normal form never meets itself.
with

-- one record of a type is enough where records of another type link by the same identifier: a handle is one person's
elsewhere as (

    select distinct rules.rule
    from {{ ref('identity_rules') }} as rules
    inner join {{ ref('identity_rules') }} as others
        on
            rules.identifier_type = others.identifier_type
            and rules.record_type <> others.record_type
            and others.is_link

),

judged as (

    select
        rules.rule,
        case
            when rules.is_link and rules.max_group_size < case when elsewhere.rule is null then 2 else 1 end
                then 'links nobody: max_group_size is too low'
            when types.identifier_type is null then 'no such identifier_type'
            when records.identifier_type is null then 'no such record_type'
            when coalesce(rules.confidence, -1) not between 0 and 1 then 'confidence is not between 0 and 1'
            when rules.is_link and rules.valid_for_hours is not null then 'valid_for_hours is for devices'
            when lower(trim(coalesce(rules.normalisation, ''))) in ('', 'none') then 'no normalisation is stated'
        end as fault
    from {{ ref('identity_rules') }} as rules
    left join elsewhere on rules.rule = elsewhere.rule
    left join {{ ref('identifier_types') }} as types on rules.identifier_type = types.identifier_type
    left join {{ ref('identifier_types') }} as records on rules.record_type = records.identifier_type

)

select * from judged
where fault is not null
