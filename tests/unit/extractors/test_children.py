"""Endpoints that need another's rows, and credentials that change on the way."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors import landing
from extractors.auth import Bearer
from extractors.errors import Changed, Refused
from extractors.paging import snapshot
from extractors.plan import filled
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.spec import Column, Each, Endpoint, Source, Window
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import DAY, KEY, ORDERS, SOURCE, a_week_of_orders, order, shop

NOW = datetime(2026, 9, 1, tzinfo=UTC)
WEEK = Window(date(2026, 8, 1), date(2026, 8, 8))


def run(fake: Fake, lake: Path, window: Window = DAY, source: Source = SOURCE, **more: object) -> list[Receipt]:
    return extract(source, more.pop("name", "orders"), window, fake.account(), lake, KEY, now=NOW, **more)  # type: ignore[arg-type]


def ids(lake: Path, days: list[date], endpoint: str = "orders", column: str = "order_id") -> list[str]:
    return landing.read(lake, "shop", endpoint, days, [column]).column(column).to_pylist()


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


@pytest.mark.parametrize("by", ["", "ordered_at"])
@pytest.mark.parametrize(("day", "again"), [("", 0), ("ordered_at", 0), ("ordered_at", 3)])
def test_the_days_that_a_run_fills_are_told_by_the_declaration_alone(
    tmp_path: Path, by: str, day: str, again: int
) -> None:
    parents = replace(ORDERS, restate_days=2 if by else 0, span=replace(ORDERS.span, by=by))
    lines = replace(LINES, each=replace(LINES.each, day=day), restate_days=again)  # type: ignore[type-var]
    source = replace(SOURCE, endpoints=(parents, lines))

    def answer(call: Call) -> dict:
        return {"data": [order(1)] if call.path == "/orders" else [{"line_id": "1", "order_id": "1"}]}

    with serving(answer) as fake:
        done = run(fake, tmp_path, DAY, source)
    for endpoint in source.endpoints:
        assert tuple(r.date for r in done if r.endpoint == endpoint.name) == filled(source, endpoint, DAY)


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


def test_a_row_of_a_parent_that_nobody_asked_for_is_outside(tmp_path: Path) -> None:
    body = json.dumps
    each = replace(LINES.each, batch=100, body=body)  # type: ignore[type-var]
    batch = replace(LINES, path="/lines", method="POST", each=each)
    orders = shop([order(1), order(2)])

    def answer(call: Call) -> Reply | dict:
        if call.path == "/orders":
            return orders(call)  # type: ignore[return-value]
        return {"data": [{"line_id": f"{n}/0", "order_id": str(n)} for n in (1, 99, 2)]}

    with serving(answer) as fake:
        done = run(fake, tmp_path, DAY, replace(SOURCE, endpoints=(ORDERS, batch)))
    assert [(r.rows, r.outside) for r in done if r.endpoint == "lines"] == [(2, 1)]
