"""Mastodon's dialect: statuses, who did what about them, notifications and followers.

https://docs.joinmastodon.org/methods and /api, read 2026-11-21: pages by Link header with internal ids, `limit`
cut to the most that is allowed, limits told in X-RateLimit-* with the reset as an ISO 8601 instant, no Retry-After.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from sandbox.chance import Ints
from sandbox.city.social import LIKE, REPOST
from sandbox.limits import Rolling
from sandbox.mastodon_records import BRAND_ID, Instance, brand, instance
from sandbox.wire import Ask, Headers, Reply, as_json
from sandbox.world import World

TOKEN = "sandbox-mastodon-token"
KIND = "application/json; charset=utf-8"
Record = dict[str, object]


class Mastodon:
    """The server of Mastodon."""

    name = "mastodon"

    def __init__(self, rate_factor: float) -> None:
        self.sees: Callable[[World], Instance] = instance
        self.calls = Rolling(max(1, round(300 * rate_factor)), 300.0)

    def answer(self, ask: Ask, world: World, now: int) -> Reply:
        """Mastodon's answer at that instant."""
        if self.calls.take() < 0:
            return self.too_many(ask)
        if ask.headers.get("authorization") != f"Bearer {TOKEN}":
            return failure(401, "The access token is invalid")
        reply = read(ask, self.sees(world), now)
        return Reply(reply.status, reply.body, (*reply.headers, *self._rate(self.calls.left())))

    def too_many(self, ask: Ask) -> Reply:  # noqa: ARG002 - the dialects share one shape
        """429 with the instant of the reset."""
        reply = failure(429, "Too many requests")
        return Reply(reply.status, reply.body, (*reply.headers, *self._rate(0)))

    def expired(self, ask: Ask) -> Reply:  # noqa: ARG002 - the dialects share one shape
        """401: somebody revoked the token, which does not expire."""
        return failure(401, "The access token was revoked")

    def _rate(self, left: int) -> Headers:
        reset = datetime.now(UTC) + timedelta(seconds=self.calls.resets_in())
        return (
            ("X-RateLimit-Limit", str(self.calls.calls)),
            ("X-RateLimit-Remaining", str(max(left, 0))),
            ("X-RateLimit-Reset", reset.isoformat(timespec="microseconds").replace("+00:00", "Z")),
        )


def failure(status: int, error: str) -> Reply:
    """The error body of Mastodon."""
    return as_json(status, {"error": error}, kind=KIND)


def read(ask: Ask, known: Instance, now: int) -> Reply:
    """What a call reads."""
    if ask.path == "/api/v1/accounts/verify_credentials":
        return as_json(200, brand(), kind=KIND)
    if ask.path == "/api/v1/notifications":
        rows = acts_by(known, now)
        told = Listing(rows, 80, after, lambda row: known.notification(row, now), always=True)
        return page(ask, told)
    if found := re.fullmatch(r"/api/v1/accounts/([^/]+)(?:/(statuses|followers))?", ask.path):
        return of_account(ask, known, now, *found.groups())
    if found := re.fullmatch(r"/api/v1/statuses/([^/]+)(?:/(favourited_by|reblogged_by|context))?", ask.path):
        return of_status(ask, known, now, *found.groups())
    return failure(404, "Record not found")


def acts_by(known: Instance, now: int) -> Ints:
    """Every act by then, latest first."""
    social = known.social
    return (social.at <= now).nonzero()[0][::-1]


def of_account(ask: Ask, known: Instance, now: int, number: str, what: str | None) -> Reply:
    """The account of the brand, its statuses or its followers."""
    if number != BRAND_ID:
        return failure(404, "Record not found")
    if what == "statuses":
        return page(ask, Listing(known.posts(now), 40, known.post_id, lambda row: known.status(row, now)))
    if what == "followers":
        return page(ask, Listing(known.following(now), 80, after, account_of(known)))
    return as_json(200, brand(), kind=KIND)


def of_status(ask: Ask, known: Instance, now: int, number: str, what: str | None) -> Reply:
    """A status of the account, who favoured or boosted it, or what was answered."""
    row = known.row_of(number, now)
    if row is None:
        return failure(404, "Record not found")
    if what in ("favourited_by", "reblogged_by"):
        acts = known.acts(LIKE if what == "favourited_by" else REPOST, row, now)
        return page(ask, Listing(acts, 80, after, account_of(known)))
    if what == "context":
        return as_json(200, {"ancestors": [], "descendants": known.descendants(row, now)}, kind=KIND)
    return as_json(200, known.status(row, now), kind=KIND)


def after(row: int) -> str:
    """The internal number of an act."""
    return str(row + 1)


def account_of(known: Instance) -> Callable[[int], Record]:
    """Who did an act."""
    return lambda row: known.account(int(known.social.person[row]))


@dataclass(frozen=True)
class Listing:
    """Rows, newest first, at most so many a page: the number that a row is paged by, and its record.

    `always` names a next page behind the last one too.
    """

    rows: Ints
    most: int
    number: Callable[[int], str]
    record: Callable[[int], Record]
    always: bool = False


def page(ask: Ask, listing: Listing) -> Reply:
    """A page with its neighbours in the Link header."""
    limit = min(max(ask.number("limit", listing.most // 2) or 0, 1), listing.most)
    given = {name: ask.query.get(name, "") for name in ("max_id", "since_id", "min_id")}
    bounds = {name: int(text) for name, text in given.items() if text.isdigit()}
    above, below = max(bounds.get("since_id", 0), bounds.get("min_id", 0)), bounds.get("max_id", 1 << 63)
    inside = [row for row in listing.rows.tolist() if above < int(listing.number(row)) < below]
    chosen = inside[-limit:] if "min_id" in bounds else inside[:limit]
    links = []
    if chosen and (listing.always or len(chosen) == limit):
        links.append(link(ask, limit, "max_id", listing.number(chosen[-1]), "next"))
    if chosen:
        links.append(link(ask, limit, "min_id", listing.number(chosen[0]), "prev"))
    headers = (("Link", ", ".join(links)),) if links else ()
    return as_json(200, [listing.record(row) for row in chosen], *headers, kind=KIND)


def link(ask: Ask, limit: int, name: str, number: str, relation: str) -> str:
    """One neighbour of a page."""
    return f'<{ask.base}{ask.path}?{urlencode({"limit": limit, name: number})}>; rel="{relation}"'
