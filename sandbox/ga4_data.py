"""The dialect of GA4's Data API: runReport over the city's visits, and the token service beside it.

https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/properties/runReport, read 2026-11-21.
int64 travels as text; a channel with too few users is withheld and the report says so; late devices count at once.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache, partial

from sandbox.ga4_events import Event
from sandbox.ga4_export import begins, on_day
from sandbox.limits import Rolling
from sandbox.wire import Ask, Reply, as_json
from sandbox.world import World

PROPERTY, TOKEN, REFRESH = "314159", "sandbox-ga4-token", "sandbox-ga4-refresh-token"
DIMENSIONS = ("sessionDefaultChannelGroup", "date")
METRICS = ("sessions", "engagedSessions", "activeUsers", "eventCount")
FEWEST_USERS = 2
ENGAGED_MS = 10_000
Totals = dict[str, tuple[int, int, int, int]]  # of each channel: sessions, engaged ones, users, events
TotalsOf = Callable[[date, int], Totals]


class CallError(ValueError):
    """What Google refuses, in its words."""


class Ga4Data:
    """The server of the Data API."""

    name = "ga4_data"

    def __init__(self, rate_factor: float) -> None:
        self.sees: Callable[[World], TotalsOf] = lambda world: partial(totals, world)
        self.calls = Rolling(max(1, round(50 * rate_factor)), 1.0)
        self.token = TOKEN

    def answer(self, ask: Ask, world: World, now: int) -> Reply:
        """Google's answer at that instant."""
        if ask.path == "/token":
            return self._token(ask)
        return self.too_many(ask) if self.calls.take() < 0 else self._read(ask, world, now)

    def _read(self, ask: Ask, world: World, now: int) -> Reply:
        if ask.headers.get("authorization") != f"Bearer {self.token}":
            return failure(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
        place, _, method = ask.path.removeprefix("/v1beta/properties/").partition(":")
        if method != "runReport" or ask.method != "POST":
            return failure(404, "NOT_FOUND", "The requested URL was not found on this server.")
        if place != PROPERTY:
            return failure(403, "PERMISSION_DENIED", "User does not have sufficient permissions for this property.")
        try:
            return as_json(200, report(ask.document(), self.sees(world), now))
        except CallError as bad:
            return failure(400, "INVALID_ARGUMENT", str(bad))

    def too_many(self, ask: Ask) -> Reply:  # noqa: ARG002 - the dialects share one shape
        """429 without a word of when."""
        return failure(429, "RESOURCE_EXHAUSTED", "Exhausted concurrent requests quota.")

    def expired(self, ask: Ask) -> Reply:  # noqa: ARG002
        """401, and the token given out is worth nothing from now on."""
        self.token = f"{TOKEN}-renewed"
        return failure(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")

    def _token(self, ask: Ask) -> Reply:
        if ask.form().get("refresh_token") != REFRESH:
            return as_json(400, {"error": "invalid_grant", "error_description": "Bad Request"})
        return as_json(200, {"access_token": self.token, "expires_in": 3599, "token_type": "Bearer"})


def failure(status: int, name: str, message: str) -> Reply:
    """Google's error body."""
    return as_json(status, {"error": {"code": status, "message": message, "status": name}})


def report(asked: object, totals_of: TotalsOf, now: int) -> dict[str, object]:
    """The report that was asked for; nothing that the sandbox does not know is passed over in silence."""
    if not isinstance(asked, dict):
        raise CallError("Invalid JSON payload received.")
    unknown = asked.keys() - {"dateRanges", "dimensions", "metrics", "orderBys", "limit", "offset"}
    if unknown:
        raise CallError(f'Invalid JSON payload received. Unknown name "{min(unknown)}".')
    if tuple(d["name"] for d in asked["dimensions"]) != DIMENSIONS:
        raise CallError("The sandbox knows the dimensions sessionDefaultChannelGroup and date only.")
    if tuple(m["name"] for m in asked["metrics"]) != METRICS:
        raise CallError("The sandbox knows the metrics of sessions only.")
    limit, offset = (whole(asked, name, default) for name, default in (("limit", 10_000), ("offset", 0)))
    if not 0 < limit <= 250_000:
        raise CallError("limit must be between 1 and 250000.")
    rows: list[dict[str, object]] = []
    is_thresholded = False
    for span in asked["dateRanges"]:
        for day in days(span):
            every = totals_of(day, now)
            kept = {name: found for name, found in every.items() if found[2] >= FEWEST_USERS}
            is_thresholded |= len(kept) < len(every)
            rows += [row(day, name, found) for name, found in sorted(kept.items())]
    about: dict[str, object] = {"currencyCode": "EUR", "timeZone": "Etc/UTC"}
    about |= {"subjectToThresholding": True} if is_thresholded else {}
    found = {"rows": rows[offset : offset + limit], "rowCount": len(rows)} if rows else {}
    headers = {
        "dimensionHeaders": [{"name": name} for name in DIMENSIONS],
        "metricHeaders": [{"name": name, "type": "TYPE_INTEGER"} for name in METRICS],
    }
    return {**headers, **found, "metadata": about, "kind": "analyticsData#runReport"}


def whole(asked: dict[str, object], name: str, default: int) -> int:
    """An int64 of the call, which travels as text."""
    text = str(asked.get(name, default))
    if not text.isdigit():
        raise CallError(f"Invalid value at '{name}' (TYPE_INT64).")
    return int(text)


def days(span: dict[str, str]) -> list[date]:
    """The days of a date range, both ends in it."""
    try:
        first, last = (date.fromisoformat(span[name]) for name in ("startDate", "endDate"))
    except (KeyError, ValueError):
        raise CallError("Invalid dateRange. Dates must be YYYY-MM-DD.") from None
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def row(day: date, channel: str, found: tuple[int, int, int, int]) -> dict[str, object]:
    """One row of a report."""
    values = (channel, f"{day:%Y%m%d}")
    return {
        "dimensionValues": [{"value": value} for value in values],
        "metricValues": [{"value": str(number)} for number in found],
    }


@lru_cache(maxsize=256)
def totals(world: World, day: date, now: int) -> Totals:
    """Sessions, engaged ones, users and events of a day, by channel; who gave no consent is not counted."""
    sessions: dict[tuple[object, object], list[Event]] = defaultdict(list)
    for event in on_day(world, day, min(now, begins(day + timedelta(days=1), "UTC"))):
        if event["user_pseudo_id"]:
            sessions[(event["user_pseudo_id"], value(event, "ga_session_id"))].append(event)
    found: dict[str, list[list[Event]]] = defaultdict(list)
    for made in sessions.values():
        found[_channel(made[0])].append(made)
    return {
        channel: (
            len(each),
            sum(map(is_engaged, each)),
            len({made[0]["user_pseudo_id"] for made in each}),
            sum(map(len, each)),
        )
        for channel, each in found.items()
    }


def is_engaged(made: list[Event]) -> bool:
    """Ten seconds of attention, two views or a key event."""
    spent = sum(value(event, "engagement_time_msec") or 0 for event in made)
    names = [event["event_name"] for event in made]
    return spent >= ENGAGED_MS or names.count("page_view") >= 2 or "purchase" in names or "sign_up" in names


def value(event: Event, key: str) -> int | None:
    """A whole-number parameter of an event."""
    params: list[dict[str, dict[str, int]]] = event["event_params"]  # type: ignore[assignment]
    return next((each["value"].get("int_value") for each in params if each["key"] == key), None)  # type: ignore[comparison-overlap]


def _channel(event: Event) -> str:
    source: dict[str, dict[str, str]] = event["session_traffic_source_last_click"]  # type: ignore[assignment]
    return source["cross_channel_campaign"]["default_channel_group"]
