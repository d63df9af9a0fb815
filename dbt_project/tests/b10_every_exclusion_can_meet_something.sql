-- An exclusion of no such part, of no known type, not in lower case or with a plain address would never meet anything.
select
    exclusions.identifier_type,
    exclusions.part,
    exclusions.reason
from {{ ref('identity_exclusions') }} as exclusions
left join {{ ref('identifier_types') }} as types on exclusions.identifier_type = types.identifier_type
where
    types.identifier_type is null
    or exclusions.part not in ('local_part', 'domain', 'whole')
    or exclusions.part <> 'whole' and exclusions.identifier_type <> 'email'
    or exclusions.part <> 'whole' and exclusions.value <> lower(exclusions.value)
    or exclusions.value like '%@%'
    or trim(coalesce(exclusions.reason, '')) = ''
    or exclusions.part = 'whole'
    and exclusions.identifier_type in ('email', 'phone')
    and length(exclusions.value) <> 64
