"""The city's people on Mastodon and X, through the extractor and the models: everybody whom the CRM knows is found."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from extractors.auth import Account
from extractors.catalog import catalog
from extractors.run import extract
from extractors.spec import Window
from sandbox.city.crm import contact_ids
from sandbox.city.crowds import gathering
from sandbox.city.social import FOLLOW, LIKE, REPOST
from sandbox.server import Sandbox, serve_in_thread
from sandbox.world import World, build, instant
from tests.dbt.lake import Lake
from tests.journey.town import CREDENTIALS

FIRST, LAST, NOW = date(2026, 8, 1), date(2026, 8, 15), "2026-08-15T06:00:00Z"
ROOTS = {"hubspot": ("contacts",), "mastodon": ("statuses", "notifications", "followers")}
ROOTS["x"] = ("posts", "mentions", "followers")
STANDING = "select contact_id from staging.stg_hubspot__contacts where not is_archived"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Lake, World]:
    """Two weeks of a small city, as the three vendors tell them."""
    root = tmp_path_factory.mktemp("city")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    world = build(7, 700, FIRST, instant(NOW))
    server, stop = serve_in_thread(Sandbox(world, instant(NOW), FIRST, rate_factor=1000))
    for vendor, endpoints in ROOTS.items():
        told = CREDENTIALS[vendor]
        base = f"http://127.0.0.1:{server.server_port}/{vendor}"
        account = Account(base, {"token": told["password"]}, told.get("extra", {}), rate_factor=1000.0)
        for endpoint in endpoints:
            now = datetime(2026, 8, 15, 6, tzinfo=UTC)
            extract(catalog()[vendor], endpoint, Window(FIRST, LAST), account, lake.root, b"a key", now=now)
    stop()
    lake.build(LAST.isoformat())
    return lake, world


@pytest.mark.parametrize(
    ("network", "account", "source"),
    [
        ("mastodon", "mastodon_account_id", "select actor_id from staging.stg_mastodon__notifications"),
        ("x", "x_user_id", "select user_id from staging.stg_x__likes"),
    ],
)
def test_an_account_is_the_contact_whose_handle_it_bears(
    city: tuple[Lake, World], network: str, account: str, source: str
) -> None:
    lake, world = city
    crowd, _ = gathering(world, network)
    person = {number: i for i, number in enumerate(crowd.account_id) if number}
    contact = {str(number): i for i, number in enumerate(contact_ids(np.arange(len(world.people))))}
    found = lake.rows(
        "select a.identifier_value, c.identifier_value from marts.customer_identities as a "
        "inner join marts.customer_identities as c using (customer_id) "
        f"where a.identifier_type = '{account}' and c.identifier_type = 'hubspot_contact_id'"
    )
    right = {(number, who) for number, who in found if contact.get(who) == person[number]}
    acted = {number for (number,) in lake.rows(source)}
    standing = {contact.get(who) for (who,) in lake.rows(STANDING)}
    known = {number for number in acted if crowd.crm_knows[person[number]] and person[number] in standing}
    assert len(known) >= 4
    assert {number for number, _ in right} >= known
    assert {number for number, _ in found} == {number for number, _ in right}
    assert not {number for number, _ in found} & {number for number in acted if not crowd.crm_knows[person[number]]}


def test_every_act_of_the_city_is_in_the_marts_once(city: tuple[Lake, World]) -> None:
    lake, world = city
    end = instant(f"{LAST}T00:00:00Z")
    for network in ("mastodon", "x"):
        _, social = gathering(world, network)
        happened = social.at < end
        if network == "x":  # who followed before the first snapshot did so at no known time
            happened &= social.kind != FOLLOW
        # a like on the morning after the last day is there when that day is read, and is filed with it
        early = (social.at >= end) & (social.at <= instant(NOW)) & np.isin(social.kind, (LIKE, REPOST))
        expected = int(happened.sum()) + (int(early.sum()) if network == "x" else 0)
        sql = "select count(*), count(distinct activity_id) from marts.activities where source_system = ?"
        assert lake.rows(sql, network) == [(expected, expected)], network


def test_nothing_personal_is_in_the_marts(city: tuple[Lake, World]) -> None:
    lake, world = city
    handles = [h for name in ("mastodon", "x") for h in gathering(world, name)[0].handle if h]
    for mart in ("activities", "customer_identities", "data_coverage"):
        text = str(lake.rows(f"select * from marts.{mart}"))
        assert not [handle for handle in handles if handle in text]
