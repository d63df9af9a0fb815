"""Bluesky's dialect: sessions, the account's feed, its notifications and its followers.

https://docs.bsky.app/docs/api (lexicons com.atproto.server, app.bsky.feed, app.bsky.notification, app.bsky.graph),
read 2026-11-21; error bodies and cursors as a real server of the network sent them.
"""

import base64
import math
import time
from collections.abc import Callable

import msgspec

from sandbox.bluesky_records import BRAND_HANDLE, Network, follower_page, network, notification, profile, view
from sandbox.chance import HOUR, iso_one
from sandbox.limits import Rolling
from sandbox.wire import Ask, Headers, Reply, as_json
from sandbox.world import World, instant

PASSWORD = "sandbox-bluesky-password"
TOKEN_SECONDS = 7200
KIND = "application/json; charset=utf-8"
SILENCE = HOUR


class Bluesky:
    """The server of Bluesky."""

    name = "bluesky"

    def __init__(self, rate_factor: float) -> None:
        self.sees: Callable[[World], Network] = network
        self.calls = Rolling(max(1, round(3000 * rate_factor)), 300.0)
        self.log_ins = Rolling(max(1, round(30 * rate_factor)), 300.0)
        self.issued: set[str] = set()

    def answer(self, ask: Ask, world: World, now: int) -> Reply:
        """Bluesky's answer at that instant."""
        method = ask.path.removeprefix("/xrpc/")
        counter = self.log_ins if method == "com.atproto.server.createSession" else self.calls
        if counter.take() < 0:
            return self._too_many(counter)
        known = self.sees(world)
        reply = self._session(method, ask, known)
        if reply is None:
            reply = self._refusal(ask) or self._read(method, ask, known, now)
        return Reply(reply.status, reply.body, (*reply.headers, *self._rate_headers(counter, counter.left())))

    def too_many(self, ask: Ask) -> Reply:
        """429 with the epoch second of the reset and no Retry-After."""
        is_log_in = ask.path.endswith("createSession")
        return self._too_many(self.log_ins if is_log_in else self.calls)

    def expired(self, ask: Ask) -> Reply:  # noqa: ARG002 - the dialects share one shape
        """400 ExpiredToken, and the token given out is worth nothing from now on."""
        self.issued.clear()
        return failure(400, "ExpiredToken", "Token has expired")

    def _too_many(self, counter: Rolling) -> Reply:
        reply = failure(429, "RateLimitExceeded", "Rate Limit Exceeded")
        return Reply(reply.status, reply.body, (*reply.headers, *self._rate_headers(counter, 0)))

    def _rate_headers(self, counter: Rolling, left: int) -> Headers:
        return (
            ("RateLimit-Limit", str(counter.calls)),
            ("RateLimit-Remaining", str(max(left, 0))),
            ("RateLimit-Reset", str(math.ceil(time.time() + counter.resets_in()))),
            ("RateLimit-Policy", f"{counter.calls};w=300"),
        )

    def _token(self, scope: str, did: str) -> str:
        """A signed-looking token; it is real time that it expires by."""
        now = int(time.time())
        claims = {"scope": scope, "sub": did, "iat": now, "exp": now + TOKEN_SECONDS, "jti": str(len(self.issued))}
        parts = ({"typ": "at+jwt", "alg": "HS256"}, claims, "sandbox")
        token = ".".join(base64.urlsafe_b64encode(msgspec.json.encode(p)).decode().rstrip("=") for p in parts)
        self.issued.add(token)
        return token

    def _session(self, method: str, ask: Ask, known: Network) -> Reply | None:
        """The calls that hand out tokens; None for every other."""
        if method == "com.atproto.server.createSession":
            asked = ask.document()
            if not isinstance(asked, dict) or not {"identifier", "password"} <= asked.keys():
                return failure(400, "InvalidRequest", 'Input must have the property "identifier"')
            if asked["identifier"] not in (BRAND_HANDLE, known.brand_did) or asked["password"] != PASSWORD:
                return failure(401, "AuthenticationRequired", "Invalid identifier or password")
        elif method == "com.atproto.server.refreshSession":
            if refusal := self._refusal(ask):
                return refusal
        else:
            return None
        return as_json(
            200,
            {
                "accessJwt": self._token("com.atproto.access", known.brand_did),
                "refreshJwt": self._token("com.atproto.refresh", known.brand_did),
                "handle": BRAND_HANDLE,
                "did": known.brand_did,
                "email": "hello@brand.example",
                "emailConfirmed": True,
                "active": True,
            },
            kind=KIND,
        )

    def _refusal(self, ask: Ask) -> Reply | None:
        given = ask.headers.get("authorization", "")
        if not given:
            return failure(401, "AuthMissing", "Authentication Required")
        token = given.removeprefix("Bearer ")
        if token not in self.issued:
            return failure(400, "InvalidToken", "Token could not be verified")
        return None

    def _read(self, method: str, ask: Ask, known: Network, now: int) -> Reply:
        limit = ask.number("limit", 50)
        if limit is None or not 1 <= limit <= 100:
            word = "can not be greater than 100" if limit and limit > 100 else "must be an integer of at least 1"
            return failure(400, "InvalidRequest", f"Error: limit {word}")
        if ask.query.get("actor", BRAND_HANDLE) not in (BRAND_HANDLE, known.brand_did):
            return failure(400, "InvalidRequest", "Profile not found")
        reads = {"getAuthorFeed": feed, "listNotifications": notifications, "getFollowers": followers}
        if (read := reads.get(method.rpartition(".")[2])) is not None:
            return read(ask, known, now, limit)
        if method == "com.atproto.server.getSession":
            return as_json(200, {"handle": BRAND_HANDLE, "did": known.brand_did, "active": True}, kind=KIND)
        if method == "app.bsky.actor.getProfile":
            return as_json(200, profile(known, now), kind=KIND)
        return failure(501, "MethodNotImplemented", "Method Not Implemented")


