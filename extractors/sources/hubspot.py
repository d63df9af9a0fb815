"""HubSpot: the CRM's contacts, companies, deals, tickets, owners, conversations, survey answers and marketing emails.

https://developers.hubspot.com/docs/api-reference/crm-contacts-v3 and /docs/api-reference/crm-search-v3,
read 2026-11-21. How its objects are asked for stands in `_hubspot.py`.
"""

from extractors.auth import Bearer
from extractors.paging import snapshot
from extractors.sources._hubspot import (
    LISTED,
    WHILE_MORE,
    archived,
    contacts_of,
    created_in,
    entity,
    histories_of,
    partial,
    prop,
    throttle,
)
from extractors.spec import Column, Complaint, Endpoint, Rate, Source

CONTACTS = entity(
    "contacts",
    "contact_id",
    "lastmodifieddate",
    prop("email", "email", personal="email"),
    prop("additional_emails", "hs_additional_emails", personal="email", split=";"),
    prop("phone", "phone", personal="phone"),
    prop("first_name", "firstname", personal="name"),
    prop("last_name", "lastname", personal="name"),
    prop("bluesky_handle", "bluesky_handle", personal="handle"),
    prop("mastodon_handle", "mastodon_handle", personal="handle"),
    prop("x_handle", "twitterhandle", personal="handle"),
    prop("site_user_id", "site_user_id"),
    prop("merged_contact_ids", "hs_merged_object_ids", split=";"),
    prop("company_id", "associatedcompanyid"),
    prop("job_title", "jobtitle"),
    prop("country", "country"),
    prop("lifecycle_stage", "lifecyclestage"),
    prop("legal_basis", "hs_legal_basis"),
    prop("is_email_opted_out", "hs_email_optout", type="boolean"),
)
COMPANIES = entity(
    "companies",
    "company_id",
    "hs_lastmodifieddate",
    prop("name", "name"),
    prop("domain", "domain"),
    prop("industry", "industry"),
    prop("country", "country"),
    prop("parent_company_id", "hs_parent_company_id"),
    prop("employee_count", "numberofemployees", type="integer"),
)
DEALS = entity(
    "deals",
    "deal_id",
    "hs_lastmodifieddate",
    prop("order_number", "order_number"),
    prop("pipeline", "pipeline"),
    prop("stage", "dealstage"),
    prop("deal_type", "dealtype"),
    prop("amount", "amount", type="decimal"),
    prop("currency", "deal_currency_code"),
    prop("line_count", "line_count", type="integer"),
    prop("is_closed_won", "hs_is_closed_won", type="boolean"),
    prop("closed_at", "closedate", type="moment"),
)
TICKETS = entity(
    "tickets",
    "ticket_id",
    "hs_lastmodifieddate",
    prop("subject", "subject", personal="text"),
    prop("pipeline", "hs_pipeline"),
    prop("stage", "hs_pipeline_stage"),
    prop("priority", "hs_ticket_priority"),
    prop("source_type", "source_type"),
    prop("closed_at", "closed_date", type="moment"),
)
CALLS = entity(
    "calls",
    "call_id",
    "hs_lastmodifieddate",
    prop("direction", "hs_call_direction"),
    prop("status", "hs_call_status"),
    prop("duration_in_ms", "hs_call_duration", type="integer"),
    prop("happened_at", "hs_timestamp", type="moment", required=True),
)
MEETINGS = entity(
    "meetings",
    "meeting_id",
    "hs_lastmodifieddate",
    prop("outcome", "hs_meeting_outcome"),
    prop("started_at", "hs_meeting_start_time", type="moment"),
    prop("ended_at", "hs_meeting_end_time", type="moment"),
    prop("happened_at", "hs_timestamp", type="moment", required=True),
)
EMAILS = entity(
    "emails",
    "email_id",
    "hs_lastmodifieddate",
    prop("direction", "hs_email_direction"),
    prop("status", "hs_email_status"),
    prop("from_email", "hs_email_from_email", personal="email"),
    prop("to_email", "hs_email_to_email", personal="email", split=";"),
    prop("thread_id", "hs_email_thread_id"),
    prop("happened_at", "hs_timestamp", type="moment", required=True),
)
COMMUNICATIONS = entity(
    "communications",
    "communication_id",
    "hs_lastmodifieddate",
    prop("channel_type", "hs_communication_channel_type"),
    prop("logged_from", "hs_communication_logged_from"),
    prop("happened_at", "hs_timestamp", type="moment", required=True),
)
FEEDBACK = entity(
    "feedback_submissions",
    "feedback_submission_id",
    "hs_lastmodifieddate",
    prop("survey_type", "hs_survey_type"),
    prop("survey_channel", "hs_survey_channel"),
    prop("score", "hs_value", type="number"),
    prop("comment", "hs_content", personal="text"),
    prop("submitted_at", "hs_submission_timestamp", type="moment", required=True),
)
OWNERS = Endpoint(
    name="owners",
    path="/crm/v3/owners",
    params=(("limit", "100"),),
    records="results",
    columns=(
        Column("owner_id", at="id", required=True),
        Column("email", personal="email"),
        Column("first_name", at="firstName", personal="name"),
        Column("last_name", at="lastName", personal="name"),
        Column("is_archived", "boolean", at="archived"),
        Column("created_at", "moment", at="createdAt"),
        Column("modified_at", "moment", at="updatedAt"),
    ),
    key=("owner_id",),
    span=snapshot(),
    scope="crm.objects.owners.read",
)
# includeStats is not asked for: with it records are left out, and nothing says so
# https://developers.hubspot.com/docs/api-reference/legacy/marketing/marketing-emails/guide, read 2026-11-22
MARKETING_EMAILS = Endpoint(
    name="marketing_emails",
    path="/marketing/v3/emails/",
    params=(("limit", "100"),),
    records="results",
    columns=(
        Column("marketing_email_id", at="id", required=True),
        Column("campaign_id", at="primaryEmailCampaignId", sometimes=True),
        Column("name"),
        Column("subject"),
        Column("state"),
        Column("type"),
        Column("is_published", "boolean", at="isPublished", sometimes=True),
        Column("created_at", "moment", at="createdAt"),
        Column("modified_at", "moment", at="updatedAt"),
        Column("published_at", "moment", at="publishedAt|publishDate", sometimes=True),
    ),
    key=("marketing_email_id",),
    span=snapshot(),
    scope="content",
)
# https://developers.hubspot.com/docs/api-reference/legacy/email-analytics-v1/guide, read 2026-11-22
EMAIL_EVENTS = Endpoint(
    name="email_events",
    path="/email/public/v1/events",
    params=(("limit", "1000"),),
    records="events",
    columns=(
        Column("event_id", at="id", required=True),
        Column("event_type", at="type", required=True),
        Column("recipient", personal="email"),
        Column("campaign_id", at="emailCampaignId", sent="integer", sometimes=True),
        Column("app_name", at="appName", sometimes=True),
        Column("sent_event_id", at="sentBy.id", sometimes=True),
        Column("obsoleted_by_event_id", at="obsoletedBy.id", sometimes=True),
        Column("url", sometimes=True),
        Column("user_agent", at="userAgent", sometimes=True),
        Column("device_type", at="deviceType", sometimes=True),
        Column("bounce_category", at="category", sometimes=True),
        Column("drop_reason", at="dropReason", sometimes=True),
        Column("portal_status", at="portalSubscriptionStatus", sometimes=True),
        Column("is_filtered", "boolean", at="filteredEvent", sometimes=True),
        Column("happened_at", "moment", at="created", sent="milliseconds", required=True),
        Column("sent_at", "moment", at="sentBy.created", sent="milliseconds", sometimes=True),
        Column(
            "subscriptions",
            "list",
            of=(Column("subscription_id", at="id", sent="integer"), Column("status")),
            sometimes=True,
        ),
    ),
    key=("event_id", "happened_at"),
    span=created_in("startTimestamp", "endTimestamp", by="happened_at"),
    turn=WHILE_MORE,
    restate_days=1,
    scope="content",
)

OBJECTS = (CONTACTS, COMPANIES, DEALS, TICKETS, CALLS, MEETINGS, EMAILS, COMMUNICATIONS, FEEDBACK)

SOURCE = Source(
    name="hubspot",
    channel="crm",
    base="https://api.hubapi.com",
    auth=Bearer("token", refresh_path="/oauth/v1/token"),
    turn=LISTED,
    rate=Rate(calls=100, seconds=10.0),
    parallel=4,
    throttle=throttle,
    complaint=Complaint(reads=("numErrors", "errors[*].category"), judge=partial),
    endpoints=(
        *OBJECTS,
        OWNERS,
        MARKETING_EMAILS,
        EMAIL_EVENTS,
        archived(CONTACTS),
        archived(DEALS),
        *(contacts_of(objects) for objects in OBJECTS if objects is not CONTACTS),
        histories_of(CONTACTS, owners="hubspot_owner_id", lifecycle_stages="lifecyclestage"),
        histories_of(COMPANIES, owners="hubspot_owner_id", lifecycle_stages="lifecyclestage"),
        histories_of(DEALS, owners="hubspot_owner_id", stages="dealstage"),
    ),
)
