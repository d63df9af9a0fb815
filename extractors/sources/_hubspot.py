"""How HubSpot is asked: search and its cap, batches and their errors, associations, histories, the bin.

https://developers.hubspot.com/docs/api-reference/crm-search-v3, /docs/api-reference/legacy/crm/associations and
/docs/api-reference/latest/crm/objects, read 2026-11-22. Objects are read through search, always sorted by id and asked
for ids above the last one seen: the cap of 10,000 results a query is never reached, and any number of rows may share
one millisecond.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

from extractors.paging import cursor, one_page, snapshot, whole
from extractors.spec import (
    Answer,
    Column,
    Each,
    Endpoint,
    Page,
    Rate,
    Request,
    Span,
    Turn,
    Value,
    Verdict,
    Wait,
    Window,
)

PAGE = 200
BATCH, HISTORY_BATCH = 100, 50
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
    **dict.fromkeys(("calls", "meetings", "communications"), "crm.objects.contacts.read"),
    "emails": "sales-email-read",
    "tickets": "tickets",
}
SEARCH = Turn(above_the_last, reads=("results[-1].id", "total"), total="total")
LISTED = cursor("paging.next.after", into="after")
SEARCH_RATE = Rate(calls=5, seconds=1.0, name="search")


def created_in(start: str, end: str, by: str) -> Span:
    """Ask with two instants in epoch milliseconds, of which HubSpot includes both."""

    def ask(request: Request, window: Window) -> Request:
        lower, upper = (int(at.timestamp() * 1000) for at in (window.start_at, window.end_at))
        return request.having(**{start: str(lower), end: str(upper - 1)})

    return Span(by=by, ask=ask)


def while_more(page: Page) -> Request | None:
    """The next page by its token, which the last page has too: only `hasMore` says that there is one.

    A page that does not say ends in the same call again, which no walk makes.
    """
    if (has_more := page.values["hasMore"]) is None:
        return page.request
    return page.request.having(offset=str(page.values["offset"] or "")) if has_more else None


WHILE_MORE = Turn(while_more, reads=("hasMore", "offset"))


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
    """A batch that answers 207 says why some of its ids failed; only ids that are gone are no failure."""
    found = values.get("errors[*].category")
    failed = set(found) if isinstance(found, tuple) else set()
    if failed <= GONE and (failed or not values.get("numErrors")):
        return ""
    return "refused" if "MISSING_SCOPES" in failed else "changed" if "VALIDATION_ERROR" in failed else "busy"


def rest_of_each(page: Page) -> Request | None:
    """The same batch with the ids that have more associations than fitted, each with its own cursor."""
    ids, cursors = (page.values[place] for place in REST.reads)
    pairs = zip(ids, cursors, strict=True) if isinstance(ids, tuple) and isinstance(cursors, tuple) else ()
    left = [{"id": number, "after": after} for number, after in pairs if after]
    return replace(page.request, body=_json({"inputs": left})) if left else None


GONE = {"OBJECT_NOT_FOUND", "NO_ASSOCIATIONS_FOUND"}
REST = Turn(rest_of_each, reads=("results[*].from.id", "results[*].paging.next.after"))


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
        turn=REST,
        restate_days=1,
        scope=objects.scope,
    )


def histories_of(objects: Endpoint, **columns: str) -> Endpoint:
    """What properties of the objects of this window ever were, the newest first: a list of values for each property.

    Search gives no history; a batch with history takes 50 ids. HubSpot keeps the last 20 values (45 of a contact).
    """
    key = objects.key[0]

    def body(ids: tuple[str, ...]) -> str:
        inputs = [{"id": i} for i in ids]
        return _json({"inputs": inputs, "properties": [], "propertiesWithHistory": list(columns.values())})

    value = (Column("value"), Column("changed_at", "moment", at="timestamp"), Column("source_type", at="sourceType"))
    return Endpoint(
        name=f"{key.removesuffix('_id')}_histories",
        path=f"/crm/v3/objects/{objects.name}/batch/read",
        method="POST",
        records="results",
        columns=(
            Column(key, at="id", required=True),
            *(
                Column(name, "list", at=f"propertiesWithHistory.{at}", of=value, sometimes=True)
                for name, at in columns.items()
            ),
        ),
        key=(key,),
        span=snapshot(),
        each=Each(objects.name, key, day="modified_at", batch=HISTORY_BATCH, body=body, unless="skip_histories"),
        turn=one_page(),
        restate_days=1,
        scope=objects.scope,
    )
