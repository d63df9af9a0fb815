"""The optional rule in the pipeline: what it links, within the caps of every rule, day by day as all at once."""

import gc
import warnings
from pathlib import Path
from typing import Any

import pytest

from tests.dbt.lake import Lake, digest, only
from tests.dbt.test_identity_day_by_day import TOLD, Said, customer, reason, said
from tests.dbt.town import DAY_1, DAY_2, contact

FIRST = ("Ada", "Ben", "Cleo", "Dora", "Emil", "Finn", "Gita", "Hugo", "Ines", "Jonas")
LAST = ("Abel", "Brandt", "Costa", "Dahl", "Farkas", "Hansen", "Jansen")
SWITCHED_ON = (("likely_people", True),)


def person(number: int, who: int, email: str = "", day: str = DAY_1, **more: Any) -> dict[str, Any]:
    """The contact of that number for one of the people."""
    first, last, phone = FIRST[who % 10], LAST[who % 7], f"+49 151 {who * 7919 % 10**8:08d}"
    row = contact(number, email or f"{first}.{last}{who}@post.example".lower(), day, first_name=first, last_name=last)
    return row | {"phone": phone, "phone_digest": digest(phone)} | more


def fill(lake: Lake, day: str) -> None:
    """Seventy people, some twice under another address, one four times; later one of the doubles differs."""
    people = [person(n, n) for n in range(1, 71)]
    doubles = [person(100 + n, n, f"{FIRST[n % 10]}{n}@work.example".lower()) for n in range(1, 41, 4)]
    crowd = [person(200 + n, 2, f"ben{n}@crowd.example") for n in range(3)]
    if day == DAY_1:
        lake.put("hubspot", "contacts", DAY_1, [*people, *doubles, *crowd])
    else:
        lake.put("hubspot", "contacts", DAY_2, [person(101, 68, "someone@else.example", DAY_2)])


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Said, Said]]:
    """After each day, what the warehouse that grew says, and what it says when everybody is stitched."""
    root: Path = tmp_path_factory.mktemp("likely")
    lake = Lake(root / "lake", root / "warehouse.duckdb", switches=SWITCHED_ON)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # of the event loop that dbt-duckdb makes for a Python model
        needed = only(*TOLD, "int_identity__likely_known")
        fill(lake, DAY_1)
        lake.build("2026-08-02", *needed)
        first = said(lake)
        fill(lake, DAY_2)
        whole = lake.copied("whole")
        whole.build("2026-08-03", *needed, everything=True)
        lake.build("2026-08-03", *needed)
        gc.collect()
    return [(first, first), (said(lake), said(whole))]


def test_a_double_under_another_address_is_one_customer_and_says_by_which_rule(days: list[tuple[Said, Said]]) -> None:
    first = days[0][0]
    joined = [n for n in range(1, 41, 4) if customer(first, str(n)) == customer(first, str(100 + n))]
    assert len(joined) >= 8
    rules = {row[4] for row in first["customer_identities"] if row[1] == "likely_person"}
    assert rules == {"likely_person"}
    shares = {row[5] for row in first["customer_identities"] if row[1] == "likely_person"}
    assert all(0.7 <= share < 1 for share in shares)


def test_strangers_stay_apart(days: list[tuple[Said, Said]]) -> None:
    assert len(set.union(*(customer(days[0][0], str(n)) for n in range(1, 71)))) == 70


def test_more_alike_than_the_cap_allows_are_joined_by_nobody_and_listed(days: list[tuple[Said, Said]]) -> None:
    first = days[0][0]
    assert len(set.union(*(customer(first, str(n)) for n in (2, 200, 201, 202)))) == 4
    skipped = [row for row in first["skipped_identifiers"] if "likely_person" in row]
    assert [row[3] for row in skipped] == ["on too many records"]
    assert reason(first, str(skipped[0][1])) == ["on too many records"]


def test_who_no_longer_agrees_is_parted_again(days: list[tuple[Said, Said]]) -> None:
    first, second = days[0][0], days[1][0]
    assert customer(first, "1") == customer(first, "101")
    assert customer(second, "1") != customer(second, "101")


@pytest.mark.parametrize("mart", TOLD)
def test_the_touched_alone_give_what_everybody_gives_with_the_rule_too(
    days: list[tuple[Said, Said]], mart: str
) -> None:
    grown, whole = days[1]
    assert grown[mart] == whole[mart]
