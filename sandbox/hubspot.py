"""HubSpot's dialect: CRM v3 objects, search and owners, associations v4, marketing emails and their events.

https://developers.hubspot.com/docs/api-reference (crm-contacts-v3, crm-search-v3, crm-associations-v4),
read 2026-11-21.
"""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import numpy as np

from sandbox.chance import DAY, iso_one
from sandbox.hubspot_batch import associations, batch
from sandbox.hubspot_marketing import EMAILS, EVENTS, emails, events
from sandbox.hubspot_properties import described
from sandbox.hubspot_records import modified_name, plural, position, records, trouble
from sandbox.hubspot_search import SearchError, found
from sandbox.limits import Rolling
from sandbox.wire import Ask, Headers, Reply, as_json
from sandbox.world import World

TOKEN = "sandbox-hubspot-token"
REFRESH = "sandbox-hubspot-refresh"
SEARCH_LAG = 30_000
BIN_DAYS = 90
OBJECT = re.compile(r"^/crm/(?:v3/objects|objects/v3|objects/\d{4}-\d{2})/(\w+)(/search|/batch/read|/\d+)?/?$")
ASSOCIATION = re.compile(r"^/crm/v4/associations/(\w+)/(\w+)/batch/read$")


class HubSpot:
    """The server of HubSpot."""

    name = "hubspot"

    def __init__(self, rate_factor: float) -> None:
        self.search = Rolling(max(1, round(5 * rate_factor)), 1.0)
        self.other = Rolling(max(1, round(100 * rate_factor)), 10.0)

    def answer(self, ask: Ask, world: World, now: int) -> Reply:
        """HubSpot's answer at that instant."""
        if ask.path == "/oauth/v1/token" and ask.method == "POST":
            return self._token(ask)
        if not ask.headers.get("authorization", "").startswith(f"Bearer {TOKEN}"):
            return trouble(ask, 401, "INVALID_AUTHENTICATION", "Authentication credentials not found.")
        is_search = ask.path.endswith("/search")
        left = (self.search if is_search else self.other).take()
        if left < 0:
            return self.too_many(ask)
        reply = self._route(ask, world, now)
        return reply if is_search else Reply(reply.status, reply.body, (*reply.headers, *self._rate_headers(left)))

    def too_many(self, ask: Ask) -> Reply:
        """429 that names its policy; a search answer carries no rate headers."""
        is_search = ask.path.endswith("/search")
        policy = "SECONDLY" if is_search else "TEN_SECONDLY_ROLLING"
        said = "secondly" if is_search else "ten_secondly_rolling"
        body = {
            "status": "error",
            "message": f"You have reached your {said} limit.",
            "errorType": "RATE_LIMIT",
            "correlationId": ask.trace(),
            "policyName": policy,
            "requestId": ask.trace(),
        }
        return as_json(429, body, *(() if is_search else self._rate_headers(0)))

    def expired(self, ask: Ask) -> Reply:
        """401 with the category of an expired token."""
        return trouble(ask, 401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired.")

    def _rate_headers(self, left: int) -> Headers:
        return (
            ("X-HubSpot-RateLimit-Max", str(self.other.calls)),
            ("X-HubSpot-RateLimit-Remaining", str(max(left, 0))),
            ("X-HubSpot-RateLimit-Interval-Milliseconds", "10000"),
            ("X-HubSpot-RateLimit-Daily", "250000"),
            ("X-HubSpot-RateLimit-Daily-Remaining", "249000"),
        )

    def _token(self, ask: Ask) -> Reply:
        if ask.form().get("refresh_token") != REFRESH:
            return as_json(400, {"status": "BAD_REFRESH_TOKEN", "message": "missing or invalid refresh token"})
        body = {"token_type": "bearer", "access_token": TOKEN, "refresh_token": REFRESH, "expires_in": 1800}
        return as_json(200, body)

    def _route(self, ask: Ask, world: World, now: int) -> Reply:
        lists = {"/crm/v3/owners": owners, EMAILS: emails, EVENTS: events}
        if ask.method == "GET" and (tell := lists.get(ask.path.rstrip("/"))):
            return tell(ask, world, now)
        if (pair := ASSOCIATION.match(ask.path)) and ask.method == "POST":
            return associations(ask, world, now, pair[1], pair[2])
        if reply := described(ask, world):
            return reply
        match = OBJECT.match(ask.path)
        if not match or plural(match[1]) not in world.objects:
            return trouble(ask, 404, "OBJECT_NOT_FOUND", "Unable to infer object type from the path.")
        kind, tail = plural(match[1]), match[2] or ""
        verbs: dict[tuple[str, str], Callable[[Ask, World, int, str], Reply]] = {
            ("POST", "/search"): search,
            ("POST", "/batch/read"): batch,
            ("GET", ""): listed,
        }
        if ask.method == "GET" and tail[1:].isdigit():
            return one(ask, world, now, kind, int(tail[1:]))
        verb = verbs.get((ask.method, tail))
        return verb(ask, world, now, kind) if verb else trouble(ask, 405, "VALIDATION_ERROR", "Method not allowed.")


def search(ask: Ask, world: World, now: int, kind: str) -> Reply:
    """What the search index knows, which is a little behind; never what is archived."""
    if len(ask.body) > 3000:
        return trouble(ask, 400, "VALIDATION_ERROR", "The request body exceeds the maximum length of 3000 characters.")
    kept = world.objects[kind]
    standing = kept.as_of(now - SEARCH_LAG)
    try:
        page = found(ask.document(), kept, standing[~kept.archived[standing]], modified_name(kind))
    except SearchError as bad:
        return trouble(ask, 400, "VALIDATION_ERROR", str(bad))
    body: dict[str, object] = {"total": page.total, "results": records(kind, kept, page.rows, page.properties)}
    if page.after:
        body["paging"] = {"next": {"after": page.after, "link": f"{ask.base}{ask.path}?after={page.after}"}}
    return as_json(200, body)


def listed(ask: Ask, world: World, now: int, kind: str) -> Reply:
    """The records by id, or with archived=true those deleted in the last 90 days."""
    limit, after = ask.number("limit", 10), ask.number("after", 0)
    if limit is None or not 1 <= limit <= 100 or after is None:
        return trouble(ask, 400, "VALIDATION_ERROR", "limit must be between 1 and 100, and after a cursor.")
    kept = world.objects[kind]
    rows = kept.as_of(now)
    wants_archived = ask.query.get("archived", "false").lower() == "true"
    rows = rows[kept.archived[rows] == wants_archived]
    if wants_archived:
        rows = rows[kept.at[rows] > now - BIN_DAYS * DAY]
    rows = rows[np.searchsorted(kept.ids[rows], after) :]
    wanted = [name for name in ask.query.get("properties", "").split(",") if name]
    body: dict[str, object] = {"results": records(kind, kept, rows[:limit], wanted)}
    if len(rows) > limit:
        cursor = str(kept.ids[rows[limit]])
        link = f"{ask.base}{ask.path}?{urlencode({**ask.query, 'after': cursor})}"
        body["paging"] = {"next": {"after": cursor, "link": link}}
    return as_json(200, body)


def one(ask: Ask, world: World, now: int, kind: str, number: int) -> Reply:
    """One record by its id."""
    kept = world.objects[kind]
    row = position(kept, now, number)
    if row is None:
        return trouble(ask, 404, "OBJECT_NOT_FOUND", "Object not found.")
    wanted = [name for name in ask.query.get("properties", "").split(",") if name]
    return as_json(200, records(kind, kept, np.array([row]), wanted)[0])


def owners(ask: Ask, world: World, now: int) -> Reply:
    """The owners: the active ones, or with archived=true those who left."""
    limit, after = ask.number("limit", 100), ask.number("after", 0)
    if limit is None or not 1 <= limit <= 500 or after is None:
        return trouble(ask, 400, "VALIDATION_ERROR", "limit must be between 1 and 500, and after a cursor.")
    wants_archived = ask.query.get("archived", "false").lower() == "true"
    there = [
        o for o in world.owners if (int(str(o["left"])) <= now) == wants_archived and int(str(o["created"])) <= now
    ]
    rows = []
    for owner in there[after : after + limit]:
        created, left = int(str(owner["created"])), int(str(owner["left"]))
        plain = {k: v for k, v in owner.items() if k not in ("created", "left")}
        times = {"createdAt": iso_one(created), "updatedAt": iso_one(left if wants_archived else created)}
        rows.append(
            {
                **plain,
                "userIdIncludingInactive": owner["userId"],
                "type": "PERSON",
                **times,
                "archived": wants_archived,
                "teams": [],
            }
        )
    body: dict[str, object] = {"results": rows}
    if len(there) > after + limit:
        body["paging"] = {"next": {"after": str(after + limit), "link": f"{ask.base}{ask.path}?after={after + limit}"}}
    return as_json(200, body)
