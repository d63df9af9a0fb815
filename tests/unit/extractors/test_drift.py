"""What the vendor sends beyond the declaration, and what it no longer sends."""

import json
from dataclasses import replace

from extractors.drift import Drift
from tests.unit.extractors.shop import ORDERS, order


def test_b24_unknown_fields_are_named_by_their_place_and_their_values_are_not() -> None:
    records = [json.dumps(order(1, new=1, buyer={"email": "a@b", "vip": True, "me@example.org": 1})).encode()]
    drift = Drift(ORDERS)
    drift.look(records)
    assert drift.unknown == {"new", "buyer.vip"}


def test_a_field_that_only_some_records_have_is_not_missed() -> None:
    columns = tuple(replace(c, sometimes=True) if c.name == "count" else c for c in ORDERS.columns)
    drift = Drift(replace(ORDERS, columns=columns))
    drift.look([json.dumps({k: None for k in order(n) if k != "count"}).encode() for n in range(20)])
    assert drift.absent == {"tags"}


def test_a_declared_field_that_no_record_names_is_absent_and_one_that_is_null_is_not() -> None:
    few, many = Drift(ORDERS), Drift(ORDERS)
    records = [json.dumps({k: None for k in order(n) if k != "count"}).encode() for n in range(20)]
    many.look(records)
    few.look(records[:19])
    assert many.absent == {"count", "tags"}
    assert few.absent == set()
