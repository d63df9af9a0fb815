"""What Klaviyo tells of a small town: the same people as in the CRM, their mail, their orders, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from extractors import settings
from extractors.catalog import catalog
from extractors.run import extract
from extractors.spec import Window
from sandbox.city.crm import contact_ids
from sandbox.city.mail import CLICK
from sandbox.klaviyo_records import Shop, shop
from sandbox.server import Sandbox, serve_in_thread
from sandbox.world import build, instant
from tests.dbt.lake import Lake
from tests.dbt.test_incremental_equals_full_refresh import NO_TESTS, differences, everything_anew
from tests.journey.town import CREDENTIALS

FIRST, LOADED, LAST = date(2026, 8, 1), date(2026, 8, 13), date(2026, 8, 14)
VENDORS = ("hubspot", "klaviyo")


@dataclass
class Told:
    """A lake with the town in it, built; the shop behind it, and the instant that it was last asked at."""

    lake: Lake
    shop: Shop
    now: int

    def one(self, sql: str, *values: object) -> tuple[object, ...]:
        """The only row of an answer."""
        (row,) = self.lake.rows(sql, *values)
        return row


def read(lake: Lake, port: int, window: Window) -> None:
    """Every root endpoint of both vendors for a window; the lake knows which days changed."""
    for vendor in VENDORS:
        told = {"host": f"http://127.0.0.1:{port}/{vendor}", **CREDENTIALS[vendor], "extra": {"rate_factor": "1000"}}
        who = settings.account_of(vendor, told)
        for endpoint in catalog()[vendor].roots:
            done = extract(catalog()[vendor], endpoint.name, window, who, lake.root, b"a key for tests")
            lake.changed |= {date.fromisoformat(receipt.day) for receipt in done}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Thirteen days at once and one by itself, built on what was there."""
    root: Path = tmp_path_factory.mktemp("klaviyo")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    now = instant(f"{LAST + timedelta(days=1)}T06:00:00Z")
    sandbox = Sandbox(build(seed=7, count=400, first=FIRST, now=now), now, FIRST, rate_factor=1000)
    server, stop = serve_in_thread(sandbox)
    try:
        for start, end in ((FIRST, LOADED), (LAST, LAST)):
            sandbox.now = instant(f"{end + timedelta(days=1)}T06:00:00Z")
            read(lake, server.server_port, Window(start, end + timedelta(days=1)))
            lake.build(str(end + timedelta(days=1)), *(NO_TESTS if end < LAST else ()))
        yield Told(lake, shop(sandbox.world), sandbox.now)
    finally:
        stop()


def test_day_by_day_equals_all_at_once(told: Told) -> None:
    whole = everything_anew(told.lake, str(LAST + timedelta(days=1)))
    unread = {"sessions", "content_views", "content_days"}  # neither the web site nor a network was read
    unread |= {"social_interactions", "social_post_days", "social_days"}
    assert differences(told.lake, whole, unread) == {}


def test_a_profile_is_the_customer_that_its_contact_is(told: Told) -> None:
    town, profiles = told.shop.people, told.shop.profiles
    who = [i for i in sorted(set(profiles.ids[profiles.as_of(told.now)].tolist())) if town.in_crm[i]]
    contacts = contact_ids(np.array(who)).tolist()
    pairs = {(told.shop.profile_ids[i], str(number)) for i, number in zip(who, contacts, strict=True)}
    sql = "select identifier_value, customer_id from marts.customer_identities where identifier_type = ?"
    profile = dict(told.lake.rows(sql, "klaviyo_profile_id"))
    contact = dict(told.lake.rows(sql, "hubspot_contact_id"))
    both = [(profile[p], contact[c]) for p, c in pairs if p in profile and c in contact]
    assert len(both) > 100
    assert sum(a == b for a, b in both) / len(both) > 0.95


def test_no_two_people_are_one_customer(told: Told) -> None:
    person = {code: i for i, code in enumerate(told.shop.profile_ids)}
    rows = told.lake.rows(
        "select customer_id, identifier_value from marts.customer_identities "
        "where identifier_type = 'klaviyo_profile_id'"
    )
    people: dict[str, set[int]] = {}
    for customer, code in rows:
        people.setdefault(customer, set()).add(person[code])
    assert [found for found in people.values() if len(found) > 1] == []


def test_an_order_that_the_crm_knows_counts_once_and_as_the_crm_has_it(told: Told) -> None:
    placed = told.one("select count(*) from intermediate.int_order__klaviyo_orders")[0]
    counted = told.lake.rows(
        "select order_number, count(*) from marts.orders where order_number is not null group by 1"
    )
    assert placed > 5
    assert {count for _, count in counted} == {1}
    acts = told.lake.rows(
        "select json_extract_string(feature_json, '$.order_number') as number, count(*) from marts.activities "
        "where activity = 'placed_order' and feature_json is not null group by number having count(*) > 1"
    )
    assert acts == []


def told_of(told: Told, metric: str) -> set[tuple[int, int, int]]:
    """Campaign, person and instant of the events of a metric that were told in time, those of flows left out."""
    events, end = told.shop.events, instant(f"{LAST + timedelta(days=1)}T00:00:00Z")
    rows = np.flatnonzero((events.at < end) & (events.seen_at <= told.now)).tolist()
    wanted = [row for row in rows if events.metric(row) == metric and events.campaign(row) >= 0]
    return {(events.campaign(row), events.person(row), int(events.at[row])) for row in wanted}


def test_every_send_is_there_with_what_became_of_it(told: Told) -> None:
    received, bounced = ({key[:2] for key in told_of(told, name)} for name in ("Received Email", "Bounced Email"))
    found = told.one(
        "select count(*), sum(cast(was_bounced as integer)) from marts.email_sends where campaign_id in "
        "(select campaign_id from staging.stg_klaviyo__campaigns)"
    )
    assert len(received) > 100
    assert found == (len(received | bounced), len(bounced))


def test_clicks_of_machines_are_told_from_those_of_people(told: Told) -> None:
    mail = told.shop.mail
    rows = np.flatnonzero((mail.act == CLICK) & mail.act_is_machine)
    machines = set(
        zip(mail.act_campaign[rows].tolist(), mail.act_person[rows].tolist(), mail.act_at[rows].tolist(), strict=True)
    )
    clicks = told_of(told, "Clicked Email")
    sql = (
        "select count(distinct (campaign_id, coalesce(customer_id, anonymous_customer_id), ts)) from marts.activities "
        "where activity = 'clicked_email' and source_system = 'klaviyo' and is_machine = ?"
    )
    true, found = len(clicks & machines), told.one(sql, True)[0]
    assert isinstance(found, int)
    assert true > 20
    assert abs(found - true) <= 0.05 * true  # act by act in tests/journey/test_machines.py
    assert told.one(sql, False) == (len(clicks) - found,)


def test_consent_is_told_by_channel_and_a_reader_who_left_has_revoked(told: Told) -> None:
    rows = told.lake.rows("select distinct scope, status from marts.consents where source_system = 'klaviyo'")
    assert {("email_marketing", "GRANTED"), ("sms_marketing", "GRANTED")} <= set(rows)
    left = told.lake.rows(
        "select status from marts.consents where source_system = 'klaviyo' and is_current and source_record_id in "
        "(select profile_id from staging.stg_klaviyo__profiles where email_consent = 'UNSUBSCRIBED') "
        "and scope = 'email_marketing'"
    )
    assert {status for (status,) in left} <= {"REVOKED"}
