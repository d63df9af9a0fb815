-- depends_on: {{ ref('sessions') }} {{ ref('email_sends') }} {{ ref('campaign_days') }} {{ ref('customer_days') }}
select '{{ invocation_id }}' as build_id
