"""Where a value stands in a record, and how it is found in whole pages at once."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from extractors import shape
from extractors.drift import Drift
from extractors.envelope import Envelope
from extractors.pick import at
from extractors.place import Step, steps
from extractors.records import Reader
from extractors.spec import Column
from tests.unit.extractors.shop import FIRST, KEY, ORDERS, SOURCE, order

VALUE = pa.struct([("string_value", pa.string()), ("int_value", pa.int64())])
PARAM = pa.struct([("key", pa.string()), ("value", VALUE)])
EVENTS = [
    [("page", "a", None), ("time", None, 7), ("page", "b", None)],
    None,
    [],
    [("time", None, 9), (None, "nameless", None)],
    [("page", None, None)],
]
WATCHED = pa.proxy_memory_pool(pa.default_memory_pool())  # it must outlive what was made in it


def params(event: list | None) -> list | None:
    return event and [{"key": key, "value": {"string_value": text, "int_value": number}} for key, text, number in event]


def events(wrapped: bool = False) -> pa.Array:
    lists = [params(event) for event in EVENTS]
    if not wrapped:
        return pa.array([{"params": found} for found in lists], pa.struct([("params", pa.list_(PARAM))]))
    kind = pa.struct([("params", pa.struct([("list", pa.list_(pa.struct([("element", PARAM)])))]))])
    rows = [{"params": None if found is None else {"list": [{"element": one} for one in found]}} for found in lists]
    return pa.array(rows, kind)


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("sliced", [0, 1])
def test_an_item_is_found_by_its_key_and_the_last_of_several_wins(wrapped: bool, sliced: int) -> None:
    records = events(wrapped).slice(sliced)
    pages = at(records, steps("params{key=page}.value.string_value"), pa.string()).to_pylist()
    times = at(records, steps("params{key=time}.value.int_value"), pa.int64()).to_pylist()
    assert pages == ["b", None, None, None, None][sliced:]
    assert times == [7, None, None, 9, None][sliced:]


@pytest.mark.parametrize("sliced", [0, 1])
def test_an_item_is_found_by_its_position_and_a_shorter_list_has_none(sliced: int) -> None:
    records = events().slice(sliced)
    assert at(records, steps("params[1].key"), pa.string()).to_pylist() == ["time", None, None, None, None][sliced:]
    assert (
        at(records, steps("params[0].value.int_value"), pa.int64()).to_pylist() == [None, None, None, 9, None][sliced:]
    )


def test_a_place_is_read_step_by_step_and_what_is_none_is_named() -> None:
    assert steps("a.b") == (Step("a"), Step("b"))
    assert steps("a[2].b") == (Step("a", 2), Step("b"))
    assert steps("a{key=x.y}.b.c") == (Step("a", None, "key", "x.y"), Step("b"), Step("c"))
    for bad in ("a[x]", "a{b}", "[0]", "a..b"):
        with pytest.raises(ValueError, match="no place"):
            steps(bad)


COLUMNS = (
    Column("order_id", at="id", required=True),
    Column("ordered_at", "moment", required=True, sent="microseconds", at="micros"),
    Column("first_tag", at="tags[0]"),
    Column("gift", at="notes{name=gift}.text"),
    Column("floor", "integer", at="notes{name=floor}.number"),
    Column("is_new", "boolean", at="flag.text|flag.number", sent="text"),
)


def test_places_in_lists_are_read_from_json_too() -> None:
    endpoint = replace(ORDERS, columns=COLUMNS)
    notes = [{"name": "gift", "text": "yes"}, {"name": "floor", "number": 3}, {"name": "gift", "text": "no", "by": 1}]
    found = [
        {"id": "1", "micros": 1785578400000001, "tags": ["a", "b"], "notes": notes, "flag": {"text": "1"}},
        {"id": "2", "micros": 1785578400000002, "tags": [], "notes": None, "flag": {"number": "0"}},
    ]
    envelope = Envelope(endpoint, SOURCE.turn, None)
    page = envelope.read(FIRST, json.dumps({"data": found}).encode())
    table, misfits = Reader(endpoint, envelope, KEY).read([page])
    assert misfits == []
    assert table.column("ordered_at").to_pylist()[0] == datetime(2026, 8, 1, 10, microsecond=1, tzinfo=UTC)
    assert table.drop_columns(["order_id", "ordered_at"]).to_pylist() == [
        {"first_tag": "a", "gift": "no", "floor": 3, "is_new": True},
        {"first_tag": None, "gift": None, "floor": None, "is_new": False},
    ]
    drift = Drift(endpoint)
    drift.look(envelope.records(page.body) * 10)
    assert (drift.unknown, drift.absent) == ({"notes.by"}, set())


def test_a_date_in_eight_digits_is_a_moment() -> None:
    envelope = Envelope(ORDERS, SOURCE.turn, None)
    page = envelope.read(FIRST, json.dumps({"data": [order(1, at="20260801")]}).encode())
    table, misfits = Reader(ORDERS, envelope, KEY).read([page])
    assert (table.column("ordered_at").to_pylist(), misfits) == ([datetime(2026, 8, 1, tzinfo=UTC)], [])


def test_a_number_and_a_text_at_two_places_are_one_column() -> None:
    kind = pa.struct([("text", pa.string()), ("number", pa.int64())])
    records = pa.array([{"text": "1", "number": None}, {"text": None, "number": 0}, {"text": None}], kind)
    [flags] = shape.columns_of(Column("flag", "boolean", at="text|number"), shape.Rows(records), KEY)
    assert flags.to_pylist() == [True, False, None]


def test_a_record_with_many_items_is_not_copied_for_each_of_them() -> None:
    columns = (Column("name"), Column("number", "integer", at="items.number"))
    record = {"name": "one", "items": [{"number": n} for n in range(3000)]}
    records = pa.array(
        [record], pa.struct([("name", pa.string()), ("items", pa.list_(pa.struct([("number", pa.int64())])))])
    )
    usual = pa.default_memory_pool()
    pa.set_memory_pool(WATCHED)
    try:
        rows = shape.table_of(columns, records, "items", KEY)
    finally:
        pa.set_memory_pool(usual)
    assert rows.to_pylist() == [{"name": "one", "number": n} for n in range(3000)]
    assert WATCHED.max_memory() < 100 * 3000  # a copy of the list for each of its items would take 72 MB
