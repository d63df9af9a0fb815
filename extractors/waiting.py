"""When to ask again: what the common headers say, and what to do where they say nothing."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isnan

from extractors.spec import Answer, Wait

LONGEST = 86_400.0


def said(answer: Answer, now: datetime) -> float | None:
    """Seconds to wait by Retry-After, RateLimit-Reset or X-RateLimit-Reset; None where the answer has none of them."""
    for read, header in ((_after, "retry-after"), (_epoch, "ratelimit-reset"), (_instant, "x-ratelimit-reset")):
        text = answer.headers.get(header, "").strip()
        try:
            seconds = read(text, now) if text else None
        except (ValueError, OverflowError, TypeError):  # a time that no calendar has
            continue
        if seconds is not None and not isnan(seconds):
            return min(max(seconds, 0.0), LONGEST)
    return None


def backoff(attempt: int) -> float:
    """Half a second doubled with every try, with jitter: 0.25 to 0.5 s, 0.5 to 1 s, … at most 16 s."""
    return min(0.5 * 2.0 ** (attempt - 1), 16.0) * random.uniform(0.5, 1.0)  # noqa: S311 a delay needs no secrecy


def seconds_of(wait: Wait, now: datetime) -> float:
    """A vendor's own wait in seconds, a day at most."""
    seconds = (wait.until - now).total_seconds() if wait.until else wait.seconds
    return min(max(seconds, 0.0), LONGEST)


def lower(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers under lower-case names."""
    return {name.lower(): value for name, value in headers.items()}


def _after(text: str, now: datetime) -> float | None:
    try:
        return float(text)
    except ValueError:
        pass
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds()


def _epoch(text: str, now: datetime) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    # The IETF draft counts from now, Bluesky from 1970.
    return seconds - now.timestamp() if seconds > LONGEST * 365 else seconds


def _instant(text: str, now: datetime) -> float | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _epoch(text, now)
    return (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds()
