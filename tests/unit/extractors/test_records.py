"""Pages to typed rows, and what becomes of records that do not fit."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractors.envelope import Envelope
from extractors.errors import Changed, Refused
from extractors.privacy import digest
from extractors.records import Misfit, Reader
from extractors.schema import arrow_schema
from extractors.spec import Complaint, Endpoint
from extractors.transport import Again
from tests.unit.extractors.shop import FIRST, KEY, ORDERS, SOURCE, order

Rows = list[dict[str, object]]


def read(body: bytes, endpoint: Endpoint = ORDERS) -> tuple[Rows, list[Misfit]]:
    envelope = Envelope(endpoint, SOURCE.turn, None)
    table, misfits = Reader(endpoint, envelope, KEY).read([envelope.read(FIRST, body)])
    assert table.schema.names == arrow_schema(endpoint).names[:-1]
    return table.to_pylist(), misfits


def page(*records: object) -> bytes:
    return json.dumps({"data": records}).encode()


def test_every_column_arrives_in_its_type() -> None:
    rows, misfits = read(page(order(7, tags="a;b")))
    assert not misfits
    assert rows == [
        {
            "order_id": "7",
            "email": "buyer7@example.org",
            "email_digest": digest("buyer7@example.org", "email", KEY),
            "amount": Decimal("12.5000"),
            "weight": 1.5,
            "count": 2,
            "is_paid": True,
            "tags": ["a", "b"],
            "ordered_at": datetime(2026, 8, 1, 10, tzinfo=UTC),
            "ordered_at_raw": "2026-08-01T10:00:00Z",
        }
    ]


@pytest.mark.parametrize(
    ("sent", "micros"),
    [
        ("2026-08-01T10:00:00Z", 0),
        ("2026-08-01 10:00:00+00:00", 0),
        ("2026-08-01T10:00:00", 0),
        ("2026-08-01T12:00:00+0200", 0),
        ("2026-08-01T10:00:00.123Z", 123000),
        ("2026-08-01t10:00:00.123456789z", 123456),
        (" 2026-08-01T10:00Z", 0),
    ],
)
def test_a_moment_is_read_in_every_dialect_and_kept_as_sent(sent: str, micros: int) -> None:
    [row], _ = read(page(order(1, at=sent)))
    assert row["ordered_at"] == datetime(2026, 8, 1, 10, microsecond=micros, tzinfo=UTC)
    assert row["ordered_at_raw"] == sent


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("2026-03-29T02:30:00+02:00", "2026-03-29 00:30:00"),
        ("2026-10-25T02:30:00+01:00", "2026-10-25 01:30:00"),
        ("2028-02-29T23:59:59Z", "2028-02-29 23:59:59"),
        ("2026-12-31T23:59:60Z", "2026-12-31 23:59:59"),
        ("2026-08-01", "2026-08-01 00:00:00"),
    ],
)
def test_clock_changes_leap_days_and_leap_seconds_are_moments_too(sent: str, day: str) -> None:
    [row], misfits = read(page(order(1, at=sent)))
    assert (str(row["ordered_at"])[:19], misfits) == (day, [])


def test_an_empty_text_is_null_where_the_column_is_no_text() -> None:
    [row], misfits = read(page(order(1, amount="", is_paid="", tags="")))
    assert (row["amount"], row["is_paid"], row["tags"], misfits) == (None, None, None, [])


def test_an_id_may_come_as_a_number_or_as_a_text() -> None:
    rows, misfits = read(page({**order(1), "id": 1}, {**order(2), "count": "3"}))
    assert ([row["order_id"] for row in rows], rows[1]["count"], misfits) == (["1", "2"], 3, [])
    rows, misfits = read(page({**order(1), "id": 900719925474099312}, order(2)))
    assert ([row["order_id"] for row in rows], misfits) == (["900719925474099312", "2"], [])


def test_absent_and_null_are_null_and_unknown_fields_are_left_out() -> None:
    [row], misfits = read(page({"id": "1", "at": "2026-08-01T10:00:00Z", "buyer": None, "new": {"x": [1]}}))
    assert (row["email"], row["email_digest"], row["amount"], misfits) == (None, None, None, [])


BAD = {
    "missing": (order(9, at=None), "missing", "at"),
    "no id": ({k: v for k, v in order(9).items() if k != "id"}, "missing", "id"),
    "no moment": (order(9, at="yesterday"), "of another type", "at"),
    "a bare number": (order(9, at=1785578400), "of another type", "at"),
    "an object": (order(9, amount={"value": 1}), "of another type", "amount"),
    "no integer": (order(9, count=1.5), "of another type", "count"),
    "30 digits": (order(9, count=10**29), "of another type", "count"),
    "five decimals": (order(9, amount="1.23456"), "of another type", "amount"),
    "half a pair": (order(9, buyer={"email": "\ud800@example.org"}), "no record in readable JSON", ""),
    "a list": ([1, 2], "no record in readable JSON", ""),
    "null": (None, "no record in readable JSON", ""),
}


@pytest.mark.parametrize("name", BAD)
def test_a_misfit_is_kept_with_its_reason_and_never_blocks_its_neighbours(name: str) -> None:
    record, reason, place = BAD[name]
    rows, misfits = read(page(order(1), record, order(2), order(3)))
    assert [row["order_id"] for row in rows] == ["1", "2", "3"]
    assert [(misfit.reason, misfit.place) for misfit in misfits] == [(reason, place)]
    assert json.loads(misfits[0].record) == record


def test_not_a_number_is_a_misfit_where_a_number_is_declared_and_nothing_elsewhere() -> None:
    body = page(order(1), order(2), order(3, new=1)).replace(b'"weight": 1.5', b'"weight": NaN', 1)
    rows, misfits = read(body)
    assert ([row["order_id"] for row in rows], misfits[0].reason) == (["2", "3"], "no finite number")
    rows, misfits = read(page(order(1), order(2, new=1)).replace(b'"new": 1', b'"new": NaN'))
    assert (len(rows), misfits) == (2, [])


def test_a_field_named_twice_keeps_its_last_value() -> None:
    rows, misfits = read(page(order(1), order(2)).replace(b'"id": "2"', b'"id": "2", "id": "5"'))
    assert ([row["order_id"] for row in rows], misfits) == (["1", "5"], [])


def test_nul_never_reaches_the_lake() -> None:
    [row], misfits = read(page({**order(1), "id": "a\0b"}))
    assert (row["order_id"], misfits) == ("ab", [])
    [row], _ = read(page({**order(1), "id": "a\\u0000b"}))
    assert row["order_id"] == "a\\u0000b"  # a backslash and some letters are no NUL


def test_bytes_that_are_no_text_are_a_misfit() -> None:
    rows, misfits = read(page(order(1), order(2, tags="!")).replace(b'"!"', b'"\xff"'))
    assert ([row["order_id"] for row in rows], len(misfits)) == (["1"], 1)


def test_a_page_may_be_printed_over_many_lines() -> None:
    rows, misfits = read(json.dumps({"data": [order(1), order(2)]}, indent=2).replace("\n", "\r\n").encode())
    assert (len(rows), misfits) == (2, [])


def test_the_day_of_a_misfit_is_kept_where_it_can_be_read() -> None:
    _, [misfit] = read(page(order(1), order(2, amount="much")))
    assert misfit.day == date(2026, 8, 1)


@pytest.mark.parametrize("broken", [{"id": None}, {"at": {"epoch": 1}}, {"at": 1785578400}, {"at": 1785578400.5}])
def test_a_required_field_gone_or_retyped_everywhere_is_a_change(broken: dict[str, object]) -> None:
    with pytest.raises(Changed, match="none of 4 records fits"):
        read(page(*({**order(n), **broken} for n in range(4))))


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"id": None, "amount": "much"}, "none of 1000 records fits: id is missing"),
        ({"amount": "much"}, "none of 1000 records fits: amount is of another type"),
    ],
)
def test_the_field_that_is_gone_from_a_long_page_is_named(broken: dict[str, object], says: str) -> None:
    with pytest.raises(Changed, match=says):
        read(page(*({**order(n), **broken} for n in range(1000))))


def test_one_odd_record_at_the_head_of_a_long_page_is_alone_left_out() -> None:
    rows, misfits = read(page({**order(0), "id": None}, *(order(n) for n in range(1, 1000))))
    assert (len(rows), [misfit.reason for misfit in misfits]) == (999, ["missing"])


def test_a_page_whose_records_all_name_a_field_twice_is_read() -> None:
    twice = page(*(order(n) for n in range(4))).replace(b'"id"', b'"id": "x", "id"')
    rows, misfits = read(twice)
    assert ([row["order_id"] for row in rows], misfits) == (["0", "1", "2", "3"], [])


def test_a_single_bad_record_is_no_change() -> None:
    rows, misfits = read(page({**order(1), "id": None}))
    assert (rows, len(misfits)) == ([], 1)


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b'{"data": [', b"not json", b'{"data": [}'])
def test_a_body_that_is_no_json_is_asked_for_again(body: bytes) -> None:
    with pytest.raises(Again, match="not JSON"):
        Envelope(ORDERS, SOURCE.turn, None).read(FIRST, body)


@pytest.mark.parametrize("body", [b"{}", b'{"error": "x"}', b'{"data": null}', b'{"data": {}}', b"[]", b"1", b"null"])
def test_a_body_without_the_list_of_records_amounts_to_a_change(body: bytes) -> None:
    with pytest.raises(Again) as again:
        Envelope(ORDERS, SOURCE.turn, None).read(FIRST, body)
    assert again.value.amounts_to is Changed


def test_a_complaint_in_a_good_answer_is_heard() -> None:
    verdicts = {"no": Refused, "new": Changed}
    complaint = Complaint(("oops",), lambda v: {"no": "refused", "new": "changed"}.get(str(v["oops"]), ""))
    envelope = Envelope(ORDERS, SOURCE.turn, complaint)
    assert envelope.read(FIRST, b'{"data": []}').count == 0
    for said, error in verdicts.items():
        with pytest.raises(error):
            envelope.read(FIRST, json.dumps({"oops": said}).encode())


def test_a_very_deep_answer_is_a_change_and_no_crash() -> None:
    with pytest.raises((Changed, Again)):
        Envelope(ORDERS, SOURCE.turn, None).read(FIRST, b'{"data": ' + b"[" * 100_000)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("id", "buyer", "amount", "weight", "count", "is_paid", "tags", "at")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=3), max_size=5))
@example([{"id": ""}, {"weight": float("inf")}, {"tags": "\0;"}])
def test_whatever_one_vendor_record_holds_nothing_is_lost_and_good_neighbours_stay(odd: list[dict]) -> None:
    good = [order(f"good{n}") for n in range(6)]
    records = [{**order(f"odd{n}"), **fields} for n, fields in enumerate(odd)] + good
    rows, misfits = read(json.dumps({"data": records}).encode())
    assert len(rows) + len(misfits) == len(records)
    assert [row["order_id"] for row in rows][-6:] == [f"good{n}" for n in range(6)]
    pa.array([row["email"] or "" for row in rows]).validate(full=True)
