"""mastodon_mock, a Mastodon server by other people, with faults of its own: all that happens there is brought."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import requests
from mastodon import Mastodon

from extractors.auth import Account
from extractors.catalog import catalog
from extractors.run import extract
from extractors.spec import Window
from tests.real.servers import answers, free_port, running

FANS, STATUSES = 90, 45  # more than a page of followers, of notifications and of statuses
TOKEN = "invented-token-of-the-brand"
Read = Callable[[str], pa.Table]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on which a brand has statuses and fans."""
    folder, port = tmp_path_factory.mktemp("mock"), free_port()
    people = ["brand", *(f"fan{i}" for i in range(FANS))]
    seeds = [f'[[seed.accounts]]\nusername = "{name}"\naccess_token = "{TOKEN}-{name}"\n' for name in people]
    (folder / "mock.toml").write_text("\n".join(seeds))
    command = [sys.executable, "-m", "mastodon_mock", "serve", "--config", "mock.toml", "--port", str(port)]
    with running([*command, "--host", "127.0.0.1", "--in-memory"], folder / "log", cwd=folder):
        answers(port)
        address = f"http://127.0.0.1:{port}"
        tell(address)
        yield address


def client(address: str, name: str) -> Mastodon:
    """That account's own client."""
    return Mastodon(access_token=f"{TOKEN}-{name}", api_base_url=address, version_check_mode="none")


def tell(address: str) -> None:
    """What happens: the brand writes; every fan follows, favours the first status, and some boost and answer it."""
    brand = client(address, "brand")
    number = brand.account_verify_credentials().id
    first, *_ = [brand.status_post(f"status {i}") for i in range(STATUSES)]
    for i in range(FANS):
        fan = client(address, f"fan{i}")
        fan.account_follow(number)
        fan.status_favourite(first.id)
        if i % 9 == 0:
            fan.status_reblog(first.id)
            fan.status_post("@brand indeed", in_reply_to_id=first.id)


@pytest.fixture
def read(server: str, tmp_path: Path) -> Read:
    """Extracts an endpoint with its children and hands out the rows of one."""
    number = str(client(server, "brand").account_verify_credentials().id)
    options = {"domain": "mock.local", "account_id": number}
    who = Account(base=server, secrets={"token": f"{TOKEN}-brand"}, options=options, rate_factor=1000.0)
    today = datetime.now(UTC).date()
    window = Window(today - timedelta(days=1), today + timedelta(days=2))  # midnight may pass meanwhile
    now = datetime.combine(today + timedelta(days=3), time(), UTC)

    def rows(endpoint: str) -> pa.Table:
        declared = catalog()["mastodon"].endpoint(endpoint)
        extract(
            catalog()["mastodon"],
            declared.each.of if declared.each else endpoint,
            window,
            who,
            str(tmp_path),
            b"a key for tests",
            now=now,
        )
        found = sorted(tmp_path.glob(f"raw/source=mastodon/entity={endpoint}/day=*/part-0.parquet"))
        return pa.concat_tables(pq.ParquetFile(path).read() for path in found)

    return rows


def fault(server: str, path: str, **effect: object) -> None:
    """The next call of that path fails so."""
    rule = {"match": {"path": path}, "effect": effect, "count": 1}
    requests.post(f"{server}/api/v1/_mock/faults", data=json.dumps(rule), timeout=10).raise_for_status()


def test_all_that_the_brand_wrote_and_all_that_was_done_about_it_comes(read: Read) -> None:
    written = read("statuses")
    assert written.num_rows == len(set(written["status_id"].to_pylist())) == STATUSES
    assert max(written["favourite_count"].to_pylist()) == FANS
    favoured, boosted, answered = read("favourites"), read("boosts"), read("replies")
    assert len(set(favoured["actor_acct"].to_pylist())) == favoured.num_rows == FANS
    assert len(set(boosted["actor_acct"].to_pylist())) == boosted.num_rows == FANS // 9
    assert answered.num_rows == FANS // 9


def test_every_follower_and_every_notification_comes(read: Read) -> None:
    followers = read("followers")
    assert len(set(followers["follower_id"].to_pylist())) == followers.num_rows == FANS
    told = read("notifications")["type"].to_pylist()
    counts = {kind: told.count(kind) for kind in set(told)}
    assert counts == {"follow": FANS, "favourite": FANS, "reblog": FANS // 9, "mention": FANS // 9}


@pytest.mark.parametrize(
    "effect",
    [
        {"type": "ratelimit", "headers": {"Retry-After": "1"}},
        {"type": "status", "status": 503},
        {"type": "malformed"},
    ],
    ids=lambda effect: str(effect["type"]),
)
def test_a_fault_of_theirs_loses_nothing(server: str, read: Read, effect: dict[str, object]) -> None:
    fault(server, "/api/v1/notifications", **effect)
    assert read("notifications").num_rows == 2 * FANS + 2 * (FANS // 9)
    assert requests.get(f"{server}/api/v1/_mock/faults", timeout=10).json() == [], "the fault did not happen"
