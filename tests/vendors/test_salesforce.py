"""Salesforce as the only CRM of a small town, beside Mailchimp: who is who, what they did, what they bought."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from extractors import settings
from extractors.catalog import catalog
from extractors.run import extract
from extractors.spec import Window
from sandbox import truth
from sandbox.city.crm import CONTACT_ID
from sandbox.salesforce_people import crowd
from sandbox.server import Sandbox, serve_in_thread
from sandbox.world import World, build, instant
from tests.dbt.lake import Lake
from tests.journey.town import CREDENTIALS

FIRST, LAST, NOW = date(2026, 8, 1), date(2026, 9, 4), instant("2026-09-05T06:00:00Z")
PEOPLE = 160


@pytest.fixture(scope="module")
def world() -> World:
    """The town and its truth."""
    return build(7, PEOPLE, FIRST, NOW)


@pytest.fixture(scope="module")
def built(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """The marts over all its days, after a first load and the last day's run."""
    top: Path = tmp_path_factory.mktemp("salesforce")
    lake = Lake(top / "lake", top / "warehouse.duckdb")
    server, stop = serve_in_thread(Sandbox(world, NOW, FIRST, rate_factor=1000))
    os.environ["RAPPORT_VENDORS"] = "mailchimp,salesforce"
    try:
        for first, last in ((FIRST, LAST - timedelta(1)), (LAST, LAST)):
            for vendor in ("mailchimp", "salesforce"):
                host = f"http://127.0.0.1:{server.server_port}/{vendor}"
                account = settings.account_of(vendor, {"host": host, **CREDENTIALS[vendor]})
                for endpoint in catalog()[vendor].roots:
                    window = Window(first, last + timedelta(1))
                    for receipt in extract(catalog()[vendor], endpoint.name, window, account, lake.root, b"key"):
                        lake.changed.add(receipt.date)
            lake.build(str(last + timedelta(1)))
        yield lake
    finally:
        del os.environ["RAPPORT_VENDORS"]
        stop()


def test_every_purchase_is_an_order_of_the_right_amount(built: Lake, world: World) -> None:
    bought = truth.purchases(world, NOW)
    unknown = {(number - CONTACT_ID) // 7 for number in crowd(world).unconverted}
    expected = sorted(
        (f"{amount:.2f}", str(day))
        for amount, day, person in zip(
            bought["amount"].to_pylist(), bought["day"].to_pylist(), bought["person_id"].to_pylist(), strict=True
        )
        if int(person[1:]) not in unknown and day <= LAST
    )
    found = built.rows("select printf('%.2f', net_sales), cast(ordered_date as varchar) from marts.orders")
    assert sorted(found) == expected
    assert len(expected) > 10


def test_every_order_of_a_known_contact_has_its_customer(built: Lake) -> None:
    ((orders, known),) = built.rows("select count(*), count(customer_id) from marts.orders")
    assert known == orders > 0


def test_a_converted_lead_and_its_contact_are_one_customer(built: Lake) -> None:
    pairs = built.rows("""
        select leads.customer_id, contacts.customer_id
        from staging.stg_salesforce__leads as stated
        inner join marts.customer_identities as leads
            on leads.identifier_type = 'salesforce_lead_id' and leads.identifier_value = stated.lead_id
        inner join marts.customer_identities as contacts
            on contacts.identifier_value = stated.converted_contact_id
        where stated.is_converted and contacts.identifier_type = 'salesforce_contact_id'
    """)
    assert len(pairs) > 5
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_what_was_done_about_a_merged_contact_belongs_to_who_remains(built: Lake) -> None:
    merged = built.rows("""
        select gone.customer_id, kept.customer_id
        from staging.stg_salesforce__contacts as stated
        inner join marts.customer_identities as gone on gone.identifier_value = stated.contact_id
        inner join marts.customer_identities as kept on kept.identifier_value = stated.master_contact_id
        where stated.is_deleted
    """)
    assert merged
    assert [pair for pair in merged if pair[0] != pair[1]] == []


def test_contacts_and_members_with_one_address_are_one_customer(built: Lake) -> None:
    ((joined,),) = built.rows("""
        select count(distinct contacts.customer_id)
        from marts.customer_identities as contacts
        inner join marts.customer_identities as members on contacts.customer_id = members.customer_id
        where contacts.identifier_type = 'salesforce_contact_id' and members.identifier_type = 'mailchimp_member_id'
    """)
    assert joined > 20


def test_every_act_is_told_by_its_kind_and_what_is_deleted_is_none(built: Lake) -> None:
    found = dict(
        built.rows(
            "select activity, count(*) from marts.activities where source_system = 'salesforce' group by activity"
        )
    )
    assert found.keys() >= {
        *("placed_order", "opened_ticket", "called_company", "was_called", "was_written_to"),
        *("was_in_logged_meeting", "answered_campaign"),
    }
    ((stray,),) = built.rows("""
        select count(*)
        from marts.activities as acts
        inner join staging.stg_salesforce__events as events
            on acts.source_record_id = concat('salesforce/events/', events.event_id)
        where events.is_deleted
    """)
    assert stray == 0


def test_accounts_contacts_and_leads_have_owners_in_turn(built: Lake) -> None:
    ((accounts,),) = built.rows("select count(*) from marts.accounts where owner_id like '005%'")
    assert accounts > 0
    ((spells, current, leads),) = built.rows(
        "select count(*), sum(cast(is_current as integer)), count(salesforce_lead_id) from marts.owner_assignments"
    )
    assert spells >= current > accounts
    assert leads > 0
    assert built.rows("select count(*) from marts.owners") == [(8,)]


def test_an_opt_out_is_a_refusal_and_nothing_else_is_a_consent(built: Lake) -> None:
    statuses = {
        s for (s,) in built.rows("select distinct status from marts.consents where source_system = 'salesforce'")
    }
    assert statuses <= {"DENIED", "PENDING"}
    assert "DENIED" in statuses


def test_a_day_that_salesforce_spoke_for_has_a_number_of_buyers(built: Lake) -> None:
    found = built.rows(
        "select converting_customers_28d from marts.kpi_days where segment = 'all' and kpi_date = ?", LAST
    )
    assert found[0][0] > 0
