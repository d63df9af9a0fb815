"""Matomo's dialect: the Reporting API's visit log.

https://developer.matomo.org/api-reference/reporting-api#Live, read 2026-11-21. Errors have status 200; the token
is taken from the form only; offset paging over several days loses visits (matomo-org/matomo#16394).
"""

from datetime import date, timedelta

import numpy as np

from sandbox.chance import DAY, Ints
from sandbox.city.mail import epoch
from sandbox.limits import Rolling
from sandbox.matomo_visits import SITE, last_seen, visit
from sandbox.wire import Ask, Reply, as_json
from sandbox.world import World

TOKEN = "sandbox-matomo-token"


class CallError(ValueError):
    """What Matomo refuses, in its words."""


class Matomo:
    """The server of Matomo."""

    name = "matomo"

    def __init__(self, rate_factor: float) -> None:
        self.calls = Rolling(max(1, round(200 * rate_factor)), 1.0)

    def answer(self, ask: Ask, world: World, now: int) -> Reply:
        """Matomo's answer at that instant."""
        if self.calls.take() < 0:
            return self.too_many(ask)
        asked = {**ask.query, **ask.form()}
        if ask.path.rstrip("/") not in ("", "/index.php") or asked.get("module") != "API":
            return Reply(404, b"<html><body>Not found</body></html>", (("Content-Type", "text/html"),))
        try:
            if "token_auth" in ask.query or ask.form().get("token_auth") != TOKEN:
                raise CallError(
                    "You can't access this resource as it requires 'view' access for the website id = 1. "
                    "Unable to authenticate with the provided token."
                )
            return as_json(200, called(asked, world, now))
        except CallError as bad:
            return error(str(bad))

    def too_many(self, ask: Ask) -> Reply:  # noqa: ARG002 - the dialects share one shape
        """429 as the web server before Matomo says it."""
        return Reply(
            429, b"<html><body>Too many requests</body></html>", (("Content-Type", "text/html"), ("Retry-After", "1"))
        )

    def expired(self, ask: Ask) -> Reply:  # noqa: ARG002
        """Status 200 with an error, as for a token that was deleted."""
        return error(
            "Unable to authenticate with the provided token. It is either invalid, expired or is required to be sent "
            "as a POST parameter."
        )


def error(message: str) -> Reply:
    """Matomo's error body."""
    return as_json(200, {"result": "error", "message": message})


def called(asked: dict[str, str], world: World, now: int) -> object:
    """What the called method answers."""
    method = asked.get("method", "")
    if method == "API.getMatomoVersion":
        return {"value": "5.2.0"}
    if method not in ("Live.getLastVisitsDetails", "VisitsSummary.getVisits"):
        raise CallError(f"The method '{method}' does not exist or is not available in the module.")
    if asked.get("format", "").lower() != "json":
        raise CallError("The sandbox speaks format=JSON only.")
    if asked.get("idSite") != SITE:
        raise CallError("An unexpected website was found in the request: website id was set to '0'.")
    first, last = days(asked)
    if method == "VisitsSummary.getVisits":
        return {"value": len(visits(world, now, first, last))}
    limit, offset = (whole(asked, name, default) for name, default in (("filter_limit", 10), ("filter_offset", 0)))
    rows = visits(world, now, first, last)
    seen_last = last_seen(world.web, rows, now)
    rows = rows[np.lexsort((rows, seen_last))]
    if "minTimestamp" in asked:
        rows = rows[last_seen(world.web, rows, now) > whole(asked, "minTimestamp", 0) * 1000]
    if asked.get("filter_sort_order", "desc").lower() != "asc":
        rows = rows[::-1]
    if last > first and offset > 0:
        offset += skipped(world, now, rows[:offset])
    chosen = rows[offset:] if limit < 0 else rows[offset : offset + limit]
    with_actions = asked.get("doNotFetchActions", "0") != "1"
    return [visit(world, int(row), now, with_actions) for row in chosen]


def skipped(world: World, now: int, before: Ints) -> int:
    """How many visits a multi-day walk loses for its offset: those of every day but the first are counted twice."""
    day = last_seen(world.web, before, now) // DAY
    return int((day != day[0]).sum()) if len(day) else 0


def whole(asked: dict[str, str], name: str, default: int) -> int:
    """A whole number from the call."""
    text = asked.get(name, str(default))
    if not text.lstrip("-").isdigit():
        raise CallError(f"The parameter '{name}' is not a number.")
    return int(text)


def days(asked: dict[str, str]) -> tuple[date, date]:
    """The first and the last day that the call asks for."""
    period, text = asked.get("period", "day"), asked.get("date", "")
    try:
        first, _, last = text.partition(",")
        start = date.fromisoformat(first)
        if period == "day":
            return start, start
        if period == "week":
            monday = start - timedelta(days=start.weekday())
            return monday, monday + timedelta(days=6)
        if period == "range":
            return start, date.fromisoformat(last)
    except ValueError:
        raise CallError(f"Date format must be: YYYY-MM-DD, got '{text}'.") from None
    raise CallError(f"The period '{period}' is not supported.")


def visits(world: World, now: int, first: date, last: date) -> Ints:
    """The visits whose last action so far falls on these days."""
    web = world.web
    low, high = epoch(first), epoch(last) + DAY
    begin, end = np.searchsorted(web.started_at, [low, min(high, now + 1)])
    return np.arange(begin, max(begin, end))
