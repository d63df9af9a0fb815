"""A partition key comes from outside, and ends up in paths."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dags.partition import BadPartition, day_of, window_of
from extractors.spec import Window


def test_a_day_is_a_window_of_one_day() -> None:
    assert window_of("2026-10-01", {}) == Window(date(2026, 10, 1), date(2026, 10, 2))


def test_a_first_load_ends_with_its_key() -> None:
    assert window_of("2026-09-30", {"from": "2026-07-03"}) == Window(date(2026, 7, 3), date(2026, 10, 1))


def test_a_first_load_does_not_start_after_its_key() -> None:
    with pytest.raises(BadPartition, match="after the partition_key"):
        window_of("2026-09-30", {"from": "2026-10-01"})


def test_without_a_key_the_message_says_how_to_give_one() -> None:
    with pytest.raises(BadPartition, match=r'no partition_key; trigger it with \{"partition_key"'):
        window_of(None, {})


@pytest.mark.parametrize(
    "key",
    [
        *("", "../../etc/x", "2026-10-01/..", "'; drop table", "2026-10-1", "20261001", "2026-10-01T00"),
        *(" 2026-10-01", "2026-10-01\n", "٢٠٢٦-10-01", "2026-13-01", "2026-02-29", 20261001, ["2026-10-01"]),
    ],
)
def test_only_a_real_utc_day_is_a_key(key: object) -> None:
    with pytest.raises(BadPartition) as raised:
        day_of(key)
    assert not key or str(key) not in str(raised.value), "what came from outside is not repeated"
    with pytest.raises(BadPartition):
        window_of("2026-10-01", {"from": key})


@given(st.text(max_size=12))
def test_whatever_is_taken_is_the_day_that_it_says(key: str) -> None:
    try:
        day = day_of(key)
    except BadPartition:
        pass
    else:
        assert day.isoformat() == key


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_every_day_of_the_calendar_is_taken(day: date) -> None:
    assert window_of(day.isoformat()).days == (day,)
