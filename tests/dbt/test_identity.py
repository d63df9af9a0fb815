"""Who is who: one town with every difficulty, built day by day and all at once."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.dbt.lake import Lake, at, digest

DAY_1, DAY_2, DAY_3 = "2026-08-01", "2026-08-02", "2026-08-03"
AS_OF_1, AS_OF_2, AS_OF_3 = "2026-08-02", "2026-08-03", "2026-08-04"

Row = dict[str, Any]


def contact(number: int, email: str = "", day: str = DAY_1, **more: Any) -> Row:
    """A contact as the CRM states it."""
    row: Row = {"contact_id": str(number), "created_at": at(f"2026-01-{number % 28 + 1:02d}"), "modified_at": at(day)}
    if email:
        row |= {"email": email, "email_digest": digest(email)}
    return row | more


def member_id(email: str) -> str:
    """The id of a member: a hash of the address, as at the vendor."""
    return digest("member:" + email)[:32]


def member(email: str, day: str = DAY_1, **more: Any) -> Row:
    """A member of an audience."""
    row = {"list_id": "news", "member_id": member_id(email), "email": email, "email_digest": digest(email)}
    return row | {"status": "subscribed", "changed_at": at(day), "opted_in_at": at("2026-02-01")} | more


def visit(number: int, visitor: str, user: str | None, start: str, end: str) -> Row:
    """A visit of the site, signed in or not."""
    row = {"visit_id": str(number), "visitor_id": visitor, "user_id": user}
    return row | {"first_action_at": at(start), "last_action_at": at(end)}


def fill_first_day(lake: Lake, turn: int = 1) -> None:
    """The first day; `turn` -1 lands every partition in the opposite order."""
    chain = [
        contact(1000 + n, f"chain{n}@x.example", additional_emails_digest=[digest(f"chain{n + 1}@x.example")])
        for n in range(100)
    ]
    contacts = [
        contact(1, "Ann@x.example", site_user_id="u1", bluesky_handle_digest=digest("ann.example"), first_name="Ann"),
        contact(2, "bob@x.example", first_name="Bob", last_name="Ray"),
        contact(3, "anna.smith@x.example", first_name="Anna", last_name="Smith"),
        contact(4, "a.smith@y.example", first_name="Anna", last_name="Smith"),
        contact(5, "info@firm.example", site_user_id="u5"),
        contact(6, "info@firm.example", site_user_id="u6"),
        *(contact(10 + n, "family@x.example") for n in range(4)),
        contact(20, "eve@x.example", merged_contact_ids=["21"]),
        contact(21, "eve@old.example", site_user_id="u21", modified_at=at("2026-07-30")),
        contact(30, "gone@x.example", first_name="Gone"),
        contact(31, "p@x.example", phone_digest=digest("+1")),
        contact(32, "q@x.example", phone_digest=digest("+1")),
        contact(33, "r@x.example", phone_digest=digest("+3")),
        *chain,
    ]
    contacts[10]["additional_emails_digest"] = [digest("eve@old.example")]
    visits = [
        visit(1, "ann-laptop", None, "2026-08-01 08:00", "2026-08-01 08:10"),
        visit(2, "ann-laptop", "u1", "2026-08-01 09:00", "2026-08-01 09:10"),
        visit(3, "tablet", "u1", "2026-08-01 10:00", "2026-08-01 10:30"),
        visit(4, "tablet", "u5", "2026-08-01 12:00", "2026-08-01 12:30"),
        *(visit(10 + n, "kiosk", f"k{n}", f"2026-08-01 1{n}:00", f"2026-08-01 1{n}:05") for n in range(6)),
        visit(30, "stranger", None, "2026-08-01 08:00", "2026-08-01 08:10"),
    ]
    likes = [
        {"interaction_uri": f"at://{n}", "reason": "like", "actor_did": did, "indexed_at": at("2026-08-01 11:00")}
        | {"actor_handle": handle, "actor_handle_digest": digest(handle)}
        for n, (did, handle) in enumerate([("did:ann", "ann.example"), ("did:fan", "fan.example")])
    ]
    lake.put("hubspot", "contacts", DAY_1, contacts[::turn])
    lake.put(
        "hubspot",
        "contacts_archived",
        DAY_1,
        [
            {"contact_id": "30", "created_at": at("2026-01-01"), "archived_at": at("2026-08-01 20:00")},
        ],
    )
    lake.put(
        "mailchimp",
        "members",
        DAY_1,
        [member("ann@x.example"), member("BOB@x.example"), member("zoe@x.example")][::turn],
    )
    lake.put("matomo", "visits", DAY_1, visits[::turn])
    lake.put("bluesky", "interactions", DAY_1, likes[::turn])


def fill_second_day(lake: Lake) -> None:
    """A contact with both addresses joins two customers; Ann signs in on a new device."""
    bridge = contact(40, "bob@x.example", DAY_2, additional_emails_digest=[digest("zoe@x.example")])
    lake.put("hubspot", "contacts", DAY_2, [bridge])
    lake.put("matomo", "visits", DAY_2, [visit(50, "ann-phone", "u1", "2026-08-02 09:00", "2026-08-02 09:10")])


def customer_of(lake: Lake, identifier_type: str, value: str) -> str | None:
    """Whom an identifier stands for."""
    found = lake.rows(
        "select distinct customer_id from marts.customer_identities where identifier_type = ? and identifier_value = ?",
        identifier_type,
        value,
    )
    assert len(found) <= 1
    return str(found[0][0]) if found else None


def contact_of(lake: Lake, number: int) -> str | None:
    """Whose contact it is."""
    return customer_of(lake, "hubspot_contact_id", str(number))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The first day, built."""
    root = tmp_path_factory.mktemp("town")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    fill_first_day(lake)
    lake.build(AS_OF_1)
    return lake


