"""The main job over a small town: four vendors, a first load and two days, to the published marts."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import LAST, Journey
from town import DIGEST_KEY, House, build_and_publish, extract_all

from expectations.gate import check_marts
from publishing.build import build
from publishing.contracts import contracts
from publishing.publish import current, publish
from truth.measures import views

MARTS = {line["mart"] for line in contracts()} - {"customer_profiles"}
FILLED = {
    *("accounts", "activities", "attributions", "campaign_days", "consents", "conversions", "customer_days"),
    *("customer_identities", "customer_scores", "customers", "data_coverage", "email_sends", "kpi_days", "orders"),
    *("owner_assignments", "owners", "pipeline_runs", "restatements", "score_contributions", "sessions"),
    *("content_views", "social_interactions", "social_post_days", "survey_responses", "crm_scores"),
    "funnel_conversions",
}


@pytest.fixture
def marts(main_job: Journey) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published marts, as a BI tool opens them, with the truth beside them as `truth_<name>`."""
    folder = current(main_job.house.published)
    assert folder is not None
    with duckdb.connect() as con:
        for file in {*folder.rglob("*.parquet")} - {*folder.glob("profiles/*")}:
            con.execute(f"create view {file.stem} as select * from read_parquet('{file}')")
        for file in main_job.truth.glob("*.parquet"):
            con.execute(f"create view truth_{file.stem} as select * from read_parquet('{file}')")
        yield con


def one(con: duckdb.DuckDBPyConnection, query: str) -> tuple:
    row = con.execute(query).fetchone()
    assert row is not None
    return row


def test_every_mart_is_published_and_those_of_these_vendors_hold_rows(marts: duckdb.DuckDBPyConnection) -> None:
    names = {row[0] for row in marts.execute("select view_name from duckdb_views() where not internal").fetchall()}
    assert names >= MARTS > FILLED
    assert [name for name in sorted(FILLED) if not one(marts, f"select count(*) from {name}")[0]] == []


def test_each_day_became_a_version_of_its_own(main_job: Journey) -> None:
    assert len(set(main_job.versions)) == 3


PAIRS = """
    with seen as (
        select 'hubspot_contact_id' as identifier_type, contact_id as identifier_value
        from staging.stg_hubspot__contacts
        union all
        select 'mailchimp_member_id', member_id from staging.stg_mailchimp__members
        union all
        select 'bluesky_did', actor_did from staging.stg_bluesky__interactions
        union all
        select 'matomo_visitor_id', visitor_id from staging.stg_matomo__visits
        union all
        select 'site_user_id', user_id from staging.stg_matomo__visits
    ),

    found as (
        select identifier_type, identifier_value, min(customer_id) as customer_id
        from marts.customer_identities
        group by all
        having count(distinct customer_id) = 1
    ),

    judged as (
        select
            t.identifier_type || ':' || t.identifier_value as identifier,
            t.person_id,
            coalesce(f.customer_id, identifier) as customer_id
        from truth_identifiers as t
        semi join seen using (identifier_type, identifier_value)
        left join found as f using (identifier_type, identifier_value)
        where t.is_linkable and not t.is_shared
    )

    select
        count(*) filter (where a.customer_id = b.customer_id),
        count(*) filter (where a.person_id = b.person_id),
        count(*) filter (where a.customer_id = b.customer_id and a.person_id = b.person_id)
    from judged as a
    inner join judged as b on a.identifier < b.identifier
    where a.customer_id = b.customer_id or a.person_id = b.person_id
"""


def test_a_contact_that_names_no_company_has_the_account_that_counts_it(main_job: Journey) -> None:
    with duckdb.connect(main_job.house.warehouse, read_only=True) as con:
        counted, customers = one(
            con,
            """
            select count(*), count(customers.account_id)
            from staging.stg_hubspot__contacts as contacts
            inner join staging.stg_hubspot__company_contacts using (contact_id)
            inner join intermediate.int_customer__contacts as speaking using (contact_id)
            inner join marts.customers using (customer_id)
            where contacts.company_id is null
            """,
        )
    assert counted == customers > 0


