{{ config(materialized='view') }}

-- What a vendor keeps rewriting is stateful: it is compared with the last build, not read by day.
{% for model, source_system, is_stateful in [
    ('matomo', 'matomo', false),
    ('ga4', 'ga4', false),
    ('mailchimp', 'mailchimp', false),
    ('mailchimp_members', 'mailchimp', true),
    ('klaviyo', 'klaviyo', false),
    ('klaviyo_orders', 'klaviyo', true),
    ('bluesky', 'bluesky', false),
    ('mastodon', 'mastodon', false),
    ('x', 'x', false),
    ('x_crowd', 'x', true),
    ('hubspot', 'hubspot', true),
    ('hubspot_letters', 'hubspot', false),
    ('salesforce', 'salesforce', true),
    ('files', 'files', true),
] %}
select
    '{{ source_system }}' as source_system,
    {{ is_stateful | lower }} as is_stateful,
    *
from {{ ref('int_activity__' ~ model) }}
{{ 'union all' if not loop.last }}
{% endfor %}
