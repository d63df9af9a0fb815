"""X's dialect: the account's timelines, who did what about a post, and followers.

https://docs.x.com/x-api, read 2026-11-21, and the bounds of its OpenAPI document: `data` is absent from an empty page,
a timeline is so and so deep, what cannot be given stands in `errors` beside `data`, limits are told in x-rate-limit-*
with the reset in epoch seconds.
"""

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.chance import Ints
from sandbox.city.social import LIKE, QUOTE, REPOST
from sandbox.limits import Rolling
from sandbox.wire import Ask, Headers, Reply, as_json
from sandbox.world import World, instant
from sandbox.x_records import BRAND_ID, Record, Timeline, timeline

TOKEN = "sandbox-x-token"
KIND = "application/json; charset=utf-8"
DEPTH = {"tweets": 3200, "mentions": 800}
SIZES = {
    "tweets": (5, 100, 10), "mentions": (5, 100, 10), "followers": (1, 1000, 100),
    "liking_users": (1, 100, 100), "retweeted_by": (1, 100, 100), "quote_tweets": (10, 100, 10),
}  # fmt: skip
CALLS = {"tweets": 900, "mentions": 300, "followers": 15}  # others 75
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
PROBLEMS = "https://api.twitter.com/2/problems"
CALL = re.compile(r"/2/(users|tweets)/(\d{1,19})/([a-z_]+)")


@dataclass(frozen=True)
class Listing:
    """Rows, newest first, and the record of each; `author` is who wrote it, where that is not the record itself."""

    rows: Ints
    at: Callable[[int], int]
    record: Callable[[int], Record]
    author: Callable[[int], int] | None = None


class X:
    """The server of X."""

    name = "x"

    def __init__(self, rate_factor: float) -> None:
        self.sees: Callable[[World], Timeline] = timeline
        self.factor = rate_factor
        self.calls: dict[str, Rolling] = {}

    def answer(self, ask: Ask, world: World, now: int) -> Reply:
        """X's answer at that instant."""
        counter = self._counter(ask)
        if counter.take() < 0:
            return self.too_many(ask)
        if ask.headers.get("authorization") != f"Bearer {TOKEN}":
            return failure(401, "Unauthorized", "Unauthorized")
        reply = read(ask, self.sees(world), now)
        return Reply(reply.status, reply.body, (*reply.headers, *_rate(counter, counter.left())))

    def too_many(self, ask: Ask) -> Reply:
        """429 with the epoch second of the reset and no Retry-After."""
        reply = failure(429, "Too Many Requests", "Too Many Requests")
        return Reply(reply.status, reply.body, (*reply.headers, *_rate(self._counter(ask), 0)))

    def expired(self, ask: Ask) -> Reply:  # noqa: ARG002 - the dialects share one shape
        """401: the token is over."""
        return failure(401, "Unauthorized", "Unauthorized")

    def _counter(self, ask: Ask) -> Rolling:
        what = ask.path.rpartition("/")[2]
        calls = max(1, round(CALLS.get(what, 75) * self.factor))
        return self.calls.setdefault(what if what in SIZES else "", Rolling(calls, 900.0))


def _rate(counter: Rolling, left: int) -> Headers:
    return (
        ("x-rate-limit-limit", str(counter.calls)),
        ("x-rate-limit-remaining", str(max(left, 0))),
        ("x-rate-limit-reset", str(math.ceil(time.time() + counter.resets_in()))),
    )


def failure(status: int, title: str, detail: str, kind: str = "about:blank") -> Reply:
    """A problem in X's form."""
    return as_json(status, {"title": title, "type": kind, "status": status, "detail": detail}, kind=KIND)


def invalid(name: str, value: str, message: str) -> Reply:
    """400, naming the parameter."""
    said = {"parameters": {name: [value]}, "message": message}
    problem = {"title": "Invalid Request", "detail": "One or more parameters to your request was invalid."}
    return as_json(400, {"errors": [said], **problem, "type": f"{PROBLEMS}/invalid-request"}, kind=KIND)


