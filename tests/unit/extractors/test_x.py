"""X's quirks: absent lists, errors beside data, authors beside posts, timelines that end, limits in epoch seconds."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from extractors import landing
from extractors.errors import Busy, Changed, Refused
from extractors.privacy import digest
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.sources.x import SOURCE, YOUNG_DAYS, not_now
from extractors.spec import Answer, Window
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import KEY

DAY = Window(date(2026, 8, 1), date(2026, 8, 2))
NOW = datetime(2026, 9, 1, tzinfo=UTC)
EMPTY = {"meta": {"result_count": 0}}
PROBLEM = "https://api.twitter.com/2/problems"
NOT_FOUND = {"title": "Not Found Error", "type": f"{PROBLEM}/resource-not-found", "detail": "canary", "value": "canary"}


def post(number: int, at: datetime, author: str = "1", **more: object) -> dict[str, object]:
    created = at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return {"id": str(number), "text": "hello", "author_id": author, "created_at": created, **more}


def listed(rows: list[dict], call: Call, size: int = 100, **more: object) -> dict[str, object]:
    """A page, its place in an opaque token."""
    at = int(call.params.get("pagination_token", "t0")[1:])
    page = rows[at : at + min(size, int(call.params["max_results"]))]
    meta: dict[str, object] = {"result_count": len(page)}
    if at + len(page) < len(rows):
        meta["next_token"] = f"t{at + len(page)}"
    return {**({"data": page} if page else {}), **more, "meta": meta}


def run(fake: Fake, lake: Path, name: str = "posts", window: Window = DAY, **options: str) -> dict[str, list[Receipt]]:
    account = fake.account(**{"user_id": "1", "daily_ceiling": "1000", **options})
    found: dict[str, list[Receipt]] = {}
    for receipt in extract(SOURCE, name, window, account, lake, KEY, now=NOW):
        found.setdefault(receipt.endpoint, []).append(receipt)
    return found


def rows(lake: Path, endpoint: str, day: date = DAY.start) -> list[dict]:
    return landing.read(lake, "x", endpoint, [day], None).to_pylist()


def test_an_empty_page_has_no_data_and_is_an_empty_day(tmp_path: Path) -> None:
    with serving(lambda _: EMPTY) as fake:
        done = run(fake, tmp_path, "mentions")["mentions"]
    assert [(r.day, r.rows, r.left_out) for r in done] == [("2026-07-31", 0, ()), ("2026-08-01", 0, ())]
    assert fake.calls[0].params["start_time"] == "2026-07-31T00:00:00Z"
    assert "end_time" not in fake.calls[0].params


def test_data_that_is_absent_without_saying_so_is_noticed(tmp_path: Path) -> None:
    with serving(lambda _: {"meta": {"result_count": 3}}) as fake, pytest.raises(Changed, match="no list of records"):
        run(fake, tmp_path, "mentions")


def test_the_authors_beside_the_posts_give_them_their_handles(tmp_path: Path) -> None:
    posts = [post(n, DAY.start_at, author=str(n)) for n in (11, 12, 13)]
    includes = {
        "users": [{"id": "12", "username": "Bob_B", "name": "Bob"}, {"id": "11", "username": "ann", "name": "Ann"}]
    }
    errors = [{**NOT_FOUND, "parameter": "author_id"}]
    with serving(lambda call: listed(posts, call, includes=includes, errors=errors)) as fake:
        [*_, receipt] = run(fake, tmp_path, "mentions")["mentions"]
    found = {row["post_id"]: (row["author_handle"], row["author_handle_digest"]) for row in rows(tmp_path, "mentions")}
    assert found == {
        "11": ("ann", digest("ann", "handle", KEY)),
        "12": ("Bob_B", digest("bob_b", "handle", KEY)),
        "13": (None, None),
    }
    assert receipt.remarks == ("resource-not-found (1)",)
    assert receipt.rejected == 0


def test_a_post_that_does_not_fit_costs_no_other_its_author(tmp_path: Path) -> None:
    posts = [post(11, DAY.start_at, author="11"), {**post(12, DAY.start_at), "created_at": {"odd": 1}}]
    users = [{"id": "11", "username": "ann", "name": "Ann"}]
    with serving(lambda call: listed(posts, call, includes={"users": users})) as fake:
        [*_, receipt] = run(fake, tmp_path, "mentions")["mentions"]
    assert [row["author_handle"] for row in rows(tmp_path, "mentions")] == ["ann"]
    assert receipt.rejected == 1


def test_a_name_that_is_none_is_not_repeated(tmp_path: Path) -> None:
    errors = [{"type": "canary@example.org"}, {"type": 7}, "canary"]
    with serving(lambda call: listed([post(1, DAY.start_at)], call, errors=errors)) as fake:
        [*_, receipt] = run(fake, tmp_path, "mentions")["mentions"]
    assert receipt.remarks == ("unnamed (3)",)


@pytest.mark.parametrize(
    ("kind", "error"), [("resource-not-found", Changed), ("not-authorized-for-resource", Refused), ("odd", Changed)]
)
def test_errors_without_data_are_a_failure(tmp_path: Path, kind: str, error: type[Exception]) -> None:
    body = {"errors": [{"type": f"{PROBLEM}/{kind}", "detail": "canary"}]}
    with serving(lambda _: body) as fake, pytest.raises(error) as failure:
        run(fake, tmp_path)
    assert "canary" not in str(failure.value)


def test_a_post_that_was_deleted_meanwhile_has_no_rows_and_costs_no_others(tmp_path: Path) -> None:
    posts = [post(n, DAY.start_at + timedelta(hours=n)) for n in (3, 2)]

    def answer(call: Call) -> Reply | dict:
        if call.path.startswith("/2/users"):
            return listed(posts, call)
        return {"errors": [NOT_FOUND]} if "/3/" in call.path else listed([{"id": "7", "username": "eve"}], call)

    with serving(answer) as fake:
        run(fake, tmp_path, window=DAY)
    assert [(row["post_id"], row["user_id"]) for row in rows(tmp_path, "likes")] == [("2", "7")]


def test_only_recent_posts_are_asked_about(tmp_path: Path) -> None:
    edge = DAY.start_at - timedelta(days=YOUNG_DAYS)
    posts = [post(2, edge), post(1, edge - timedelta(seconds=1))]
    with serving(lambda call: listed(posts, call) if "users" in call.path else EMPTY) as fake:
        run(fake, tmp_path)
    asked = sorted(call.path for call in fake.calls[1:])
    assert asked == [f"/2/tweets/2/{call}" for call in ("liking_users", "quote_tweets", "retweeted_by")]


@pytest.mark.parametrize(("count", "depth"), [(799, True), (700, False)])
def test_a_timeline_that_ends_before_the_window_begins_says_so(tmp_path: Path, count: int, depth: bool) -> None:
    """The newest of so many mentions, ten minutes apart: the oldest is some days after the window began."""
    window = Window(date(2026, 8, 1), date(2026, 8, 8))
    mentions = [post(n, window.end_at - timedelta(minutes=10 * n + 1)) for n in range(count)]
    with serving(lambda call: listed(mentions, call)) as fake:
        done = run(fake, tmp_path, "mentions", window)["mentions"]
    cut = [r.day for r in done if r.left_out]
    assert cut == (["2026-07-31", "2026-08-01", "2026-08-02"] if depth else [])
    assert {r.left_out for r in done} <= {(), ("the vendor lists the newest 800 only",)}


def test_a_limit_is_told_in_epoch_seconds_under_a_name_of_its_own(tmp_path: Path) -> None:
    reply = Reply({"title": "Too Many Requests"}, 429, {"x-rate-limit-reset": str(int(time.time()) + 500)})
    with serving(lambda _: reply) as fake, pytest.raises(Busy) as busy:
        run(fake, tmp_path)
    assert 450 < (busy.value.retry_after or 0) <= 500


@pytest.mark.parametrize(
    ("status", "kind", "error"), [(429, "usage-capped", Busy), (402, "about:blank", Refused), (403, "x", Refused)]
)
def test_a_cap_on_money_is_not_asked_again(tmp_path: Path, status: int, kind: str, error: type[Exception]) -> None:
    reply = Reply({"type": f"{PROBLEM}/{kind}", "detail": "canary"}, status)
    with serving(lambda _: reply) as fake, pytest.raises(error) as failure:
        run(fake, tmp_path)
    assert len(fake.calls) == 1
    assert "canary" not in str(failure.value)


def test_what_people_write_is_no_cap(tmp_path: Path) -> None:
    mentions = [post(1, DAY.start_at, text="usage-capped"), post(2, DAY.start_at, text="credits-depleted")]
    with serving(lambda call: listed(mentions, call)) as fake:
        assert [r.rows for r in run(fake, tmp_path, "mentions")["mentions"]] == [0, 2]


def test_half_a_character_in_one_post_costs_that_post_alone(tmp_path: Path) -> None:
    mentions = [post(n, DAY.start_at, str(n)) for n in range(4)]
    mentions[2]["text"] = "half a pair: \ud83d"
    users = [{"id": str(n), "username": f"u{n}", "name": "half \ud83d" if n == 1 else "N"} for n in range(4)]
    with serving(lambda call: listed(mentions, call, includes={"users": users})) as fake:
        done = run(fake, tmp_path, "mentions")["mentions"]
    assert [(r.rows, r.rejected) for r in done] == [(0, 0), (3, 1)]
    assert [(row["author_handle"], row["author_name"]) for row in rows(tmp_path, "mentions")] == [
        ("u0", "N"),
        ("u1", "half ?"),
        ("u3", "N"),
    ]
    users[3]["username"] = {"canary": 1}
    with (
        serving(lambda call: listed(mentions, call, includes={"users": users})) as fake,
        pytest.raises(Changed, match=r"^x mentions: includes.users is of another type$"),
    ):
        run(fake, tmp_path, "mentions")
    assert len(rows(tmp_path, "mentions")) == 3


@pytest.mark.parametrize("reset", ["1785600000000", "9" * 20, "9" * 5000, "\xb2", "-1"])
def test_an_absurd_reset_is_a_wait_of_ones_own(reset: str) -> None:
    assert not_now(Answer(429, {"x-rate-limit-reset": reset}, b"{}", 1)) is None
