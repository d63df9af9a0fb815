"""The walk through notifications, against a server that goes on strictly before the instant of its cursor."""

from hypothesis import given
from hypothesis import strategies as st

from extractors.sources.bluesky import from_the_last_instant
from extractors.spec import Page, Request

SIZE = 5
Notification = tuple[str, int]  # its instant and its id


def serve(notifications: list[Notification], request: Request) -> list[Notification]:
    """A page as @atproto/bsky makes it: newest first, `sortAt < cursor`; the last instant is the next cursor."""
    cursor = dict(request.params).get("cursor", "9999")
    return [known for known in sorted(notifications, reverse=True) if known[0] < cursor][:SIZE]


def walk(notifications: list[Notification]) -> set[Notification]:
    """All that the pages hold."""
    request: Request | None = Request("/notifications")
    seen: set[Notification] = set()
    asked = set()
    while request:
        assert request not in asked, "a ring of pages"
        asked.add(request)
        page = serve(notifications, request)
        seen.update(page)
        request = from_the_last_instant(Page(request, len(page), {"cursor": page[-1][0] if page else None}))
    return seen


def sharing(counts: list[int]) -> list[Notification]:
    """Notifications of which so many share the first instant, so many the second, …."""
    return [(f"2026-08-01T12:00:{n:02}.500Z", 100 * n + m) for n, count in enumerate(counts) for m in range(count)]


@given(st.lists(st.integers(1, SIZE - 1), max_size=20))
def test_notifications_that_share_an_instant_are_all_seen(counts: list[int]) -> None:
    assert walk(sharing(counts)) == set(sharing(counts))


def test_more_than_a_page_at_one_instant_does_not_hold_up_the_walk() -> None:
    seen = walk(sharing([1, 3 * SIZE, 1]))
    assert {at for at, _ in seen} == {at for at, _ in sharing([1, 1, 1])}


def test_a_cursor_that_is_no_instant_is_sent_back_as_it_came() -> None:
    page = Page(Request("/notifications"), SIZE, {"cursor": "1795283683930__bafy"})
    assert from_the_last_instant(page) == Request("/notifications", params=(("cursor", "1795283683930__bafy"),))


def test_the_walk_ends_where_no_cursor_comes() -> None:
    assert from_the_last_instant(Page(Request("/notifications"), SIZE, {"cursor": None})) is None