def test_identifiers_of_one_person_meet_and_those_of_two_stay_apart(main_job: Journey) -> None:
    with duckdb.connect(main_job.house.warehouse, read_only=True) as con:
        views(con, main_job.truth, DIGEST_KEY)
        linked, true, right = con.execute(PAIRS).fetchone() or (0, 0, 0)
    assert true > 200
    assert right / linked >= 0.995, f"precision over {linked} linked pairs"
    assert right / true >= 0.95, f"recall over {true} true pairs"


def test_every_true_purchase_is_an_order_of_the_right_amount(marts: duckdb.DuckDBPyConnection) -> None:
    true = one(marts, f"select count(*), sum(amount) from truth_purchases where day <= date '{LAST}'")
    found = one(marts, "select count(*), sum(net_sales) from orders")
    assert true[0] > 10
    assert found == true


def test_machine_opens_count_for_nobody(marts: duckdb.DuckDBPyConnection) -> None:
    machines = one(marts, "select count(*) from activities where is_machine and activity = 'opened_email'")[0]
    scored = one(marts, "select count(*) from score_contributions where activity = 'opened_email' and points > 0")[0]
    assert machines > 20
    assert scored == 0


def test_contributions_add_up_to_the_score(marts: duckdb.DuckDBPyConnection) -> None:
    off = one(
        marts,
        """
        select max(abs(s.raw_score - coalesce(c.points, 0)))
        from customer_scores as s
        left join (select customer_id, as_of_date, sum(points) as points from score_contributions group by all) as c
            using (customer_id, as_of_date)
        """,
    )[0]
    assert off < 1e-9


@pytest.mark.usefixtures("at_home")
def test_day_by_day_equals_a_full_refresh_byte_for_byte(main_job: Journey, tmp_path: Path) -> None:
    again = House(tmp_path)
    shutil.copy(main_job.house.warehouse, again.warehouse)
    build(main_job.house.lake, again.warehouse, LAST, full_refresh=True)
    verdict = check_marts(again.warehouse, LAST, again.runs)
    publish(again.warehouse, again.published, verdict.record(), LAST)
    daily, whole = current(main_job.house.published), current(again.published)
    assert daily
    assert whole
    published = sorted(file.relative_to(daily) for file in daily.rglob("*.parquet"))
    assert {file.stem for file in published} >= MARTS
    for file in published:
        if file.stem not in {"pipeline_runs", "customer_profiles"}:
            assert (daily / file).read_bytes() == (whole / file).read_bytes(), file


@pytest.mark.usefixtures("at_home")
def test_the_same_day_again_publishes_nothing_new(main_job: Journey) -> None:
    before = current(main_job.house.published)
    extract_all(main_job.house, LAST, LAST)
    assert build_and_publish(main_job.house, LAST) == main_job.versions[-1]
    assert current(main_job.house.published) == before


def test_no_address_is_published_outside_the_profiles(main_job: Journey) -> None:
    folder = current(main_job.house.published)
    assert folder is not None
    lake = f"{main_job.house.lake}/raw/source=mailchimp/entity=members/*/part-0.parquet"
    found = duckdb.execute(
        f"select distinct lower(email) from read_parquet('{lake}') where email is not null"
    ).fetchall()
    addresses = [row[0].encode() for row in found]
    assert len(addresses) > 50
    for file in folder.rglob("*"):
        if file.is_file() and "customer_profiles" not in file.name:
            text = as_text(file)
            assert not [1 for address in addresses if address in text], file.name


def as_text(file: Path) -> bytes:
    """Everything that a file holds, lower case; a Parquet file decompressed."""
    if file.suffix == ".parquet":
        return repr(duckdb.execute(f"select * from read_parquet('{file}')").fetchall()).lower().encode()
    return file.read_bytes().lower()


def test_no_secret_is_written_anywhere(main_job: Journey) -> None:
    secrets = (b"sandbox-hubspot-token", b"sandbox-mailchimp-key", b"sandbox-matomo-token", b"a key for tests")
    files = [file for file in main_job.house.home.rglob("*") if file.is_file()]
    assert len(files) > 100
    for file in files:
        content = file.read_bytes()
        assert not [1 for secret in secrets if secret in content], file