def test_one_person_is_one_customer_over_crm_email_site_and_network(town: Lake) -> None:
    ann = contact_of(town, 1)
    assert ann
    assert customer_of(town, "mailchimp_member_id", member_id("ann@x.example")) == ann
    assert customer_of(town, "email", digest("ann@x.example")) == ann
    assert customer_of(town, "site_user_id", "u1") == ann
    assert customer_of(town, "bluesky_did", "did:ann") == ann
    assert customer_of(town, "matomo_visitor_id", "ann-laptop") == ann


def test_case_never_makes_a_second_person(town: Lake) -> None:
    assert contact_of(town, 2) == customer_of(town, "mailchimp_member_id", member_id("bob@x.example"))


def test_two_people_of_one_name_stay_two(town: Lake) -> None:
    assert contact_of(town, 3) != contact_of(town, 4)


def test_a_role_mailbox_joins_nobody_and_is_listed(town: Lake) -> None:
    assert contact_of(town, 5) != contact_of(town, 6)
    assert town.rows(
        "select reason, group_size from marts.skipped_identifiers where identifier_value = ?",
        digest("info@firm.example"),
    ) == [("role mailbox", 2)]


def test_a_mailbox_on_too_many_contacts_joins_nobody_and_is_listed(town: Lake) -> None:
    assert len({contact_of(town, 10 + n) for n in range(4)}) == 4
    assert town.rows(
        "select reason, group_size, max_group_size from marts.skipped_identifiers where identifier_value = ?",
        digest("family@x.example"),
    ) == [("on too many records", 4, 3)]


def test_a_merged_contact_keeps_its_past_under_the_survivor(town: Lake) -> None:
    assert contact_of(town, 20) == contact_of(town, 21) == customer_of(town, "site_user_id", "u21")


def test_a_phone_follows_one_customer_and_joins_none(town: Lake) -> None:
    assert contact_of(town, 31) != contact_of(town, 32)
    assert customer_of(town, "phone", digest("+1")) is None
    assert customer_of(town, "phone", digest("+3")) == contact_of(town, 33)


def test_a_chain_of_a_hundred_is_one_person(town: Lake) -> None:
    assert len({contact_of(town, 1000 + n) for n in range(100)}) == 1


def test_a_shared_device_stays_with_who_was_signed_in_then(town: Lake) -> None:
    turns = town.rows(
        "select customer_id, valid_from, valid_to from marts.customer_identities "
        "where identifier_value = 'tablet' order by valid_from"
    )
    ann, five = contact_of(town, 1), contact_of(town, 5)
    assert [turn[0] for turn in turns] == [ann, five]
    assert [str(moment) for moment in turns[0][1:]] == ["2026-08-01 10:00:00", "2026-08-01 12:00:00"]
    assert [str(moment) for moment in turns[1][1:]] == ["2026-08-01 12:00:00", "2026-08-02 00:30:00"]


def test_a_device_of_too_many_is_nobodys_and_is_listed(town: Lake) -> None:
    assert customer_of(town, "matomo_visitor_id", "kiosk") is None
    assert town.rows(
        "select reason, group_size, max_group_size from marts.skipped_identifiers where identifier_value = 'kiosk'"
    ) == [("device of too many customers", 6, 4)]


def test_who_is_only_seen_from_outside_is_no_customer(town: Lake) -> None:
    assert customer_of(town, "bluesky_did", "did:fan") is None
    assert customer_of(town, "matomo_visitor_id", "stranger") is None


def test_a_deleted_contact_has_no_profile_but_keeps_its_id(town: Lake) -> None:
    assert contact_of(town, 30)
    assert town.rows("select * from marts.customer_profiles where customer_id = ?", contact_of(town, 30)) == []


def test_a_profile_is_one_record_whole(town: Lake) -> None:
    assert town.rows(
        "select source_system, email, first_name, full_name from marts.customer_profiles where customer_id = ?",
        contact_of(town, 2),
    ) == [("hubspot", "bob@x.example", "Bob", "Bob Ray")]


