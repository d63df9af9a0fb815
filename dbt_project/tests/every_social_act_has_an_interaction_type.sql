-- An act of a social network that is in no row of the seed would be missing from social_interactions in silence.
select types.activity
from {{ ref('activity_types') }} as types
left join {{ ref('social_types') }} as social on types.activity = social.activity
where types.channel = 'social' and types.direction = 'inbound' and social.activity is null
