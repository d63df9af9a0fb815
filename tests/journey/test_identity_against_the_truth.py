"""The city knows who is who; the models must find it out from what the vendors answer."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from extractors.catalog import catalog
from extractors.spec import Window
from tests.dbt.lake import Lake

run = pytest.importorskip("extractors.run")  # until the rooms are joined
settings = pytest.importorskip("extractors.settings")

CITY = ["--people=600", "--seed=7", "--first=2026-08-20", "--now=2026-10-04T06:00:00Z"]
READS = {"matomo": ("visits",), "bluesky": ("interactions",), "hubspot": ("contacts",), "mailchimp": ("lists",)}
SIGN_IN = {
    "hubspot": {"password": "sandbox-hubspot-token"},
    "mailchimp": {"password": "sandbox-mailchimp-key-us1"},
    "matomo": {"password": "sandbox-matomo-token", "extra": {"site": "1"}},
    "bluesky": {
        "login": "brand.example",
        "password": "sandbox-bluesky-password",
        "extra": {"actor": "brand.example"},
    },
}
PAIRS = """
    with truth as (
        select t.identifier_type, t.identifier_value, t.person_id,
            coalesce(i.customer_id, t.identifier_type || ':' || t.identifier_value) as customer_id
        from read_parquet(?) as t
        left join (
            select identifier_type, identifier_value, min(customer_id) as customer_id
            from marts.customer_identities group by all having count(distinct customer_id) = 1
        ) as i using (identifier_type, identifier_value)
        where t.is_linkable and not t.is_shared and (t.identifier_type, t.identifier_value) in (
            select ('hubspot_contact_id', contact_id) from staging.stg_hubspot__contacts
            union all select ('mailchimp_member_id', member_id) from staging.stg_mailchimp__members
            union all select ('bluesky_did', actor_did) from staging.stg_bluesky__interactions
            union all select ('matomo_visitor_id', visitor_id) from staging.stg_matomo__visits
            union all select ('site_user_id', user_id) from staging.stg_matomo__visits
        )
    )
    select
        count(*) filter (where a.customer_id = b.customer_id),
        count(*) filter (where a.person_id = b.person_id),
        count(*) filter (where a.customer_id = b.customer_id and a.person_id = b.person_id)
    from truth as a
    inner join truth as b on (a.identifier_type, a.identifier_value) < (b.identifier_type, b.identifier_value)
    where a.customer_id = b.customer_id or a.person_id = b.person_id
"""


@pytest.fixture(scope="module")
def city() -> Iterator[str]:
    """The sandbox's address."""
    command = [sys.executable, "-m", "sandbox", "serve", "--port=0", *CITY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        found = re.search(r"http://[\d.]+:\d+", server.stdout.readline())
        try:
            assert found, "the sandbox says where it listens"
            yield found.group()
        finally:
            server.kill()


def test_people_are_found_as_the_city_knows_them(city: str, tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake", tmp_path / "warehouse.duckdb")
    for vendor, endpoints in READS.items():
        extra = {**SIGN_IN[vendor].get("extra", {}), "rate_factor": 100}
        account = settings.account_of(
            vendor, {**SIGN_IN[vendor], "host": f"{city}/{vendor}", "extra": json.dumps(extra)}
        )
        window = Window(date(2026, 8, 20), date(2026, 10, 4))
        for endpoint in endpoints:
            run.extract(catalog()[vendor], endpoint, window, account, str(lake.root), b"key")
    lake.build("2026-10-04")
    subprocess.run([sys.executable, "-m", "sandbox", "truth", f"--out={tmp_path}", *CITY], check=True)
    linked, same, both = lake.rows(PAIRS, str(tmp_path / "identifiers.parquet"))[0]
    assert same > 500
    assert both / linked >= 0.995, f"precision {both / linked:.4f} of {linked} pairs"
    assert both / same >= 0.95, f"recall {both / same:.4f} of {same} pairs"
