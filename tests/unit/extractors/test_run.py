"""A window of an endpoint into the lake."""

import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from extractors import landing
from extractors.errors import Busy, Changed, Refused
from extractors.landing import receipts
from extractors.paging import newest_first
from extractors.plan import of_root
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.spec import Source, Window
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import DAY, KEY, ORDERS, SOURCE, a_week_of_orders, order, shop

NOW = datetime(2026, 9, 1, tzinfo=UTC)
WEEK = Window(date(2026, 8, 1), date(2026, 8, 8))


def run(fake: Fake, lake: Path, window: Window = DAY, source: Source = SOURCE, **more: object) -> list[Receipt]:
    return extract(source, more.pop("name", "orders"), window, fake.account(), lake, KEY, now=NOW, **more)  # type: ignore[arg-type]


def ids(lake: Path, days: list[date], endpoint: str = "orders", column: str = "order_id") -> list[str]:
    return landing.read(lake, "shop", endpoint, days, [column]).column(column).to_pylist()


def test_a_window_becomes_one_partition_for_every_day(tmp_path: Path) -> None:
    orders = [o for o in a_week_of_orders() if not str(o["id"]).startswith("3")]
    with serving(shop(orders)) as fake:
        done = run(fake, tmp_path, WEEK)
    assert [(r.day, r.rows) for r in done] == [(f"2026-08-0{d}", 0 if d == 3 else 4) for d in range(1, 8)]
    assert ids(tmp_path, list(WEEK.days)) == [o["id"] for o in orders]


def test_any_number_of_parallel_windows_gives_the_same_content(tmp_path: Path) -> None:
    digests = []
    for parallel in (1, 2, 16):
        with serving(shop(a_week_of_orders())) as fake:
            done = run(fake, tmp_path / str(parallel), WEEK, parallel=parallel)
        digests.append([r.content_digest for r in done])
    assert digests[0] == digests[1] == digests[2]


def test_parallel_windows_are_under_way_at_the_same_time(tmp_path: Path) -> None:
    together = threading.Barrier(7, timeout=10)

    def answer(_: Call) -> dict:
        together.wait()
        return {"data": []}

    with serving(answer) as fake:
        run(fake, tmp_path, WEEK, parallel=16)
    assert len(fake.calls) == 7


def test_running_a_day_again_replaces_it_whole(tmp_path: Path) -> None:
    with serving(shop([order(n) for n in range(8)])) as fake:
        first = run(fake, tmp_path)
        assert [r.content_digest for r in run(fake, tmp_path)] == [r.content_digest for r in first]
    with serving(shop([order(n) for n in range(2)])) as fake:
        run(fake, tmp_path)
    assert ids(tmp_path, [date(2026, 8, 1)]) == ["0", "1"]


@pytest.mark.parametrize("page", [0, 1, 2])
def test_a_failure_on_any_page_leaves_the_day_as_it_was(tmp_path: Path, page: int) -> None:
    with serving(shop([order(n) for n in range(9)])) as fake:
        run(fake, tmp_path)
    with (
        serving(
            shop([order(n + 50) for n in range(9)], trouble=lambda n: Reply({}, 404) if n == page else None)
        ) as fake,
        pytest.raises(Changed, match=r"^shop orders: .*status 404"),
    ):
        run(fake, tmp_path)
    assert ids(tmp_path, [date(2026, 8, 1)]) == [str(n) for n in range(9)]
    assert not list(tmp_path.glob("**/.part*"))


def test_one_failing_window_stops_the_others_and_commits_no_part_of_itself(tmp_path: Path) -> None:
    def answer(call: Call) -> Reply | dict:
        if call.params["from"].startswith("2026-08-04"):
            return Reply({}, 403)
        return Reply({}, 503, {"Retry-After": "50"})

    began = time.monotonic()
    with serving(answer) as fake, pytest.raises((Refused, Busy)):
        run(fake, tmp_path, WEEK, parallel=7)
    assert time.monotonic() - began < 10
    assert receipts(tmp_path) == []


def test_a_ring_of_pages_is_noticed(tmp_path: Path) -> None:
    after = {"": "a", "a": "b", "b": "c", "c": "a"}
    with serving(lambda call: {"data": [order(1)], "next": after[call.params.get("page", "")]}) as fake:
        with pytest.raises(Changed, match="shop orders: the paging goes in a ring"):
            run(fake, tmp_path)
        assert len(fake.calls) == 4


def test_a_cursor_that_repeats_is_noticed(tmp_path: Path) -> None:
    with serving(lambda _: {"data": [], "next": "same"}) as fake, pytest.raises(Changed, match="ring"):
        run(fake, tmp_path)


