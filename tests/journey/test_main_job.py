"""The main job over a small town: four vendors, a first load and three days, to the published marts."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import LAST, Journey
from town import build_and_publish, extract_all

from publishing.build import build
from publishing.publish import current

MARTS = {
    "accounts", "activities", "campaign_days", "consents", "customer_days", "customer_identities", "customer_scores",
    "customers", "data_coverage", "email_sends", "identity_changes", "kpi_days", "orders", "owner_assignments",
    "owners", "pipeline_runs", "score_contributions", "sessions", "skipped_identifiers",
}  # fmt: skip


@pytest.fixture
def marts(main_job: Journey) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published marts, as a BI tool opens them, with the truth beside them as `truth_<name>`."""
    folder = current(main_job.house.published)
    assert folder is not None
    with duckdb.connect() as con:
        for file in folder.glob("*.parquet"):
            con.execute(f"create view {file.stem} as select * from read_parquet('{file}')")
        for file in main_job.truth.glob("*.parquet"):
            con.execute(f"create view truth_{file.stem} as select * from read_parquet('{file}')")
        yield con


def one(con: duckdb.DuckDBPyConnection, query: str) -> tuple:
    row = con.execute(query).fetchone()
    assert row is not None
    return row


def test_every_mart_is_published_and_holds_rows(marts: duckdb.DuckDBPyConnection) -> None:
    names = {row[0] for row in marts.execute("select view_name from duckdb_views() where not internal").fetchall()}
    assert names >= MARTS
    may_be_empty = {"identity_changes", "skipped_identifiers"}
    assert [name for name in sorted(MARTS - may_be_empty) if not one(marts, f"select count(*) from {name}")[0]] == []


def test_each_day_became_a_version_of_its_own(main_job: Journey) -> None:
    assert len(set(main_job.versions)) == 4


TRUE_IDENTIFIERS = "from truth_identifiers where is_linkable and not is_shared"
RESOLVED = f"""
    (
        select t.person_id, i.customer_id
        from (select * {TRUE_IDENTIFIERS}) as t
        inner join customer_identities as i using (identifier_type, identifier_value)
        qualify row_number() over (partition by identifier_type, identifier_value order by valid_to desc) = 1
    )
"""


def pairs(con: duckdb.DuckDBPyConnection, of: str, by: str) -> float:
    return float(one(con, f"select sum(n * (n - 1) / 2) from (select count(*) as n {of} group by {by})")[0])


def test_identifiers_of_one_person_meet_and_those_of_two_stay_apart(marts: duckdb.DuckDBPyConnection) -> None:
    true = pairs(marts, TRUE_IDENTIFIERS, by="person_id")
    found = pairs(marts, f"from {RESOLVED}", by="customer_id")
    right = pairs(marts, f"from {RESOLVED}", by="customer_id, person_id")
    assert true > 300
    assert right / found >= 0.995, "precision"
    assert right / true >= 0.95, "recall"


def test_every_true_purchase_is_an_order_of_the_right_amount(marts: duckdb.DuckDBPyConnection) -> None:
    true = one(marts, "select count(*), sum(amount) from truth_purchases")
    found = one(marts, "select count(*), sum(net_sales) from orders")
    assert true[0] > 10
    assert found == true


def test_machine_opens_count_for_nobody(marts: duckdb.DuckDBPyConnection) -> None:
    machines = one(marts, "select count(*) from activities where is_machine and activity like '%open%'")[0]
    scored = one(marts, "select count(*) from score_contributions where activity like '%open%' and points > 0")[0]
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


def rows(file: Path) -> list:
    return duckdb.execute(f"select * from read_parquet('{file}')").fetchall()


def test_day_by_day_equals_a_full_refresh_row_for_row(main_job: Journey, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    shutil.copy(main_job.house.warehouse, warehouse)
    build(main_job.house.lake, warehouse, LAST, full_refresh=True)
    with duckdb.connect() as con:
        con.execute(f"attach '{main_job.house.warehouse}' as daily (read_only)")
        con.execute(f"attach '{warehouse}' as whole (read_only)")
        for mart in sorted(MARTS - {"pipeline_runs"}):
            for left, right in (("daily", "whole"), ("whole", "daily")):
                query = f"select count(*) from (from {left}.marts.{mart} except all from {right}.marts.{mart})"
                assert (mart, left, one(con, query)[0]) == (mart, left, 0)


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
        return repr(rows(file)).lower().encode()
    return file.read_bytes().lower()


def test_no_secret_is_written_anywhere(main_job: Journey) -> None:
    secrets = (b"sandbox-hubspot-token", b"sandbox-mailchimp-key", b"sandbox-matomo-token", b"a key for tests")
    files = [file for file in main_job.house.home.rglob("*") if file.is_file()]
    assert len(files) > 100
    for file in files:
        content = file.read_bytes()
        assert not [1 for secret in secrets if secret in content], file
