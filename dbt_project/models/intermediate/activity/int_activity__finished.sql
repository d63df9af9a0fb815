-- depends_on: {{ ref('int_session__sessions') }} {{ ref('int_day__customer_days') }}
-- depends_on: {{ ref('int_campaign__email_sends') }} {{ ref('int_campaign__days') }} {{ ref('int_activity__answers') }}
select '{{ invocation_id }}' as build_id
