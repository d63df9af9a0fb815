"""The ways in which the vendors say that a limit was hit."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import msgspec

from sandbox.wire import Reply, as_json


def _soon() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=1)


# each header as if the limit ended in a second
STYLES: dict[str, Callable[[], tuple[tuple[str, str], ...]]] = {
    "retry_after": lambda: (("Retry-After", "1"),),
    "retry_date": lambda: (("Retry-After", format_datetime(_soon(), usegmt=True)),),
    "reset_seconds": lambda: (("RateLimit-Reset", "1"),),
    "reset_epoch": lambda: (("RateLimit-Reset", str(int(_soon().timestamp()))),),
    "reset_instant": lambda: (("X-RateLimit-Reset", _soon().isoformat()),),
    "bare": lambda: (),
}


def limited(style: str) -> Reply:
    """Status 429 with that header and none other."""
    return as_json(429, {"message": "Too many requests"}, *STYLES[style]())


def for_today(reply: Reply) -> Reply:
    """The same refusal, but of HubSpot's daily limit; other vendors have no such thing and say what they always say."""
    if b'"policyName"' not in reply.body:
        return reply
    body = {**msgspec.json.decode(reply.body), "policyName": "DAILY", "message": "You have reached your daily limit."}
    return Reply(reply.status, msgspec.json.encode(body), reply.headers)
