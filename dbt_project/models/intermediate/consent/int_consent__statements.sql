{{ config(materialized='view') }}

{% for model, scope in [
    ('int_consent__mailchimp', "'email_marketing'"),
    ('int_consent__hubspot', "'email_marketing'"),
    ('int_consent__salesforce', "'email_marketing'"),
    ('int_consent__klaviyo', 'scope'),
] %}
select
    source_system,
    identifier_type,
    identifier_value,
    list_id,
    {{ scope }} as scope,
    vendor_status,
    basis_for_processing,
    is_act,
    stated_at
from {{ ref(model) }}
{{ 'union all' if not loop.last }}
{% endfor %}