def failure(status: int, error: str, message: str) -> Reply:
    """The error body of an XRPC call."""
    return as_json(status, {"error": error, "message": message}, kind=KIND)


def is_silent(asked: str, newest: int) -> bool:
    """Whether so long a span lies between the cursor's instant and the next row that the page ends before that row.

    A real server does so where those it looked at are muted: an empty page, with a cursor to go on.
    """
    return asked.isdigit() and int(asked) - newest > SILENCE


def feed(ask: Ask, known: Network, now: int, limit: int) -> Reply:
    """The account's posts and answers, newest first; the cursor stands on the last short page too."""
    with_answers = ask.query.get("filter", "posts_with_replies") == "posts_with_replies"
    cursor = ask.query.get("cursor", "")
    rows = known.posts_before(cursor, now, with_answers)[:limit]
    if rows and is_silent(cursor.partition("__")[0], int(known.social.post_at[rows[0]])):
        return as_json(200, {"feed": [], "cursor": f"{int(known.social.post_at[rows[0]]) + 1}__"}, kind=KIND)
    body: dict[str, object] = {"feed": [view(known, row, now) for row in rows]}
    if rows:
        body["cursor"] = known.post_cursor(rows[-1])
    return as_json(200, body, kind=KIND)


def notifications(ask: Ask, known: Network, now: int, limit: int) -> Reply:
    """Who did what about the account, newest first."""
    cursor = ask.query.get("cursor", "")
    rows = known.acts_before(cursor, now)[:limit]
    body: dict[str, object] = {
        "notifications": [notification(known, row) for row in rows],
        "priority": False,
        "seenAt": iso_one(now),
    }
    if rows and is_silent(cursor and str(instant(cursor)), int(known.social.at[rows[0]])):
        body |= {"notifications": [], "cursor": iso_one(int(known.social.at[rows[0]]) + 1)}
    elif rows:
        body["cursor"] = known.act_cursor(rows[-1])
    return as_json(200, body, kind=KIND)


def followers(ask: Ask, known: Network, now: int, limit: int) -> Reply:
    """Who follows the account now, latest first."""
    found, cursor = follower_page(known, ask.query.get("cursor", ""), now, limit)
    body: dict[str, object] = {"subject": profile(known, now), "followers": found}
    if cursor:
        body["cursor"] = cursor
    return as_json(200, body, kind=KIND)
