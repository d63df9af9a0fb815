"""Accounts, owners, consent, coverage and runs, from a lake of two days."""

import json

import pytest

from tests.dbt.lake import Lake, at, digest, only

TOLD = ("accounts", "consents", "data_coverage", "owner_assignments", "owners", "pipeline_runs")
Rows = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A company with a parent, an owner who changes, a reader who leaves, a day that did not come."""
    root = tmp_path_factory.mktemp("firm")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    made = {"created_at": at("2026-01-01")}
    company = {"company_id": "20", "name": "Branch", "parent_company_id": "10", "employee_count": 60} | made
    lake.put(
        "hubspot",
        "companies",
        "2026-08-01",
        [
            {"company_id": "10", "name": "Head", "employee_count": 2000, "modified_at": at("2026-08-01")} | made,
            company | {"owner_id": "o1", "modified_at": at("2026-08-01 09:00")},
        ],
    )
    lake.put(
        "hubspot", "companies", "2026-08-02", [company | {"owner_id": "o2", "modified_at": at("2026-08-02 09:00")}]
    )
    told = [
        ("o3", "2026-08-01 09:00"),
        ("o9", "2026-04-01"),
        ("o9", "2026-03-01"),
        ("", "2026-02-01"),
        ("o3", "2026-01-01"),
    ]
    owners = [{"value": owner, "changed_at": at(when), "source_type": "CRM_UI"} for owner, when in told]
    lake.put(
        "hubspot",
        "contacts",
        "2026-08-01",
        [{"contact_id": "7", "owner_id": "o3", "modified_at": at("2026-08-01 09:00")} | made],
    )
    lake.put("hubspot", "contact_histories", "2026-08-01", [{"contact_id": "7", "owners": owners}])
    lake.put("hubspot", "owners", "2026-08-02", [{"owner_id": "o1", "first_name": "Olga", "is_archived": True}])
    reader = {
        "list_id": "news",
        "member_id": "m1",
        "email_digest": digest("r@x.example"),
        "opted_in_at": at("2026-01-05"),
    }
    lake.put(
        "mailchimp",
        "members",
        "2026-08-01",
        [
            reader | {"status": "subscribed", "changed_at": at("2026-08-01 08:00")},
            reader
            | {"member_id": "m2", "email_digest": None, "status": "cleaned", "opted_in_at": None}
            | {"changed_at": at("2026-08-01 08:00")},
        ],
    )
    lake.put(
        "mailchimp",
        "members_archived",
        "2026-08-02",
        [
            reader | {"status": "archived", "changed_at": at("2026-08-02 12:00")},
        ],
    )
    lake.put(
        "mailchimp",
        "unsubscribes",
        "2026-08-02",
        [
            {"campaign_id": "c1", "list_id": "news", "member_id": "m1", "unsubscribed_at": at("2026-08-02 11:00")},
        ],
    )
    receipt = {"unknown_fields": ["plugins"], "gone_fields": ["city"], "rejected": 2, "is_provisional": True}
    lake.put("matomo", "visits", "2026-08-01", [], **receipt)
    lake.build("2026-08-03", *only(*TOLD))
    return lake


def test_an_account_knows_its_family_and_size(firm: Lake) -> None:
    assert firm.rows("select account_id, root_account_id, segment, owner_id from marts.accounts order by 1") == [
        ("10", "10", "enterprise", None),
        ("20", "10", "medium", "o2"),
    ]


def test_an_assignment_ends_where_the_next_begins(firm: Lake) -> None:
    found = firm.rows(
        "select owner_id, account_id, is_start_observed, is_current, valid_from::varchar, valid_to::varchar "
        "from marts.owner_assignments where object_type = 'company' order by valid_from"
    )
    assert found == [
        ("o1", "20", False, False, "2026-01-01 00:00:00", "2026-08-02 09:00:00"),
        ("o2", "20", True, True, "2026-08-02 09:00:00", "9999-12-31 00:00:00"),
    ]


def test_the_crms_own_history_tells_the_owners_of_before_the_first_run(firm: Lake) -> None:
    found = firm.rows(
        "select owner_id, is_current, valid_from::varchar, valid_to::varchar "
        "from marts.owner_assignments where hubspot_contact_id = '7' order by valid_from"
    )
    assert found == [
        ("o3", False, "2026-01-01 00:00:00", "2026-02-01 00:00:00"),
        ("o9", False, "2026-03-01 00:00:00", "2026-08-01 09:00:00"),
        ("o3", True, "2026-08-01 09:00:00", "9999-12-31 00:00:00"),
    ]


def test_an_owner_has_no_name_in_the_marts(firm: Lake) -> None:
    assert firm.rows("select owner_id, is_archived from marts.owners") == [("o1", True)]
    assert firm.rows("select count(*) from marts.owners as o where o::varchar like '%Olga%'") == [(0,)]


def test_leaving_an_audience_revokes_and_a_cleaned_address_says_nothing(firm: Lake) -> None:
    found = firm.rows(
        "select source_record_id, status, status_at::varchar, is_current from marts.consents order by status_at"
    )
    assert found == [
        ("m1", "GRANTED", "2026-01-05 00:00:00", False),
        ("m1", "REVOKED", "2026-08-02 11:00:00", True),
    ]


def test_coverage_tells_nothing_happened_from_nothing_came(firm: Lake) -> None:
    found = firm.rows(
        "select date_day::varchar, status, row_count, rejected_count, unknown_fields, gone_fields, is_provisional "
        "from marts.data_coverage where entity = 'visits' order by 1"
    )
    assert found == [
        ("2026-08-01", "received", 0, 2, '["plugins"]', '["city"]', True),
        ("2026-08-02", "late", None, None, None, None, False),
    ]
    gaps = firm.rows("select status from marts.data_coverage where entity = 'unsubscribes' order by date_day")
    assert gaps == [("received",)]
    never = firm.rows(
        "select date_day::varchar, status from marts.data_coverage"
        " where source_system = 'mailchimp' and entity = 'reports' order by 1"
    )
    assert never == [("2026-08-01", "missing"), ("2026-08-02", "late")]
    silent = firm.rows("select date_day::varchar, status from marts.data_coverage where source_system = 'bluesky'")
    assert set(silent) == {("2026-08-02", "late")}


def test_a_vendor_that_is_not_in_use_is_not_missed(firm: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_VENDORS", "hubspot, mailchimp,matomo")
    assert firm.dbt("run", "2026-08-03", "--select", "+data_coverage").success
    found = {source for (source,) in firm.rows("select distinct source_system from marts.data_coverage")}
    assert found == {"hubspot", "mailchimp", "matomo"}


def test_runs_are_read_where_there_are_any(firm: Lake) -> None:
    assert firm.rows("select count(*) from marts.pipeline_runs") == [(0,)]
    run = {"run_id": "r1", "day": "2026-08-02", "step": "validate", "status": "done", "verdict": "passed", "rows_in": 3}
    (firm.root / "runs").mkdir()
    (firm.root / "runs" / "r1.json").write_text(json.dumps(run | {"started_at": "2026-08-03T01:00:00Z"}))
    assert firm.dbt("run", "2026-08-03", "--select", "+pipeline_runs").success
    assert firm.rows("select run_id, step, verdict, rows_in_count, rows_out_count from marts.pipeline_runs") == [
        ("r1", "validate", "passed", 3, None)
    ]
    assert firm.rows("select started_at::varchar from marts.pipeline_runs") == [("2026-08-03 01:00:00",)]
