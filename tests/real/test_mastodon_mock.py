"""mastodon_mock, a server of Mastodon's API that nobody here wrote: the extractor brings back what happened on it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import requests

from extractors.auth import Account
from extractors.errors import Busy, Changed, Refused
from extractors.landing import receipts
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.sources.mastodon import SOURCE
from extractors.spec import Window
from tests.real.servers import answers, free_port, running

PYTHON = Path(__file__).parent / "mastodon/.venv/bin/python"
FANS, STATUSES = 6, 45
DOMAIN = "mock.example"


def config() -> str:
    """A server with the brand and its fans, each with a token."""
    accounts = ["brand", *(f"fan{n}" for n in range(FANS))]
    seeds = [f'[[seed.accounts]]\nusername = "{name}"\naccess_token = "{name}-token"' for name in accounts]
    return "\n".join([f'domain = "{DOMAIN}"', "[server]", 'host = "127.0.0.1"', *seeds])


@dataclass
class Server:
    """The running server, and what was done on it."""

    base: str
    brand: str = ""
    statuses: set[str] = field(default_factory=set)
    favourites: set[tuple[str, str]] = field(default_factory=set)
    boosts: set[tuple[str, str]] = field(default_factory=set)
    replies: set[tuple[str, str]] = field(default_factory=set)
    followers: set[str] = field(default_factory=set)

    def ask(self, who: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Call as somebody."""
        address, headers = f"{self.base}/api/v1/{path}", {"Authorization": f"Bearer {who}-token"}
        verb = requests.get if body is None else requests.post
        told = verb(address, headers=headers, timeout=30, **({} if body is None else {"json": body}))
        told.raise_for_status()
        return told.json()

    def fault(self, path: str, **effect: Any) -> None:
        """Let the next call of that path go wrong."""
        body = {"match": {"path_regex": path}, "effect": effect, "count": 1}
        requests.post(f"{self.base}/api/v1/_mock/faults", json=body, timeout=30).raise_for_status()


def happen(server: Server) -> None:
    """The brand writes; its fans follow, favour, boost and answer."""
    server.brand = str(server.ask("brand", "accounts/verify_credentials")["id"])
    written = [str(server.ask("brand", "statuses", {"status": f"News {n}"})["id"]) for n in range(STATUSES)]
    server.statuses = set(written)
    for n in range(FANS):
        who = f"fan{n}"
        number = str(server.ask(who, "accounts/verify_credentials")["id"])
        server.ask(who, f"accounts/{server.brand}/follow", {})
        server.followers.add(f"{who}@{DOMAIN}")
        for status in written[n::3]:
            server.ask(who, f"statuses/{status}/favourite", {})
            server.favourites.add((status, number))
        for status in written[n : n + 2]:
            server.ask(who, f"statuses/{status}/reblog", {})
            server.boosts.add((status, number))
        answer = server.ask(who, "statuses", {"status": "@brand Nice!", "in_reply_to_id": written[n]})
        server.replies.add((str(answer["id"]), written[n]))


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """The server, empty but for its accounts."""
    port, file = free_port(), folder / "mock.toml"
    file.write_text(config())
    command = [str(PYTHON), "-m", "mastodon_mock", "serve", "--config", str(file), "--port", str(port), "--in-memory"]
    with running(command, folder / "mock.log", cwd=folder):
        answers(port)
        yield Server(f"http://127.0.0.1:{port}")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("mock")) as found:
        happen(found)
        yield found


def read(server: Server, lake: Path, endpoint: str, token: str = "brand-token") -> list[Receipt]:  # noqa: S107 invented
    """Read two days, of which all that happened is in one."""
    today = datetime.now(UTC).date()
    account = Account(server.base, {"token": token}, {"domain": DOMAIN, "account_id": server.brand}, 1000.0)
    window = Window(today - timedelta(days=1), today + timedelta(days=1))
    return extract(SOURCE, endpoint, window, account, lake, b"k", now=datetime.now(UTC) + timedelta(days=1))


def rows(lake: Path, endpoint: str, *names: str) -> list[tuple[Any, ...]]:
    """These columns of all that is in the lake."""
    files = (lake / f"raw/source=mastodon/entity={endpoint}").rglob("part-0.parquet")
    found = [row for file in files for row in pq.read_table(file, partitioning=None).to_pylist()]
    return [tuple(row[name] for name in names) for row in found]


def test_the_statuses_come_back_with_all_that_was_done_about_them(server: Server, tmp_path: Path) -> None:
    read(server, tmp_path, "statuses")
    statuses = rows(tmp_path, "statuses", "status_id")
    assert len(statuses) == STATUSES  # more than a page
    assert {status for (status,) in statuses} == server.statuses
    for endpoint, done in (("favourites", server.favourites), ("boosts", server.boosts)):
        found = rows(tmp_path, endpoint, "status_id", "actor_id")
        assert len(found) == len(done)
        assert set(found) == done
    found = rows(tmp_path, "replies", "reply_id", "in_reply_to_status_id")
    assert len(found) == len(server.replies)
    assert set(found) == server.replies


def test_every_act_comes_back_once_with_its_instant(server: Server, tmp_path: Path) -> None:
    read(server, tmp_path, "notifications")
    found = rows(tmp_path, "notifications", "type", "status_id", "actor_id", "notification_id", "created_at")
    acts = {(kind, status, actor) for kind, status, actor, *_ in found}
    assert {(status, actor) for kind, status, actor in acts if kind == "favourite"} == server.favourites
    assert {(status, actor) for kind, status, actor in acts if kind == "reblog"} == server.boosts
    assert {status for kind, status, _ in acts if kind == "mention"} == {reply for reply, _ in server.replies}
    assert len([kind for kind, *_ in found if kind == "follow"]) == FANS
    assert len(found) == len({number for *_, number, _ in found}) > 80  # several pages, by the Link header


def test_the_followers_come_back_under_their_whole_handles(server: Server, tmp_path: Path) -> None:
    read(server, tmp_path, "followers")
    assert {acct for (acct,) in rows(tmp_path, "followers", "follower_acct")} == server.followers


@pytest.mark.parametrize("effect", [{"type": "status", "status": 503}, {"type": "malformed"}], ids=json.dumps)
def test_a_fault_that_passes_costs_no_row(server: Server, tmp_path: Path, effect: dict[str, Any]) -> None:
    read(server, tmp_path / "calm", "notifications")
    server.fault("/notifications$", **effect)
    read(server, tmp_path / "faulty", "notifications")
    calm, faulty = (
        [(r.day, r.rows, r.content_digest) for r in receipts(tmp_path / name, "mastodon", "notifications")]
        for name in ("calm", "faulty")
    )
    assert calm == faulty != []


def test_a_limit_that_is_hit_is_busy_until_it_ends(server: Server, tmp_path: Path) -> None:
    server.fault("/notifications$", type="ratelimit")
    with pytest.raises(Busy) as busy:
        read(server, tmp_path, "notifications")
    assert 250 < (busy.value.retry_after or 0) <= 300


def test_a_token_that_is_none_is_refused_and_an_account_that_is_not_there_is_named(
    server: Server, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="credentials down"):
        read(server, tmp_path, "notifications", token="nobody-token")
    nobody = Server(server.base, brand="1")
    with pytest.raises(Changed, match="404"):
        read(nobody, tmp_path, "statuses")
