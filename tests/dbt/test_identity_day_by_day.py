"""What a day does to people far from it: stitched alone, the touched give what stitching everybody gives."""

from pathlib import Path
from typing import Any

import pytest

from tests.dbt.lake import Lake, digest, only
from tests.dbt.town import DAY_1, DAY_2, contact, member, member_id, visit

AS_OF = {1: "2026-08-02", 2: "2026-08-03", 3: "2026-08-04", 4: "2026-08-05"}
TOLD = ("customer_identities", "identity_changes", "skipped_identifiers", "customer_profiles")

Said = dict[str, list[tuple[Any, ...]]]


def said(lake: Lake) -> Said:
    """The marts about who is who, in one order."""
    return {mart: lake.rows(f"select * from marts.{mart} order by all") for mart in TOLD}


def first_day(lake: Lake) -> None:
    """A mailbox and a device of as many as may share it, a crowded one, devices of one, a shared phone."""
    contacts = [
        *(contact(10 + n, "three@x.example") for n in range(3)),
        *(contact(20 + n, "four@x.example") for n in range(4)),
        contact(30, "own@x.example", site_user_id="u30", phone_digest=digest("+30")),
        contact(31, "other@x.example", site_user_id="u31"),
        contact(32, "third@x.example"),
        *(contact(40 + n, f"kiosk{n}@x.example", site_user_id=f"k{n}") for n in range(5)),
        *(contact(60 + n, f"far{n}@x.example", site_user_id=f"far{n}") for n in range(3)),
        *(contact(70 + n, f"claim{n}@x.example", x_handle_digest=digest("pair")) for n in range(2)),
    ]
    visits = [
        visit(1, "laptop", "u30", "2026-08-01 09:00", "2026-08-01 09:10"),
        visit(2, "moving", "u31", "2026-08-01 10:00", "2026-08-01 10:10"),
        *(visit(10 + n, "kiosk", f"k{n}", f"2026-08-01 1{n}:00", f"2026-08-01 1{n}:05") for n in range(4)),
    ]
    lake.put("hubspot", "contacts", DAY_1, contacts)
    lake.put("mailchimp", "members", DAY_1, [member("left@x.example"), member("right@x.example")])
    lake.put("matomo", "visits", DAY_1, visits)


def second_day(lake: Lake) -> None:
    """One more in the mailbox, on a device, on the phone; a merge that thins a crowd; a user id that changes hands."""
    contacts = [
        contact(13, "three@x.example", DAY_2),
        contact(22, "four@x.example", DAY_2, merged_contact_ids=["23"]),
        contact(31, "other@x.example", DAY_2),
        contact(32, "third@x.example", DAY_2, site_user_id="u31", phone_digest=digest("+30")),
        contact(50, "left@x.example", DAY_2, additional_emails_digest=[digest("right@x.example")]),
        contact(71, "claim1@x.example", DAY_2, additional_emails_digest=[digest("claim0@x.example")]),
    ]
    visits = [
        visit(20, "laptop", "u31", "2026-08-02 09:00", "2026-08-02 09:10"),
        visit(21, "kiosk", "k4", "2026-08-02 09:00", "2026-08-02 09:10"),
    ]
    lake.put("hubspot", "contacts", DAY_2, contacts)
    lake.put("matomo", "visits", DAY_2, visits)


def second_day_again(lake: Lake) -> None:
    """The second day is read again and most of it is gone; the first one with a late contact."""
    lake.put("hubspot", "contacts", DAY_2, [contact(31, "other@x.example", DAY_2)])
    lake.put("matomo", "visits", DAY_2, [visit(20, "laptop", "u31", "2026-08-02 09:00", "2026-08-02 09:10")])
    lake.put("mailchimp", "members", DAY_2, [member("far1@x.example", DAY_2)])