def test_the_next_call_leaves_before_the_page_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.run.IN_FLIGHT_BYTES", 1)
    monkeypatch.setattr("extractors.run.LEAST_BATCH_BYTES", 1)
    ahead: list[bool] = []

    def parsed(*_: object) -> None:
        deadline = time.monotonic() + 5
        while (early := len(fake.calls) > len(ahead) + 1) is False and time.monotonic() < deadline and len(ahead) < 9:
            time.sleep(0.005)
        ahead.append(early)

    with serving(shop([order(n) for n in range(30)])) as fake:
        run(fake, tmp_path, progress=parsed)
    assert ahead == [True] * 9 + [False]


def test_a_window_that_is_not_over_is_refused(tmp_path: Path) -> None:
    with serving(shop([])) as fake:
        for end in (date(2026, 9, 2), date(2027, 1, 1)):
            with pytest.raises(ValueError, match="after now, 2026-09-01T00:00:00Z"):
                run(fake, tmp_path, Window(date(2026, 8, 31), end))
        assert not fake.calls
        run(fake, tmp_path, Window(date(2026, 8, 31), date(2026, 9, 1)))


def test_a_window_that_ends_before_it_starts_is_no_window() -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        Window(date(2026, 8, 2), date(2026, 8, 2))


def test_the_days_that_still_change_are_read_again_and_marked(tmp_path: Path) -> None:
    source = replace(SOURCE, endpoints=(replace(ORDERS, restate_days=2),))
    with serving(shop([])) as fake:
        done = run(fake, tmp_path, Window(date(2026, 8, 5), date(2026, 8, 6)), source, parallel=1)
    assert fake.calls[0].params == {"from": "2026-08-03T00:00:00Z", "to": "2026-08-06T00:00:00Z"}
    assert [(r.day, r.is_provisional) for r in done] == [
        ("2026-08-03", False),
        ("2026-08-04", True),
        ("2026-08-05", True),
    ]


def test_a_future_record_never_moves_the_window(tmp_path: Path) -> None:
    with serving(lambda _: {"data": [order(1), order(2, "2031-01-01T00:00:00Z")]}) as fake:
        [receipt] = run(fake, tmp_path)
    assert (receipt.rows, receipt.outside) == (1, 1)


def test_misfits_and_unknown_fields_stand_in_the_receipt(tmp_path: Path) -> None:
    records = [order(1, coupon="x"), order(2, amount="much"), order(3)]
    with serving(lambda _: {"data": records}) as fake:
        [receipt] = run(fake, tmp_path)
    assert (receipt.rows, receipt.rejected, receipt.unknown_fields) == (2, 1, ("coupon",))
    assert (receipt.pages, receipt.requests) == (1, 1)


def test_a_required_field_gone_everywhere_leaves_the_day_as_it_was(tmp_path: Path) -> None:
    with serving(shop([order(n) for n in range(9)])) as fake:
        run(fake, tmp_path)
    gone = {"data": [{**order(n), "id": None} for n in range(5)]}
    message = "shop orders: none of 5 records fits: id is missing"
    with serving(lambda _: gone) as fake, pytest.raises(Changed, match=message):
        run(fake, tmp_path)
    assert len(ids(tmp_path, [date(2026, 8, 1)])) == 9


def test_newest_first_ends_at_the_first_page_that_is_all_older(tmp_path: Path) -> None:
    source = replace(SOURCE, endpoints=(replace(ORDERS, span=newest_first("ordered_at")),))
    hours = [datetime(2026, 8, 3, tzinfo=UTC) - timedelta(hours=n) for n in range(200)]

    def answer(call: Call) -> dict:
        at = int(call.params.get("page", "0"))
        return {"data": [order(n, hours[n].isoformat()) for n in range(at, at + 10)], "next": str(at + 10)}

    with serving(answer) as fake:
        [receipt] = run(fake, tmp_path, source=source)
    assert (receipt.rows, len(fake.calls)) == (24, 6)


def test_the_days_of_an_account_follow_its_own_calendar() -> None:
    visits = replace(ORDERS, span=replace(ORDERS.span, each_day=True))
    [group] = of_root(visits, DAY, {"timezone": "Europe/Paris"}, 4)
    assert [dict(walk.request.params)["from"][:10] for walk in group.walks] == ["2026-08-01", "2026-08-02"]
    groups = of_root(visits, WEEK, {}, 4)
    assert sum(len(group.walks) for group in groups) == 7
    assert [day for group in groups for day in group.days] == list(WEEK.days)


def test_memory_is_bounded_by_the_pages_in_flight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.run.IN_FLIGHT_BYTES", 20_000)
    monkeypatch.setattr("extractors.run.LEAST_BATCH_BYTES", 20_000)
    ahead: list[int] = []
    read: list[int] = [0]
    size = len(str(order(1000)))

    def more(_: str, rows: int) -> None:
        ahead.append(len(fake.calls) * 10 - read[0])
        read[0] += rows
        time.sleep(0.01)

    with serving(shop([order(n + 1000) for n in range(3000)], size=10)) as fake:
        run(fake, tmp_path, progress=more)
    assert max(ahead) * size < 5 * 20_000  # fetched, gathered, two being read, one being filed
    assert read == [3000]
