-- A rule that links but allows one record only could never link anybody; one without a type of identifier says nothing.
select rules.rule
from {{ ref('identity_rules') }} as rules
left join {{ ref('identifier_types') }} as types on rules.identifier_type = types.identifier_type
where rules.is_link and rules.max_group_size < 2 or types.identifier_type is null