def first_day_again(lake: Lake) -> None:
    """The oldest day is read again without the one who held a device, and with a bridge between two who were apart."""
    lake.put(
        "hubspot",
        "contacts",
        DAY_1,
        [
            *(contact(10 + n, "three@x.example") for n in range(2)),
            *(contact(20 + n, "four@x.example") for n in range(4)),
            contact(31, "other@x.example", site_user_id="u30"),
            contact(60, "far0@x.example", additional_emails_digest=[digest("far1@x.example")]),
            contact(61, "far1@x.example", site_user_id="far1"),
        ],
    )


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Said, Said]]:
    """After each day, what the warehouse that grew says, and what it says when everybody is stitched."""
    root: Path = tmp_path_factory.mktemp("days")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    first_day(lake)
    lake.build(AS_OF[1], *only(*TOLD))
    found = [(said(lake), said(lake))]
    for number, fill in ((2, second_day), (3, second_day_again), (4, first_day_again)):
        fill(lake)
        whole = lake.copied(f"whole{number}")
        whole.build(AS_OF[number], *only(*TOLD), everything=True)
        if number == 3:  # a build that breaks off half-way is taken up by the next
            touched = sorted(day.isoformat() for day in lake.changed)
            assert lake.dbt("run", AS_OF[number], "--select", "+int_identity__members", touched=touched).success
        lake.build(AS_OF[number], *only(*TOLD))
        found.append((said(lake), said(whole)))
    return found


def customer(told: Said, value: str) -> set[str]:
    """Whom an identifier stands for, at any time."""
    return {row[0] for row in told["customer_identities"] if row[2] == value}


def reason(told: Said, value: str) -> list[str]:
    """Why an identifier is skipped."""
    return [row[3] for row in told["skipped_identifiers"] if row[1] == value]


@pytest.mark.parametrize("number", [2, 3, 4])
@pytest.mark.parametrize("mart", TOLD)
def test_the_touched_alone_give_what_everybody_gives(days: list[tuple[Said, Said]], number: int, mart: str) -> None:
    grown, whole = days[number - 1]
    assert grown[mart]
    assert grown[mart] == whole[mart]


def test_one_more_in_a_mailbox_parts_all_who_shared_it(days: list[tuple[Said, Said]]) -> None:
    first, second, third = (day[0] for day in days[:3])
    assert len(set.union(*(customer(first, str(10 + n)) for n in range(3)))) == 1
    assert len(set.union(*(customer(second, str(10 + n)) for n in range(4)))) == 4
    assert reason(second, digest("three@x.example")) == ["on too many records"]
    assert len(set.union(*(customer(third, str(10 + n)) for n in range(3)))) == 1
    assert reason(third, digest("three@x.example")) == []


def test_a_merge_makes_a_crowd_small_enough(days: list[tuple[Said, Said]]) -> None:
    first, second, third = (day[0] for day in days[:3])
    groups = [set.union(*(customer(day, str(20 + n)) for n in range(4))) for day in (first, second, third)]
    assert [len(group) for group in groups] == [4, 1, 4]


def test_a_removed_bridge_parts_whom_it_joined(days: list[tuple[Said, Said]]) -> None:
    left, right = member_id("left@x.example"), member_id("right@x.example")
    joined = [customer(day[0], left) == customer(day[0], right) for day in days[:3]]
    assert joined == [False, True, False]
    assert customer(days[2][0], "50") == set()


def test_a_handle_of_two_is_theirs_once_they_share_more_than_it(days: list[tuple[Said, Said]]) -> None:
    assert [reason(day[0], digest("pair")) for day in days[:3]] == [
        ["on too many records"],
        [],
        ["on too many records"],
    ]
    assert [customer(day[0], "70") == customer(day[0], "71") for day in days[:3]] == [False, True, False]


def test_a_device_follows_its_user_to_another_customer(days: list[tuple[Said, Said]]) -> None:
    first, second = days[0][0], days[1][0]
    assert customer(first, "moving") == customer(first, "31")
    assert customer(second, "moving") == customer(second, "32") != customer(second, "31")


def test_a_second_user_ends_that_a_device_is_ones_own(days: list[tuple[Said, Said]]) -> None:
    first, second = days[0][0], days[1][0]
    assert customer(first, "laptop") == customer(first, "30")
    assert customer(second, "laptop") == customer(second, "30") | customer(second, "32")


def test_a_fifth_user_makes_a_device_nobodys(days: list[tuple[Said, Said]]) -> None:
    assert [bool(reason(day[0], "kiosk")) for day in days[:3]] == [False, True, False]


def test_a_phone_of_two_is_nobodys(days: list[tuple[Said, Said]]) -> None:
    assert [bool(reason(day[0], digest("+30"))) for day in days[:3]] == [False, True, False]


def test_the_oldest_day_read_again_joins_and_parts(days: list[tuple[Said, Said]]) -> None:
    third, fourth = days[2][0], days[3][0]
    assert customer(third, "60") != customer(third, "61")
    assert customer(fourth, "60") == customer(fourth, "61")
    assert customer(fourth, "12") == set()
