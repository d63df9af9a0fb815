"""The walk through notifications, against a server that goes on strictly before the instant of its cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import Changed
from extractors.paging import walk as along
from extractors.sources.bluesky import from_the_last_instant
from extractors.spec import Page, Request, Turn

SIZE = 5
FIRST = Request("/notifications", params=(("limit", str(SIZE)),))
Notification = tuple[str, int]  # its instant and its id


def serve(notifications: list[Notification], request: Request) -> list[Notification]:
    """A page as @atproto/bsky makes it: newest first, `sortAt < cursor`; the last instant is the next cursor."""
    cursor = dict(request.params).get("cursor", "9999")
    return [known for known in sorted(notifications, reverse=True) if known[0] < cursor][:SIZE]


def walk(notifications: list[Notification]) -> set[Notification]:
    """All that the pages hold."""
    seen: set[Notification] = set()

    def fetch(request: Request) -> Page:
        page = serve(notifications, request)
        seen.update(page)
        return Page(request, len(page), {"cursor": page[-1][0] if page else None})

    for _ in along(FIRST, Turn(from_the_last_instant), fetch):
        pass
    return seen


def sharing(counts: list[int]) -> list[Notification]:
    """Notifications of which so many share the first instant, so many the second, …."""
    return [(f"2026-08-01T12:00:{n:02}.500Z", 100 * n + m) for n, count in enumerate(counts) for m in range(count)]


@given(st.lists(st.integers(1, SIZE - 1), max_size=20))
def test_notifications_that_share_an_instant_are_all_seen(counts: list[int]) -> None:
    assert walk(sharing(counts)) == set(sharing(counts))


@pytest.mark.parametrize("before", [0, 1])
@pytest.mark.parametrize("count", [SIZE + 1, 3 * SIZE])
def test_more_than_a_page_at_one_instant_is_an_error_because_no_cursor_leads_to_the_rest(
    before: int, count: int
) -> None:
    with pytest.raises(Changed, match="the paging goes in a ring"):
        walk(sharing([1, count, before]))


def test_a_cursor_that_is_no_instant_is_sent_back_as_it_came() -> None:
    page = Page(FIRST, SIZE, {"cursor": "1795283683930__bafy"})
    assert from_the_last_instant(page) == FIRST.having(cursor="1795283683930__bafy")


def test_the_walk_ends_where_no_cursor_comes() -> None:
    assert from_the_last_instant(Page(FIRST, SIZE, {"cursor": None})) is None
