"""The city's drop folder beside its CRM: members and contacts are the people of the city, and orders count once."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors.auth import Account
from extractors.catalog import catalog
from extractors.run import extract
from extractors.spec import Window
from sandbox import dropped, truth
from sandbox.server import Sandbox, serve_in_thread
from sandbox.world import World, build, instant
from tests.dbt.lake import Lake

FIRST, END = date(2026, 8, 1), date(2026, 8, 25)
NOW = "2026-08-25T06:00:00Z"
KEY = b"a key for tests"


@pytest.fixture(scope="module")
def world() -> World:
    return build(7, 250, FIRST, instant(NOW))


@pytest.fixture(scope="module")
def city(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """Three weeks of the city: the CRM's contacts and deals, and all that was dropped."""
    root: Path = tmp_path_factory.mktemp("city")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    dropped.write(world, instant(NOW), root / "drop")
    server, stop = serve_in_thread(Sandbox(world, instant(NOW), FIRST, 1000.0))
    hubspot = Account(f"http://127.0.0.1:{server.server_port}/hubspot", {"token": "sandbox-hubspot-token"}, {}, 1000.0)
    asked = [("hubspot", name, hubspot) for name in ("contacts", "deals")]
    asked += [("files", endpoint.name, Account(str(root / "drop"))) for endpoint in catalog()["files"].roots]
    try:
        for vendor, name, account in asked:
            now = datetime(2026, 8, 26, tzinfo=UTC)
            extract(catalog()[vendor], name, Window(FIRST, END), account, str(lake.root), KEY, now=now)
    finally:
        stop()
    lake.build(END.isoformat(), everything=True)
    yield lake


def holders(city: Lake, kind: str) -> dict[str, str]:
    """The customer behind every identifier of a kind."""
    sql = "select identifier_value, customer_id from marts.customer_identities where identifier_type = ?"
    return {str(value): str(customer) for value, customer in city.rows(sql, kind)}


def test_a_member_who_gave_the_address_of_the_crm_is_its_contact(city: Lake, world: World) -> None:
    told = truth.identifiers(world, instant(NOW)).to_pylist()
    contacts, members = holders(city, "hubspot_contact_id"), holders(city, "loyalty_id")
    of_person = defaultdict(set)
    for row in told:
        if row["identifier_type"] == "hubspot_contact_id" and row["identifier_value"] in contacts:
            of_person[int(row["person_id"][1:])].add(contacts[row["identifier_value"]])
    gave = (
        "select distinct record_id from intermediate.int_identity__sightings "
        "where rule = 'loyalty_email' and exclusion is null"
    )
    both = [int(loyalty[1:]) for (loyalty,) in city.rows(gave) if int(loyalty[1:]) in of_person]
    assert len(both) > 10
    assert [person for person in both if members[f"L{person:06d}"] not in of_person[person]] == []


def test_no_customer_is_two_members(city: Lake) -> None:
    members = holders(city, "loyalty_id")
    assert len(members) > 20
    assert len(set(members.values())) == len(members)


def test_an_order_of_the_till_that_the_crm_knows_counts_once(city: Lake) -> None:
    sql = "select source_system, count(*), count(distinct order_number) from marts.orders group by 1"
    counted = {source: (orders, numbers) for source, orders, numbers in city.rows(sql)}
    ((numbered,),) = city.rows("select count(*) from staging.stg_files__orders where order_number is not null")
    assert numbered > 5
    assert counted["files"][0] > 20
    twice = "select order_number from marts.orders group by 1 having count(distinct source_system) > 1"
    assert [number for (number,) in city.rows(twice) if number] == []


def test_every_template_is_in_the_marts_or_staged_for_them(city: Lake) -> None:
    acts = dict(city.rows("select activity, count(*) from marts.activities where source_system = 'files' group by 1"))
    assert {"bought_in_store", "earned_points", "was_issued_coupon", "redeemed_coupon", "attended_event"} <= acts.keys()
    assert {"registered_for_event", "gave_nps", "gave_acsi", "referred_friend", "joined_by_referral"} <= acts.keys()
    for table in ("campaign_costs", "goals"):
        ((rows,),) = city.rows(f"select count(*) from staging.stg_files__{table}")
        assert rows > 0
