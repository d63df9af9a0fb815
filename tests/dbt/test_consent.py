"""Consent over days: a grant expires on the day its basis no longer holds, and an unknown word stops the build."""

from pathlib import Path

import pytest

from tests.dbt.lake import Lake, at, messages, only
from tests.dbt.town import contact, member

STATUSES = "select status, status_at::varchar, is_current from marts.consents order by status_at"


@pytest.fixture
def inquirer(tmp_path: Path) -> Lake:
    """Somebody who asked about a product in January and was never heard of again."""
    lake = Lake(tmp_path / "lake", tmp_path / "warehouse.duckdb")
    basis = "Legitimate interest \u2013 prospect/lead"
    asked = contact(1, "ann@x.example", "2026-01-31", legal_basis=basis)
    lake.put("hubspot", "contacts", "2026-01-31", [asked])
    lake.put("hubspot", "contacts", "2026-07-30", [asked | {"modified_at": at("2026-07-30 09:00")}])
    return lake


def test_a_grant_expires_on_its_day_and_a_build_day_by_day_says_what_one_of_everything_says(inquirer: Lake) -> None:
    needed = only("consents", "customer_identities", "customers", "kpi_days")
    inquirer.build("2026-07-31", *needed)
    assert inquirer.rows(STATUSES) == [("GRANTED", "2026-01-31 00:00:00", True)]
    assert inquirer.rows("select has_email_consent from marts.customers") == [(True,)]
    inquirer.put("hubspot", "contacts", "2026-07-31", [])
    inquirer.build("2026-08-01", *needed)
    expired = [("GRANTED", "2026-01-31 00:00:00", False), ("EXPIRED", "2026-07-31 00:00:00", True)]
    kpis = "select kpi_date::varchar, customers_with_email_consent from marts.kpi_days where segment = 'all' order by 1"
    counted = [("2026-01-31", 1), ("2026-07-30", 1), ("2026-07-31", 0)]
    for everything in (False, True):
        if everything:
            inquirer.build("2026-08-01", *needed, everything=True)
        assert inquirer.rows(STATUSES) == expired
        assert inquirer.rows("select has_email_consent from marts.customers") == [(False,)]
        assert inquirer.rows(kpis) == counted


def test_a_word_that_no_seed_knows_stops_the_build_with_its_name(lake: Lake) -> None:
    lake.put("mailchimp", "members", "2026-08-01", [member("ann@x.example") | {"status": "Subscribed"}])
    result = lake.dbt("build", "2026-08-02", *only("consents"))
    assert not result.success
    assert "seed consent_statuses has no row for: mailchimp, Subscribed" in messages(result)
