"""A window of an endpoint into the lake."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from extractors import landing
from extractors.auth import Bearer
from extractors.errors import Busy, Changed, Refused
from extractors.landing import receipts
from extractors.plan import of_root
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.spec import Column, Each, Endpoint, Source, Window, newest_first, snapshot
from tests.unit.extractors.fake import Call, Fake, Reply, Vendor, serving
from tests.unit.extractors.shop import DAY, KEY, ORDERS, SOURCE, order

NOW = datetime(2026, 9, 1, tzinfo=UTC)
WEEK = Window(date(2026, 8, 1), date(2026, 8, 8))


def shop(records: list[dict], size: int = 3, trouble: Callable[[int], Reply | None] = lambda _: None) -> Vendor:
    """A vendor of orders, `size` a page; `trouble` may answer the nth call in its place."""
    calls = iter(range(10**6))

    def answer(call: Call) -> Reply | dict:
        odd = trouble(next(calls))
        if odd is not None:
            return odd
        mine = [r for r in records if call.params["from"] <= str(r["at"]) < call.params["to"]]
        at = int(call.params.get("page", "0"))
        more = {"next": str(at + size)} if at + size < len(mine) else {}
        return {"data": mine[at : at + size], **more}

    return answer


def a_week_of_orders(each_day: int = 4) -> list[dict]:
    return [order(f"{d}-{n}", f"2026-08-0{d}T0{n}:00:00Z") for d in range(1, 8) for n in range(each_day)]


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


def test_an_expired_token_is_refreshed_once_and_the_same_page_asked_again(tmp_path: Path) -> None:
    tokens = iter(["first", "second"])
    valid = {"Bearer first"}
    orders = shop([order(n) for n in range(9)])

    def answer(call: Call) -> Reply | dict:
        if call.path == "/token":
            assert call.body.decode().startswith("grant_type=refresh_token")
            return {"access_token": next(tokens)}
        if call.params.get("page") == "3":
            valid.clear()
            valid.add("Bearer second")
        return orders(call) if call.headers["Authorization"] in valid else Reply({}, 401)  # type: ignore[return-value]

    source = replace(SOURCE, auth=Bearer("token", refresh_path="/token"))
    with serving(answer) as fake:
        account = fake.account()
        secrets = {"refresh_token": "r", "client_id": "i", "client_secret": "s"}
        extract(source, "orders", DAY, replace(account, secrets=secrets), tmp_path, KEY, now=NOW)
    assert ids(tmp_path, [date(2026, 8, 1)]) == [str(n) for n in range(9)]
    assert [call.path for call in fake.calls].count("/token") == 2


def test_a_revoked_token_is_refused_without_a_storm(tmp_path: Path) -> None:
    with serving(lambda _: Reply({}, 401)) as fake, pytest.raises(Refused, match="turns the credentials down"):
        run(fake, tmp_path)
    assert len(fake.calls) == 1


LINES = Endpoint(
    name="lines",
    path="/orders/{order_id}/lines",
    records="data",
    columns=(Column("line_id", required=True), Column("order_id", required=True)),
    key=("line_id",),
    span=snapshot(),
    each=Each(of="orders", take="order_id", day="ordered_at"),
)
WITH_LINES = replace(SOURCE, endpoints=(ORDERS, LINES))


def test_children_are_read_with_their_parent_and_filed_under_its_day(tmp_path: Path) -> None:
    orders = shop(a_week_of_orders(2))

    def answer(call: Call) -> Reply | dict:
        if call.path == "/orders":
            return orders(call)  # type: ignore[return-value]
        parent = call.path.split("/")[2]
        return {"data": [{"line_id": f"{parent}/{n}", "order_id": parent} for n in range(2)]}

    with serving(answer) as fake:
        done = run(fake, tmp_path, WEEK, WITH_LINES)
        with pytest.raises(ValueError, match="read together with orders"):
            run(fake, tmp_path, WEEK, WITH_LINES, name="lines")
    assert [(r.endpoint, r.rows) for r in done[7:]] == [("lines", 4)] * 7
    assert ids(tmp_path, [date(2026, 8, 2)], "lines", "line_id") == ["2-0/0", "2-0/1", "2-1/0", "2-1/1"]


@pytest.mark.parametrize(("sent", "asked"), [("a/b?c=d", "/orders/a%2Fb%3Fc%3Dd/lines"), ("..", ""), ("a\nb", "")])
def test_a_parents_value_never_leaves_its_place_in_the_path(tmp_path: Path, sent: str, asked: str) -> None:
    def answer(call: Call) -> Reply | dict:
        return {"data": [order(sent)] if call.path == "/orders" else []}

    with serving(answer) as fake:
        if asked:
            run(fake, tmp_path, DAY, WITH_LINES)
            assert fake.calls[-1].path == asked
        else:
            with pytest.raises(Changed, match="cannot stand in a path"):
                run(fake, tmp_path, DAY, WITH_LINES)


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
    assert max(ahead) * size < 4 * 20_000
    assert read == [3000]
