-- A rule that links but allows one record only could never link anybody, unless records of another type have the same
-- identifier; one without a type of identifier says nothing.
select rules.rule
from {{ ref('identity_rules') }} as rules
left join {{ ref('identifier_types') }} as types on rules.identifier_type = types.identifier_type
left join {{ ref('identity_rules') }} as others
    on
        rules.identifier_type = others.identifier_type
        and rules.record_type <> others.record_type
        and others.is_link
where
    types.identifier_type is null
    or (rules.is_link and (rules.max_group_size < 1 or (rules.max_group_size < 2 and others.rule is null)))
