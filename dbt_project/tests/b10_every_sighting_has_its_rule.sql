-- What a model sights by a rule that the seed does not know would silently link nobody.
select distinct sightings.rule
from {{ ref('int_identity__sightings') }} as sightings
left join {{ ref('identity_rules') }} as rules on sightings.rule = rules.rule
where sightings.rule <> 'record' and rules.rule is null
