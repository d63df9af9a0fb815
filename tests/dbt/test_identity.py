"""Who is who, in a town built in one day."""

import pytest

from tests.dbt.lake import Lake, digest, only
from tests.dbt.town import AS_OF_1, fill_first_day, member_id

TOLD = ("customer_identities", "customer_profiles", "skipped_identifiers")


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
    lake.build(AS_OF_1, *only(*TOLD))
    return lake


def test_one_person_is_one_customer_over_crm_email_site_and_network(town: Lake) -> None:
    ann = contact_of(town, 1)
    assert ann
    assert customer_of(town, "mailchimp_member_id", member_id("ann@x.example")) == ann
    assert customer_of(town, "email", digest("ann@x.example")) == ann
    assert customer_of(town, "site_user_id", "u1") == ann
    assert customer_of(town, "bluesky_did", "did:ann") == ann
    assert customer_of(town, "matomo_visitor_id", "ann-laptop") == ann


def test_b4_case_never_makes_a_second_person(town: Lake) -> None:
    assert contact_of(town, 2) == customer_of(town, "mailchimp_member_id", member_id("bob@x.example"))


def test_b13_two_people_of_one_name_stay_two(town: Lake) -> None:
    assert contact_of(town, 3) != contact_of(town, 4)


def test_a_role_mailbox_joins_nobody_and_is_listed(town: Lake) -> None:
    assert contact_of(town, 5) != contact_of(town, 6)
    assert town.rows(
        "select reason, group_size from marts.skipped_identifiers where identifier_value = ?",
        digest("info@firm.example"),
    ) == [("role mailbox", 2)]


def test_a_disposable_address_joins_nobody_and_is_listed(town: Lake) -> None:
    assert contact_of(town, 51) != contact_of(town, 52)
    assert town.rows(
        "select reason, group_size from marts.skipped_identifiers where identifier_value = ?",
        digest("throw.away@mailinator.com"),
    ) == [("disposable domain", 2)]


def test_an_address_of_the_company_itself_joins_nobody_and_is_listed_by_each_rule(town: Lake) -> None:
    assert contact_of(town, 53) != customer_of(town, "mailchimp_member_id", member_id("colleague@brand.example"))
    assert town.rows(
        "select rule, reason from marts.skipped_identifiers where identifier_value = ? order by all",
        digest("colleague@brand.example"),
    ) == [("contact_email", "internal staff"), ("member_email", "internal staff")]


def test_a_mailbox_on_too_many_contacts_joins_nobody_and_is_listed(town: Lake) -> None:
    assert len({contact_of(town, 10 + n) for n in range(4)}) == 4
    assert town.rows(
        "select reason, group_size, max_group_size from marts.skipped_identifiers where identifier_value = ?",
        digest("family@x.example"),
    ) == [("on too many records", 4, 3)]


def test_b6_a_merged_contact_keeps_its_past_under_the_survivor(town: Lake) -> None:
    assert contact_of(town, 20) == contact_of(town, 21) == customer_of(town, "site_user_id", "u21")


def test_a_phone_follows_one_customer_and_joins_none(town: Lake) -> None:
    assert contact_of(town, 31) != contact_of(town, 32)
    assert customer_of(town, "phone", digest("+1")) is None
    assert customer_of(town, "phone", digest("+3")) == contact_of(town, 33)


def test_b11_a_chain_of_a_hundred_is_one_person(town: Lake) -> None:
    assert len({contact_of(town, 1000 + n) for n in range(100)}) == 1


def test_b15_a_shared_device_stays_with_who_was_signed_in_then(town: Lake) -> None:
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


def test_b4_a_profile_is_one_record_whole(town: Lake) -> None:
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
        leaks = town.rows(f"select count(*) from {table} as t where t::varchar like '%.example%'")
        assert leaks == [(0,)], table


def test_b11_order_of_arrival_changes_nothing(town: Lake, lake: Lake) -> None:
    fill_first_day(lake, turn=-1)
    lake.build(AS_OF_1, *only(*TOLD))
    everyone = "select * from marts.customer_identities order by all"
    assert lake.rows(everyone) == town.rows(everyone)
