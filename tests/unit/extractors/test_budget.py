"""A vendor that charges is never paid more than a day's ceiling, and a day that was cut short says so."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from extractors import landing
from extractors.budget import Budget, Spent, today
from extractors.errors import Busy, Refused
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.sources.x import SOURCE
from extractors.spec import Window
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import KEY
from tests.unit.extractors.test_x import EMPTY, NOW, listed, post

WEEK = Window(date(2026, 8, 1), date(2026, 8, 8))
DAY = date(2026, 11, 20)


class Till:
    """A vendor of posts and likes that counts what it would charge, in dollars."""

    def __init__(self, posts: int = 0, likes: int = 0, mentions: int = 0) -> None:
        self.posts = [post(n, WEEK.end_at - timedelta(hours=1, minutes=n)) for n in range(posts)]
        self.likes = [{"id": str(n), "username": f"fan{n}"} for n in range(likes)]
        self.mentions = [post(n, WEEK.end_at - timedelta(hours=n + 1)) for n in range(mentions)]
        self.charged, self.lock = Decimal(0), threading.Lock()

    def __call__(self, call: Call) -> Reply | dict:
        """A page, charged for by its records."""
        what = call.path.rpartition("/")[2]
        known = {
            "tweets": (self.posts, "0.005"),
            "mentions": (self.mentions, "0.015"),
            "followers": (self.likes, "0.01"),
        }
        found, price = known.get(what, (self.likes if what == "liking_users" else [], "0.01"))
        page = listed(found, call, size=100)
        with self.lock:
            self.charged += Decimal(price) * page["meta"]["result_count"]  # type: ignore[index]
        return page


def read(fake: Fake, lake: Path, name: str, ceiling: str, window: Window = WEEK) -> list[Receipt]:
    account = fake.account(user_id="1", daily_ceiling=ceiling)
    return extract(SOURCE, name, window, account, lake, KEY, now=NOW, parallel=4)


def spent(lake: Path) -> Decimal:
    return Budget(lake, "x", Decimal(0)).spent(today())


def left_out(receipts: list[Receipt]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for receipt in receipts:
        found.setdefault(receipt.endpoint, []).extend([receipt.day] if receipt.left_out else [])
    return found


@pytest.mark.parametrize("extra", [{}, {"daily_ceiling": "much"}])
def test_without_a_ceiling_nothing_is_read(tmp_path: Path, extra: dict[str, str]) -> None:
    with serving(lambda _: EMPTY) as fake, pytest.raises(Refused, match="no 'daily_ceiling' in dollars"):
        extract(SOURCE, "mentions", WEEK, fake.account(user_id="1", **extra), tmp_path, KEY, now=NOW)
    assert fake.calls == []


@pytest.mark.parametrize("ceiling", ["2.00", "3.10", "7.77"])
def test_walks_side_by_side_never_pass_the_ceiling(tmp_path: Path, ceiling: str) -> None:
    till = Till(posts=40, likes=30)
    with serving(till) as fake:
        done = read(fake, tmp_path, "posts", ceiling)
    assert till.charged == spent(tmp_path) <= Decimal(ceiling)
    assert left_out(done)["likes"] == ["2026-08-07"]
    assert float(till.charged) == pytest.approx(sum({r.endpoint: r.spent for r in done}.values()))
    posts = Counter(row["post_id"] for row in landing.read(tmp_path, "x", "likes", [WEEK.days[-1]], None).to_pylist())
    assert 0 < len(posts) < 40
    assert set(posts.values()) == {30}
    assert any(f"{40 - len(posts)} of 40 walks" in why for r in done if r.endpoint == "likes" for why in r.left_out)


def test_what_was_spent_today_counts_for_the_next_run_and_for_every_endpoint(tmp_path: Path) -> None:
    till = Till(likes=80, mentions=100)
    with serving(till) as fake:
        assert left_out(read(fake, tmp_path, "mentions", "2"))["mentions"] == []
        calls = len(fake.calls)
        assert len(left_out(read(fake, tmp_path, "mentions", "2"))["mentions"]) == 8
        assert len(fake.calls) == calls  # 1.50 is spent, and a page may cost another 1.50
        assert left_out(read(fake, tmp_path, "followers", "2"))["followers"] == ["2026-08-07"]
    assert till.charged == spent(tmp_path) == Decimal("1.5")


def test_a_day_that_is_whole_stays_whole_when_reading_it_again_is_cut_short(tmp_path: Path) -> None:
    till = Till(mentions=100)
    with serving(till) as fake:
        before = read(fake, tmp_path, "mentions", "10")
        again = read(fake, tmp_path, "mentions", "1.6")
    assert [(r.day, r.rows, r.content_digest) for r in before] == [(r.day, r.rows, r.content_digest) for r in again]
    assert all(r.left_out for r in again)
    standing = landing.receipts(tmp_path, "x", "mentions")
    assert sum(r.rows for r in standing) == 100
    assert not any(r.left_out for r in standing)


def test_a_walk_from_now_back_that_is_cut_keeps_the_days_that_it_saw_whole(tmp_path: Path) -> None:
    till = Till(mentions=150)
    with serving(till) as fake:
        done = read(fake, tmp_path, "mentions", "2.9")
    oldest = (WEEK.end_at - timedelta(hours=100)).date().isoformat()
    assert left_out(done)["mentions"] == [r.day for r in done if r.day <= oldest] != []
    assert sum(r.rows for r in done) == 100
    assert {r.day for r in landing.receipts(tmp_path, "x", "mentions") if r.left_out} == set(left_out(done)["mentions"])


def test_of_a_set_that_is_cut_nothing_stays_but_the_reason(tmp_path: Path) -> None:
    till = Till(likes=150)
    till.posts = []
    with serving(
        lambda call: till(Call(call.method, call.path, {**call.params, "max_results": "100"}, {}, b""))
    ) as fake:
        [receipt] = read(fake, tmp_path, "followers", "10.5")
    assert (receipt.rows, till.charged) == (0, Decimal("1.0"))
    assert receipt.left_out == ("the daily ceiling was reached: 1 of 1 walks not made to their end",)


def test_an_answer_that_is_no_data_is_not_charged_and_one_cut_off_may_have_been(tmp_path: Path) -> None:
    replies = iter([Reply({}, 503), Reply({"data": []}, cut=5)])
    with serving(lambda _: next(replies, EMPTY)) as fake:
        read(fake, tmp_path, "mentions", "10")
    assert len(fake.calls) == 3
    assert spent(tmp_path) == Decimal("1.5")


def test_a_failure_leaves_noted_what_was_spent(tmp_path: Path) -> None:
    till = Till(mentions=150)
    limit = Reply({}, 429, {"x-rate-limit-reset": "9999999999"})
    with serving(lambda call: limit if till.charged else till(call)) as fake, pytest.raises(Busy):
        read(fake, tmp_path, "mentions", "10")
    assert till.charged == spent(tmp_path) == Decimal("1.5")


def test_processes_that_reserve_at_once_never_pass_the_ceiling_together(tmp_path: Path) -> None:
    ceiling, taken = Decimal(5), Counter[str]()

    def work(number: int) -> None:
        budget = Budget(tmp_path, "x", ceiling, lambda: DAY)
        for _ in range(8):
            try:
                budget.reserve(DAY, "likes", Decimal("0.3"))
                taken[str(number)] += 1
            except Spent:
                return

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert 0 < sum(taken.values()) * Decimal("0.3") <= ceiling
    assert Budget(tmp_path, "x", ceiling).spent(DAY) == sum(taken.values()) * Decimal("0.3")


def test_every_day_has_a_ceiling_of_its_own(tmp_path: Path) -> None:
    budget = Budget(tmp_path, "x", Decimal(1))
    budget.reserve(DAY, "likes", Decimal(1))
    with pytest.raises(Spent):
        budget.reserve(DAY, "likes", Decimal("0.01"))
    budget.reserve(DAY + timedelta(days=1), "likes", Decimal(1))
    assert budget.spent(DAY) == budget.spent(DAY + timedelta(days=1)) == 1


KILLED = """
import sys
from datetime import UTC, date, datetime
from extractors.auth import Account
from extractors.run import extract
from extractors.sources.x import SOURCE
from extractors.spec import Window
account = Account(sys.argv[1], {"token": "t"}, {"user_id": "1", "daily_ceiling": "5"}, 1e6)
extract(SOURCE, "mentions", Window(date(2026, 8, 1), date(2026, 8, 8)), account, sys.argv[2], b"k",
        now=datetime(2026, 9, 1, tzinfo=UTC))
