select
    'service_days' as mart,
    contact_channel as what,
    contact_date as told_on
from {{ ref('service_days') }}
where
    n_awaiting > n_inbound
    or n_answered > n_awaiting
    or n_sla_breached > n_awaiting
    or n_feedback_answered > n_feedback
    or n_handoffs_broken > n_contacts_known
    or backlog < 0
union all
select
    'content_days' as mart,
    content_id as what,
    content_date as told_on
from {{ ref('content_days') }}
where
    readers > views
    or n_read_complete > n_views_measured
    or n_needs_met > readers
    or n_first_readers > readers
    or n_recalled > n_first_readers
union all
select
    'customer_voices' as mart,
    topic as what,
    voice_week as told_on
from {{ ref('customer_voices') }}
where n_positive + n_negative > n_with_sentiment or n_with_sentiment > n_voices or n_unanswered > n_awaiting