def missing(kind: str, number: str) -> Reply:
    """200 without data: there is no such thing."""
    said = {
        "title": "Not Found Error",
        "type": f"{PROBLEMS}/resource-not-found",
        "resource_type": kind,
        "value": number,
    }
    told = f"Could not find {kind} with id: [{number}]."
    return as_json(200, {"errors": [{**said, "parameter": "id", "resource_id": number, "detail": told}]}, kind=KIND)


def read(ask: Ask, known: Timeline, now: int) -> Reply:
    """What a call reads."""
    if ask.path == "/2/users/me":
        return as_json(200, {"data": {"id": BRAND_ID, "name": "Brand", "username": "brand"}}, kind=KIND)
    found = CALL.fullmatch(ask.path)
    if not found or found[3] not in SIZES:
        return failure(404, "Not Found", "Not Found")
    of, number, what = found.groups()
    least, most, usual = SIZES[what]
    size = ask.number("max_results", usual)
    if size is None or not least <= size <= most:
        told = ask.query.get("max_results", "")
        return invalid(
            "max_results", told, f"The `max_results` query parameter value [{told}] is not between {least} and {most}"
        )
    for name in ("start_time", "end_time"):
        if name in ask.query and not MOMENT.fullmatch(ask.query[name]):
            return invalid(name, ask.query[name], f"Invalid '{name}':'{ask.query[name]}'")
    row = known.row_of(number, now)
    if (of == "users" and number != BRAND_ID) or (of == "tweets" and row is None):
        return missing("user" if of == "users" else "tweet", number)
    return page(ask, known, listing(what, ask, known, -1 if row is None else row, now), what, size)


def listing(what: str, ask: Ask, known: Timeline, row: int, now: int) -> Listing:
    """What a call lists."""
    social = known.social

    def at(act: int) -> int:
        return int(social.at[act])

    def who(act: int) -> int:
        return int(social.person[act])

    if what == "tweets":
        rows = known.own(now, "retweets" not in ask.query.get("exclude", ""))
        return Listing(rows, lambda post: int(social.post_at[post]), lambda post: known.post(post, now))
    if what == "mentions":
        return Listing(known.mentions(now), at, known.act_post, who)
    if what == "quote_tweets":
        return Listing(known.acts(QUOTE, row, now), at, known.act_post, who)
    kinds = {"liking_users": LIKE, "retweeted_by": REPOST}
    acts = known.following(now) if what == "followers" else known.acts(kinds[what], row, now)
    return Listing(acts, at, lambda act: known.user(who(act)))


def page(ask: Ask, known: Timeline, listed: Listing, what: str, size: int) -> Reply:
    """A page; what stands beside it, and what of that could not be given."""
    rows = [int(row) for row in listed.rows[: DEPTH.get(what)]]
    bounds = [instant(ask.query[name]) if name in ask.query else None for name in ("start_time", "end_time")]
    start, end = bounds[0] or 0, bounds[1] or 1 << 62
    rows = [row for row in rows if start <= listed.at(row) // 1000 * 1000 < end]
    token = ask.query.get("pagination_token", "")
    skip = int(token.removeprefix("page-"), 16) if token.startswith("page-") else 0
    chosen = rows[skip : skip + size]
    body: Record = {"data": [listed.record(row) for row in chosen]} if chosen else {}
    if listed.author and "author_id" in ask.query.get("expansions", "") and chosen:
        body |= beside(known, list(dict.fromkeys(listed.author(row) for row in chosen)))
    meta: Record = {"result_count": len(chosen)}
    if skip + size < len(rows):
        meta["next_token"] = f"page-{skip + size:x}"
    return as_json(200, {**body, "meta": meta}, kind=KIND)


def beside(known: Timeline, people: list[int]) -> Record:
    """The authors that can be given, and the others as errors."""
    lost = [known.crowd.account_id[who] for who in people if known.is_suspended(who)]
    problem = {"title": "Forbidden", "type": f"{PROBLEMS}/resource-not-found", "resource_type": "user"}
    errors = [
        {
            **problem,
            "value": n,
            "resource_id": n,
            "parameter": "author_id",
            "detail": f"User has been suspended: [{n}].",
        }
        for n in lost
    ]
    found: Record = {"includes": {"users": [known.user(who) for who in people if not known.is_suspended(who)]}}
    return {**found, "errors": errors} if errors else found