"""


def test_a_run_that_is_killed_leaves_noted_the_most_that_it_can_have_spent(tmp_path: Path) -> None:
    till, second = Till(mentions=300), threading.Event()
    hold = threading.Event()

    def answer(call: Call) -> Reply | dict:
        page = till(call)
        if "pagination_token" in call.params:
            second.set()
            hold.wait(20)
        return page

    with serving(answer) as fake:
        command = [sys.executable, "-c", KILLED, fake.base, str(tmp_path)]
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
        assert second.wait(20)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
        hold.set()
    assert till.charged == Decimal("3.0") == spent(tmp_path)
    assert landing.receipts(tmp_path, "x", "mentions") == []
    with serving(till) as fake:
        read(fake, tmp_path, "mentions", "5")
    assert till.charged == spent(tmp_path) == Decimal("4.5")


def test_the_ledger_names_the_endpoints_and_no_values(tmp_path: Path) -> None:
    with serving(Till(mentions=10)) as fake:
        read(fake, tmp_path, "mentions", "5")
    [file] = (tmp_path / "spent").rglob("*.parquet")
    import pyarrow.parquet as pq  # noqa: PLC0415

    assert (
        json.dumps(pq.read_table(file).to_pylist(), default=str) == '[{"endpoint": "mentions", "dollars": "0.150000"}]'
    )
    assert datetime.now(UTC).date().isoformat() in str(file)
