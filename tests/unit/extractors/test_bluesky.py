"""Bluesky's quirks."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from extractors import landing
from extractors.errors import Busy, Refused
from extractors.privacy import digest
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.sources.bluesky import SOURCE
from extractors.spec import Window
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import KEY

DAY = Window(date(2026, 8, 1), date(2026, 8, 2))
NOW = datetime(2026, 9, 1, tzinfo=UTC)
NEWEST = datetime(2026, 8, 3, tzinfo=UTC)


class Network:
    """An account's notifications, an hour apart, newest first; tokens count for `lasting` calls."""

    def __init__(self, count: int = 100, lasting: int = 10**6) -> None:
        self.count, self.lasting, self.logins, self.left = count, lasting, 0, 0

    def __call__(self, call: Call) -> Reply | dict:
        """An answer, if the token counts."""
        if call.path.endswith("createSession"):
            assert call.json == {"identifier": "canary-5ecret", "password": "canary-5ecret"}
            self.logins, self.left = self.logins + 1, self.lasting
            return {"accessJwt": f"canary-jwt-{self.logins}"}
        if call.headers.get("Authorization") != f"Bearer canary-jwt-{self.logins}" or not self.left:
            return Reply({"error": "ExpiredToken", "message": "Token has expired"}, 400)
        self.left -= 1
        at, size = int(call.params.get("cursor", "0")), min(int(call.params["limit"]), 10)
        items = [self.item(n) for n in range(at, min(at + size, self.count))]
        return {"notifications": items, **({"cursor": str(at + len(items))} if items else {})}

    def item(self, n: int) -> dict:
        """The nth notification from the newest."""
        at = NEWEST - timedelta(hours=n)
        author = {"did": f"did:plc:{n}", "handle": f"@Fan{n}.Example"}
        return {"uri": f"at://{n}", "reason": "like", "author": author, "record": {}, "indexedAt": at.isoformat()}


def run(fake: Fake, lake: Path, name: str = "interactions") -> list[Receipt]:
    return extract(SOURCE, name, DAY, fake.account(), lake, KEY, now=NOW)


def test_the_walk_goes_back_until_a_whole_page_is_older_than_the_window(tmp_path: Path) -> None:
    with serving(Network()) as fake:
        done = run(fake, tmp_path)
    assert [(r.day, r.rows) for r in done] == [("2026-07-31", 24), ("2026-08-01", 24)]
    assert len(fake.calls) == 1 + 9  # 10 an hour apart each: 3 days, and the page that is all older


def test_the_last_page_still_has_a_cursor_and_the_one_after_it_is_empty(tmp_path: Path) -> None:
    with serving(Network(count=35)) as fake:
        done = run(fake, tmp_path)
    assert sum(r.rows for r in done) == 10
    assert done[0].pages == 5


def test_a_session_is_opened_once_before_the_first_call(tmp_path: Path) -> None:
    network = Network()
    with serving(network) as fake:
        run(fake, tmp_path)
    assert network.logins == 1
    assert fake.calls[0].path.endswith("createSession")


def test_a_token_that_expires_on_the_way_costs_one_log_in_and_no_page(tmp_path: Path) -> None:
    network = Network(lasting=4)
    with serving(network) as fake:
        done = run(fake, tmp_path)
    assert (network.logins, sum(r.rows for r in done)) == (3, 48)


def test_a_token_that_is_never_taken_is_refused(tmp_path: Path) -> None:
    with serving(Network(lasting=0)) as fake, pytest.raises(Refused, match="turns the credentials down") as failure:
        run(fake, tmp_path)
    assert len(fake.calls) == 4
    assert "canary" not in str(failure.value)


@pytest.mark.parametrize(("status", "error"), [(401, Refused), (429, Busy), (503, Busy)])
def test_a_log_in_that_fails_is_named(tmp_path: Path, status: int, error: type[Exception]) -> None:
    reply = Reply({"error": "canary"}, status, {"RateLimit-Reset": str(int(time.time()) + 100)})
    with serving(lambda _: reply) as fake, pytest.raises(error, match="log-in") as failure:
        run(fake, tmp_path)
    assert "canary" not in str(failure.value)
    assert error is Refused or 50 < failure.value.retry_after <= 100  # type: ignore[union-attr]


def test_a_limit_is_told_by_its_reset_and_no_retry_after(tmp_path: Path) -> None:
    network = Network()

    def answer(call: Call) -> Reply | dict:
        if call.path.endswith("createSession"):
            return network(call)
        return Reply({"error": "RateLimitExceeded"}, 429, {"RateLimit-Reset": str(int(time.time()) + 200)})

    with serving(answer) as fake, pytest.raises(Busy) as busy:
        run(fake, tmp_path)
    assert 150 < (busy.value.retry_after or 0) <= 200


def test_a_handle_is_digested_without_its_at_and_its_capitals(tmp_path: Path) -> None:
    with serving(Network()) as fake:
        run(fake, tmp_path)
    rows = landing.read(tmp_path, "bluesky", "interactions", [date(2026, 8, 1)], None).to_pylist()
    handles = {row["actor_handle"]: row["actor_handle_digest"] for row in rows}
    assert handles["@Fan30.Example"] == digest("fan30.example", "handle", KEY)


def test_a_repost_is_listed_under_its_own_time_beside_the_post(tmp_path: Path) -> None:
    record = {"text": "hello", "createdAt": "2026-08-01T01:00:00Z"}
    post = {
        "uri": "at://1",
        "author": {"did": "d"},
        "record": record,
        "likeCount": 3,
        "indexedAt": "2026-08-01T01:00:00Z",
    }
    repost = {"$type": "app.bsky.feed.defs#reasonRepost", "indexedAt": "2026-08-01T09:00:00Z"}
    feed = [{"post": post, "reason": repost}, {"post": post}, {"post": post}]

    def answer(call: Call) -> dict:
        return {"accessJwt": "x"} if call.path.endswith("createSession") else {"feed": feed}

    with serving(answer) as fake:
        done = run(fake, tmp_path, "posts")
    assert fake.calls[1].params["actor"] == "brand.example"
    rows = landing.read(tmp_path, "bluesky", "posts", [date(2026, 8, 1)], ["listed_because", "listed_at"]).to_pylist()
    assert [(row["listed_because"], row["listed_at"].hour) for row in rows] == [(repost["$type"], 9), (None, 1)]
    assert (len(done), done[-1].duplicates) == (8, 1)


def test_followers_are_a_snapshot_under_the_last_day(tmp_path: Path) -> None:
    def answer(call: Call) -> dict:
        if call.path.endswith("createSession"):
            return {"accessJwt": "x"}
        at = int(call.params.get("cursor", "0"))
        return {
            "followers": [{"did": f"d{n}"} for n in range(at, min(at + 100, 250))],
            **({"cursor": str(at + 100)} if at < 250 else {}),
        }

    with serving(answer) as fake:
        [receipt] = run(fake, tmp_path, "followers")
    assert (receipt.day, receipt.rows) == ("2026-08-01", 250)
