"""Klaviyo's dialect: profiles, events of metrics, lists and campaigns, as JSON:API at a pinned revision.

https://developers.klaviyo.com/en/v2026-07-15/reference/api_overview, read 2026-11-21.
"""

from collections.abc import Callable
from datetime import date, timedelta

from sandbox.klaviyo_query import RequestError, problem
from sandbox.klaviyo_reads import MEMBERS, campaigns, events, lists, members, metrics, profiles
from sandbox.klaviyo_records import Shop, shop
from sandbox.limits import Rolling
from sandbox.wire import Ask, Reply
from sandbox.world import World

KEY = "sandbox-klaviyo-key"
RATES = {"profiles": (75, 750), "events": (350, 3500), "metrics": (10, 150), "campaigns": (10, 150), "lists": (75, 750)}
LIFE = timedelta(days=730)
Read = Callable[[Ask, Shop, int], Reply]
READS: dict[str, Read] = {
    "profiles": profiles,
    "events": events,
    "metrics": metrics,
    "lists": lists,
    "campaigns": campaigns,
}


class Klaviyo:
    """The server of Klaviyo."""

    name = "klaviyo"

    def __init__(self, rate_factor: float) -> None:
        self.sees: Callable[[World], Shop] = shop
        self.limits = {
            name: (Rolling(round(burst * rate_factor), 1.0), Rolling(round(steady * rate_factor), 60.0))
            for name, (burst, steady) in RATES.items()
        }

    def answer(self, ask: Ask, world: World, now: int) -> Reply:
        """Klaviyo's answer at that instant."""
        if ask.headers.get("authorization") != f"Klaviyo-API-Key {KEY}":
            return self.expired(ask)
        unfit = revision(ask, now)
        if unfit:
            return unfit
        name = ask.path.removeprefix("/api/").split("/")[0]
        found = members if MEMBERS.fullmatch(ask.path) else READS.get(name) if ask.path == f"/api/{name}" else None
        if ask.method != "GET" or found is None:
            return problem(ask, 404, "not_found", "Not found.", "The requested resource could not be found.")
        burst, steady = self.limits[name]
        left = min(burst.take(), steady.take())
        if left < 0:
            return self.too_many(ask)
        try:
            reply = found(ask, self.sees(world), now)
        except RequestError as bad:
            return problem(ask, 400, "invalid", "Invalid input.", str(bad), parameter=bad.parameter)
        limit = f"{burst.calls}, {burst.calls};w=1, {steady.calls};w=60"
        state = (("RateLimit-Limit", limit), ("RateLimit-Remaining", str(left)), ("RateLimit-Reset", "1"))
        return Reply(reply.status, reply.body, (*reply.headers, *state))

    def too_many(self, ask: Ask) -> Reply:
        """429 with Retry-After in seconds, which takes the place of the RateLimit headers."""
        detail = "Request was throttled. Expected available in 1 second."
        told = problem(ask, 429, "throttled", "Request was throttled.", detail)
        return Reply(429, told.body, (*told.headers, ("Retry-After", "1")))

    def expired(self, ask: Ask) -> Reply:
        """401, as for a key that is wrong or was revoked."""
        title = "Incorrect authentication credentials."
        return problem(ask, 401, "authentication_failed", title, title)


def revision(ask: Ask, now: int) -> Reply | None:
    """The refusal of a call without a revision, or with one older than two years; None for one that is served."""
    try:
        asked = date.fromisoformat(ask.headers.get("revision", "")[:10])
    except ValueError:
        detail = "The 'revision' header is required and must be a date."
        return problem(ask, 400, "invalid", "Invalid revision.", detail, pointer="/data/")
    if date(1970, 1, 1) + timedelta(milliseconds=now) - asked < LIFE:
        return None
    return problem(ask, 410, "gone", "Revision retired.", "This revision has been retired. Use a newer one.")
