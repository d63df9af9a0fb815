{{ config(materialized='view') }}

-- a vendor that keeps rewriting its records is stateful: all of it is compared in every build
{% for model, source_system, is_stateful in [
    ('matomo', 'matomo', 'false'),
    ('mailchimp', 'mailchimp', 'false'),
    ('bluesky', 'bluesky', 'false'),
    ('mailchimp_members', 'mailchimp', 'true'),
    ('hubspot', 'hubspot', 'true'),
    ('files', 'files', 'true'),
    ('klaviyo', 'klaviyo', 'false'),
    ('klaviyo_orders', 'klaviyo', 'true'),
] %}
select
    '{{ source_system }}' as source_system,
    {{ is_stateful }} as is_stateful,
    *
from {{ ref('int_activity__' ~ model) }}
{{ 'union all' if not loop.last }}
{% endfor %}
