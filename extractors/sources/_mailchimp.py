"""How Mailchimp is asked: pages by offset or by the last change, which campaigns may still say something, its limits.

https://mailchimp.com/developer/marketing/api/ (specification 3.0.55), read 2026-11-21. Bounds were seen live: `since_*`
leaves out the exact second and `before_*` takes it in, so both move back one second to be half-open again.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from extractors.paging import moment, offset
from extractors.spec import Answer, Page, Request, Turn, Wait, Window

PAGE = 1000
OPEN_DAYS = 30
BOUNCE_DAYS = 5
OVERLAP = 10  # rows of a page that the next one shows again, in case members go while a report is read

BY_OFFSET = offset(PAGE, limit="count", skip="offset", overlap=OVERLAP, total="total_items")


def after_the_last_change(page: Page) -> Request | None:
    """Ask again from the second of the last row, so that rows that move away shift nobody out of the walk.

    Only when a whole page shares one second does the walk step by offset inside it.
    """
    if page.count < PAGE:
        return None
    asked = dict(page.request.params)
    try:
        last = datetime.fromisoformat(str(page.values["members[-1].last_changed"])).astimezone(UTC)
    except (ValueError, OverflowError):
        return page.request  # nothing to go on from: the same call again, which no walk makes
    again = moment(last - timedelta(seconds=1))
    if again > asked["since_last_changed"]:
        return page.request.having(since_last_changed=again, offset="0")
    return page.request.having(offset=str(int(asked.get("offset", "0")) + PAGE))


def throttle(answer: Answer) -> Wait | None:
    """Too many connections: 429, or at high volume 403 without a JSON body; never with a Retry-After."""
    if answer.status == 403:
        try:
            json.loads(answer.body)
        except ValueError:
            return Wait(seconds=2.0 ** min(answer.attempt, 5))
        return None
    return Wait(seconds=2.0 ** min(answer.attempt, 5)) if answer.status == 429 else None


BY_CHANGE = Turn(
    after_the_last_change, reads=("members[-1].last_changed", "total_items"), total="total_items", skip="offset"
)


def is_open(report: Mapping[str, object], window: Window) -> bool:
    """Whether a campaign can still say something new about this window: sent lately, and not silent since."""
    sent = report["sent_at"]
    if not isinstance(sent, datetime) or sent >= window.end_at:
        return False
    if sent < window.start_at - timedelta(days=OPEN_DAYS):
        return False
    if sent >= window.start_at - timedelta(days=BOUNCE_DAYS):
        return True
    acts = (report["last_open_at"], report["last_click_at"])
    return any(isinstance(at, datetime) and at >= window.start_at for at in acts)


def is_young(report: Mapping[str, object], window: Window) -> bool:
    """Whether a campaign was sent before the window ends and not longer than OPEN_DAYS before it starts."""
    sent = report["sent_at"]
    return isinstance(sent, datetime) and window.start_at - timedelta(days=OPEN_DAYS) <= sent < window.end_at


def was_sent_in(report: Mapping[str, object], window: Window) -> bool:
    """Whether a campaign went out in the window."""
    sent = report["sent_at"]
    return isinstance(sent, datetime) and window.start_at <= sent < window.end_at