def test_no_personal_value_leaves_the_profiles(town: Lake) -> None:
    tables = town.rows(
        "select table_schema || '.' || table_name from information_schema.tables "
        "where table_schema in ('marts', 'intermediate', 'staging', 'meta') and table_name not like '%profile%'"
    )
    assert len(tables) > 60
    for (table,) in tables:
        leaks = town.rows(f"select count(*) from {table} as t where t::varchar like '%.example%'")  # noqa: S608  its own
        assert leaks == [(0,)], table


def test_order_of_arrival_changes_nothing(town: Lake, lake: Lake) -> None:
    fill_first_day(lake, turn=-1)
    lake.build(AS_OF_1)
    everyone = "select * from marts.customer_identities order by all"
    assert lake.rows(everyone) == town.rows(everyone)


@dataclass
class Moment:
    """What the warehouse said after a build."""

    identities: list[tuple[Any, ...]]
    changes: list[tuple[Any, ...]]
    changed: set[str]

    def customer(self, value: str) -> str | None:
        """Whom an identifier stood for."""
        return next((row[0] for row in self.identities if row[2] == value), None)


def told(lake: Lake, as_of: str) -> Moment:
    """What the warehouse says now, and what the build of that day changed."""
    return Moment(
        lake.rows("select * from marts.customer_identities order by all"),
        lake.rows(
            "select change_type, from_customer_id, to_customer_id, evidence "
            "from marts.identity_changes where as_of = cast(? as date) order by all",
            as_of,
        ),
        {row[0] for row in lake.rows("select customer_id from intermediate.int_identity__changed_customers")},
    )


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Moment]:
    """Three days, one after the other; the second built again, and again from nothing."""
    root = tmp_path_factory.mktemp("story")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    moments = {}
    fill_first_day(lake)
    lake.build(AS_OF_1)
    moments["first"] = told(lake, AS_OF_1)
    fill_second_day(lake)
    assert lake.dbt("build", AS_OF_2, "--select", "+int_identity__changed_customers", touched=[DAY_2]).success
    moments["broken off"] = told(lake, AS_OF_2)
    lake.build(AS_OF_2)
    moments["second"] = told(lake, AS_OF_2)
    lake.build(AS_OF_2)
    moments["again"] = told(lake, AS_OF_2)
    lake.build(AS_OF_2, "--full-refresh", everything=True)
    moments["refreshed"] = told(lake, AS_OF_2)
    lake.put("hubspot", "contacts", DAY_3, [contact(40, "forty@x.example", DAY_3)])
    lake.build(AS_OF_3)
    moments["third"] = told(lake, AS_OF_3)
    return moments


BOB, ZOE = member_id("bob@x.example"), member_id("zoe@x.example")


def test_everyone_is_new_on_the_first_day(story: dict[str, Moment]) -> None:
    first = story["first"]
    assert {change[0] for change in first.changes} == {"NEW"}
    assert {change[2] for change in first.changes} == {row[0] for row in first.identities} == first.changed


def test_a_bridge_makes_one_merge_and_the_old_id_still_leads_on(story: dict[str, Moment]) -> None:
    bob, zoe = story["first"].customer(BOB), story["first"].customer(ZOE)
    second = story["second"]
    assert bob != zoe
    assert second.customer(BOB) == second.customer(ZOE) == second.customer(str(zoe)) == bob
    assert second.changes == [("MERGED", zoe, bob, "contact_email on hubspot_contact_id 40")]
    assert second.changed == {bob, zoe, story["first"].customer("u1")}


def test_nobody_else_gets_another_id(story: dict[str, Moment]) -> None:
    moved = set(story["first"].identities) - set(story["second"].identities)
    assert {row[2] for row in moved} == {ZOE, digest("zoe@x.example")}


def test_the_same_day_again_changes_nothing(story: dict[str, Moment]) -> None:
    assert story["again"].identities == story["second"].identities
    assert story["again"].changes == story["second"].changes
    assert story["again"].changed == set()


def test_a_full_refresh_changes_nothing(story: dict[str, Moment]) -> None:
    assert story["refreshed"].identities == story["second"].identities
    assert story["refreshed"].changes == story["second"].changes


def test_a_build_that_broke_off_forgets_no_change(story: dict[str, Moment]) -> None:
    assert story["broken off"].changed == story["second"].changed != set()


def test_a_link_that_goes_splits_and_no_id_comes_back_with_another_meaning(story: dict[str, Moment]) -> None:
    bob, zoe = story["first"].customer(BOB), story["first"].customer(ZOE)
    third = story["third"]
    assert third.customer(BOB) == bob
    assert len({third.customer(BOB), third.customer(ZOE), third.customer("40"), zoe}) == 4
    assert sorted(third.changes) == sorted(
        [("SPLIT", bob, third.customer(ZOE), None), ("SPLIT", bob, third.customer("40"), None)]
    )
