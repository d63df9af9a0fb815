"""How an API is asked for a window and says that there is more: pure functions, and the walk along them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from extractors.errors import Changed
from extractors.spec import Page, Request, Span, Turn, Window

P = TypeVar("P", bound=Page)
MOST_PAGES = 1_000_000
NEXT_LINK = re.compile(r'<([^<>]*)>(?:\s*;[^<,]*)?;\s*rel="?next\b', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bulk:
    """How a long walk is read instead: a job that the vendor runs, with its result as CSV in parts of `size` records.

    It is so where the first page announces more than `above` records at `total`, a place that the turn reads. `create`
    makes the call that starts the job from the walk's first call; see `extractors.jobs` for what is asked then.
    """

    above: int
    create: Callable[[Request], Request]
    total: str
    size: int = 10_000

    def is_for(self, page: Page) -> bool:
        """Whether the walk that begins with this page is so long."""
        total = page.values.get(self.total)
        return isinstance(total, int | float) and total > self.above


def walk(first: Request, turn: Turn, fetch: Callable[[Request], P]) -> Iterator[P]:
    """Every page from `first` on, until the turn says that there is no more; Changed when a call comes round again."""
    seen: set[Request] = set()
    request: Request | None = first
    while request is not None:
        if request in seen:
            raise Changed(f"the paging goes in a ring: call {len(seen) + 1} was made before")
        if len(seen) == MOST_PAGES:
            raise Changed(f"the paging has no end: more than {MOST_PAGES} pages")
        seen.add(request)
        page = fetch(request)
        yield page
        request = turn.next(page)


def left_out(turn: Turn, page: Page) -> int:
    """How many records a walk loses if it ends with this page: 0 for a page before the last, or without a total.

    Only the total of the same answer is proof. From one answer to the next, records come and go.
    """
    total = page.values.get(turn.total)
    if not isinstance(total, int):
        return 0
    lost = total - int(dict(page.request.params).get(turn.skip, "0")) - page.count
    return lost if lost > 0 and turn.next(page) is None else 0


def cursor(read: str, into: str) -> Turn:
    """The answer holds an opaque cursor at `read`; the next call sends it as `into`. None at the end."""

    def following(page: Page) -> Request | None:
        value = page.values.get(read)
        return page.request.having(**{into: str(value)}) if value else None

    return Turn(following, reads=(read,))


def link_header() -> Turn:
    """The answer's Link header names the URL of the next page (RFC 8288); it has none, or no rel="next", at the end."""

    def following(page: Page) -> Request | None:
        found = NEXT_LINK.search(page.headers.get("link", ""))
        return replace(page.request, path=found[1], params=()) if found else None

    return Turn(following)


def link(read: str) -> Turn:
    """The answer holds the whole URL of the next page at `read`; none at the end, and none on another host followed."""

    def following(page: Page) -> Request | None:
        value = page.values.get(read)
        return Request(str(value), page.request.method) if value else None

    return Turn(following, reads=(read,))


def offset(  # noqa: PLR0913, PLR0917 what an offset is a function of
    size: int, limit: str, skip: str, until_empty: bool = False, overlap: int = 0, total: str = ""
) -> Turn:
    """Pages of `size` by offset, ended by a short page, or only by an empty one where short pages lie.

    Each page begins with the last `overlap` rows of the one before, so that as many rows may leave those already read
    while the walk goes on, and none is passed over.
    """

    def following(page: Page) -> Request | None:
        if page.count == 0 or (page.count < size and not until_empty):
            return None
        at = int(dict(page.request.params).get(skip, "0"))
        return page.request.having(**{limit: str(size), skip: str(at + size - overlap)})

    return Turn(following, reads=(total,) if total else (), total=total, skip=skip, never_repeats=True)


def one_page() -> Turn:
    """There is never more than one page."""
    return Turn(lambda _: None)


def moment(at: datetime) -> str:
    """An instant as the vendors take it: ISO 8601, UTC, whole seconds, with Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def between(start: str, end: str, by: str, start_shift: int = 0, end_shift: int = 0) -> Span:
    """Ask with two parameters; shifts in seconds make the vendor's bounds half-open again."""

    def ask(request: Request, window: Window) -> Request:
        lower = window.start_at + timedelta(seconds=start_shift)
        upper = window.end_at + timedelta(seconds=end_shift)
        return request.having(**{start: moment(lower), end: moment(upper)})

    return Span(by=by, ask=ask)


def since(start: str, by: str, start_shift: int = 0) -> Span:
    """Ask with a lower bound only; what is past the window is left out here."""

    def ask(request: Request, window: Window) -> Request:
        return request.having(**{start: moment(window.start_at + timedelta(seconds=start_shift))})

    return Span(by=by, ask=ask)


def whole(by: str) -> Span:
    """Ask for everything, keep the rows of the window."""
    return Span(by=by)


def newest_first(by: str) -> Span:
    """Ask from now backwards, until a whole page is older than the window."""
    return Span(by=by, newest_first=True)


def snapshot() -> Span:
    """Ask for the set as it stands, filed under the last day of the window."""
    return Span(by="")


def by_name() -> Span:
    """Files of a day, filed under the day that their names tell."""
    return Span(by="", each_day=True)
