"""HubSpot: the CRM's contacts, companies, deals, tickets, owners, conversations and survey answers.

https://developers.hubspot.com/docs/api-reference/crm-contacts-v3 and /docs/api-reference/crm-search-v3,
read 2026-11-21. Objects are read through search, always sorted by id and asked for ids above the last one seen: the
cap of 10,000 results a query is never reached, and any number of rows may share one millisecond.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

from extractors.auth import Bearer
from extractors.paging import cursor, one_page, snapshot, whole
from extractors.spec import (
    Answer,
    Column,
    Complaint,
    Each,
    Endpoint,
    Page,
    Rate,
    Request,
    Source,
    Span,
    Turn,
    Value,
    Verdict,
    Wait,
    Window,
)

PAGE = 200
BATCH = 100
POLICY_SECONDS = {"TEN_SECONDLY_ROLLING": 10.0, "SECONDLY": 1.0}


def prop(name: str, at: str, **more: object) -> Column:
    """A property: HubSpot sends every one of them as a string or null."""
    sent = {} if more.get("type", "text") in ("text", "moment") else {"sent": "text"}
    return Column(name, at=f"properties.{at}", **{**sent, **more})  # type: ignore[arg-type]


def properties(request: Request, columns: tuple[Column, ...]) -> Request:
    """The same search with the properties of the columns named; others do not come."""
    places = (place for column in columns for place in column.places)
    named = sorted({p.removeprefix("properties.") for p in places if p.startswith("properties.")})
    return replace(request, body=_json({**json.loads(request.body), "properties": named}))


def modified_in(modified: str) -> Span:
    """Ask search for what was modified in the window, ids ascending."""

    def ask(request: Request, window: Window) -> Request:
        start, end = (str(int(at.timestamp() * 1000)) for at in (window.start_at, window.end_at))
        filters = [
            {"propertyName": modified, "operator": "GTE", "value": start},
            {"propertyName": modified, "operator": "LT", "value": end},
            {"propertyName": "hs_object_id", "operator": "GT", "value": "0"},
        ]
        sorts = [{"propertyName": "hs_object_id", "direction": "ASCENDING"}]
        body = {"filterGroups": [{"filters": filters}], "sorts": sorts, "query": "", "limit": PAGE, "after": "0"}
        return replace(request, body=_json(body))

    return Span(by="modified_at", ask=ask)


def above_the_last(page: Page) -> Request | None:
    """The same search above the last id of this page; a short page is the last one."""
    if page.count < PAGE:
        return None
    body = json.loads(page.request.body)
    body["filterGroups"][0]["filters"][2]["value"] = str(page.values["results[-1].id"])
    return replace(page.request, body=_json(body))


def _json(body: object) -> str:
    return json.dumps(body, separators=(",", ":"))


# https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes, read 2026-11-21
SCOPES = {
    **{name: f"crm.objects.{name}.read" for name in ("contacts", "companies", "deals", "feedback_submissions")},
    **dict.fromkeys(("calls", "meetings"), "crm.objects.contacts.read"),
    "emails": "sales-email-read",
    "tickets": "tickets",
}
SEARCH = Turn(above_the_last, reads=("results[-1].id", "total"), total="total")
LISTED = cursor("paging.next.after", into="after")
SEARCH_RATE = Rate(calls=5, seconds=1.0, name="search")


def throttle(answer: Answer) -> Wait | None:
    """HubSpot names the limit that was hit; a daily one is over for today."""
    if answer.status in (423, 477):
        return Wait(seconds=2.0) if answer.status == 423 else Wait(stop=True)
    if answer.status != 429:
        return None
    try:
        policy = str(json.loads(answer.body).get("policyName", ""))
    except (ValueError, AttributeError):
        policy = ""
    if policy == "DAILY":
        return Wait(stop=True)
    return Wait(seconds=POLICY_SECONDS.get(policy, 1.0) * answer.attempt)


def partial(values: Mapping[str, Value]) -> Verdict:
    """A batch that answers 207 says how many of its ids failed; ids that are gone are no failure."""
    if not values.get("numErrors"):
        return ""
    gone = values.get("errors[-1].category") in ("OBJECT_NOT_FOUND", "NO_ASSOCIATIONS_FOUND")
    return "" if gone else "busy"


def entity(name: str, key: str, modified: str, *columns: Column) -> Endpoint:
    """An object type read by search, with the id, the times and the flag that all of them have."""
    shape = (
        Column(key, at="id", required=True),
        *columns,
        prop("owner_id", "hubspot_owner_id"),
        Column("is_archived", "boolean", at="archived"),
        Column("created_at", "moment", at="createdAt", required=True),
        prop("modified_at", modified, type="moment", required=True),
    )
    return Endpoint(
        name=name,
        path=f"/crm/v3/objects/{name}/search",
        method="POST",
        records="results",
        columns=shape,
        key=(key,),
        span=modified_in(modified),
        fields=properties,
        turn=SEARCH,
        rate=SEARCH_RATE,
        restate_days=1,
        scope=SCOPES[name],
    )


def archived(living: Endpoint) -> Endpoint:
    """The bin of an object type: what was deleted in the last 90 days, which search never shows."""
    return Endpoint(
        name=f"{living.name}_archived",
        path=f"/crm/v3/objects/{living.name}",
        params=(("limit", "100"), ("archived", "true")),
        records="results",
        columns=(
            Column(living.key[0], at="id", required=True),
            Column("created_at", "moment", at="createdAt", required=True),
            Column("archived_at", "moment", at="archivedAt", required=True),
        ),
        key=living.key,
        span=whole(by="archived_at"),
        restate_days=1,
        scope=living.scope,
    )


def contacts_of(objects: Endpoint) -> Endpoint:
    """Which contacts the objects of this window belong to: associations v4, a batch of ids a call."""
    key = objects.key[0]

    def body(ids: tuple[str, ...]) -> str:
        return _json({"inputs": [{"id": i} for i in ids]})

    return Endpoint(
        name=f"{key.removesuffix('_id')}_contacts",
        path=f"/crm/v4/associations/{objects.name}/contacts/batch/read",
        method="POST",
        records="results",
        explode="to",
        columns=(
            Column(key, at="from.id", required=True),
            Column("contact_id", at="to.toObjectId", sent="integer", required=True),
        ),
        key=(key, "contact_id"),
        span=snapshot(),
        each=Each(of=objects.name, take=key, day="modified_at", batch=BATCH, body=body),
        turn=one_page(),
        restate_days=1,
        scope=objects.scope,
    )


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

OBJECTS = (CONTACTS, COMPANIES, DEALS, TICKETS, CALLS, MEETINGS, EMAILS, FEEDBACK)

SOURCE = Source(
    name="hubspot",
    channel="crm",
    base="https://api.hubapi.com",
    auth=Bearer("token", refresh_path="/oauth/v1/token"),
    turn=LISTED,
    rate=Rate(calls=100, seconds=10.0),
    parallel=4,
    throttle=throttle,
    complaint=Complaint(reads=("numErrors", "errors[-1].category"), judge=partial),
    endpoints=(
        *OBJECTS,
        OWNERS,
        archived(CONTACTS),
        archived(DEALS),
        *(contacts_of(objects) for objects in OBJECTS if objects is not CONTACTS),
    ),
)
