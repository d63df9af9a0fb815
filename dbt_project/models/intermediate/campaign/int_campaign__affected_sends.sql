select distinct
    {{ email_send_id('campaign_id', 'member_id') }} as email_send_id,
    campaign_id
from {{ ref('int_activity__affected') }}
where campaign_id is not null and member_id is not null
