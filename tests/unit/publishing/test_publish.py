"""What a publication leaves on disk."""

import json
import os
import stat
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from expectations.suites import GateClosed
from publishing import manifest
from publishing.publish import current, newest_day, publish, published_day, rollback, versions


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "published"


def test_a_version_holds_every_mart_as_parquet_and_all_but_the_personal_one_as_duckdb(build, published, passed, day):
    version = publish(build(1), published, passed, day)
    folder = current(published)
    assert folder == (published / version).resolve()
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert files >= {"profiles/customer_profiles.parquet", "exports/crm_scores.parquet"}
    marts = {"customers", "orders", "pipeline_runs", "data_coverage"}
    files -= {"profiles/customer_profiles.parquet", "exports/crm_scores.parquet"}
    assert files == {f"{mart}.parquet" for mart in marts} | {"marts.duckdb", "manifest.json", "quality/index.html"}
    with duckdb.connect(str(published / "current" / "marts.duckdb"), read_only=True) as con:
        assert {row[0] for row in con.execute("show tables").fetchall()} == marts | {"crm_scores"}
        assert con.execute("select count(*), min(customer_id) from customers").fetchall() == [(2000, "c0")]


def test_a_table_that_the_project_has_no_longer_is_not_published(build, published, passed, day):
    warehouse = build(1)
    with duckdb.connect(str(warehouse)) as con:
        con.execute("create table marts.customers_of_once as from marts.customers")
        con.execute("create view marts.orders_of_once as from marts.orders")
    folder = published / publish(warehouse, published, passed, day)
    with duckdb.connect(str(folder / "marts.duckdb"), read_only=True) as con:
        tables = {row[0] for row in con.execute("show tables").fetchall()}
    assert tables | {"customer_profiles"} == json.loads((folder / "manifest.json").read_text())["marts"].keys()
    assert not [name for name in (*tables, *map(str, folder.rglob("*"))) if "of_once" in name]


def test_what_is_personal_is_for_the_owner_only_and_the_rest_cannot_be_written(build, published, passed, day):
    folder = published / publish(build(1), published, passed, day)

    def mode(path: str) -> int:
        return stat.S_IMODE((folder / path).stat().st_mode)

    assert (mode("profiles"), mode("profiles/customer_profiles.parquet")) == (0o700, 0o600)
    assert (mode("exports"), mode("marts.duckdb")) == (0o755, 0o444)
    said = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.parent.name != "profiles")
    assert b"canary@example.org" not in said


def test_the_manifest_counts_and_digests_what_is_there(build, published, passed, day):
    folder = published / publish(build(1), published, passed, day)
    about = json.loads((folder / "manifest.json").read_text())
    assert about["version"] == folder.name
    assert about["window"] == {"start": "2026-09-01", "end": "2026-10-01"}
    assert about["missing"] == ["hubspot"]
    assert about["verdict"] == passed
    for mart in about["marts"].values():
        file = folder / mart["file"]
        assert mart["sha256"] == manifest.sha256(file)
        assert mart["rows"] == pq.read_metadata(file).num_rows
        assert list(mart["columns"]) == pq.read_schema(file).names
        assert len(mart["schema_digest"]) == 64


def test_the_same_content_again_is_the_same_version_and_writes_nothing(build, published, passed, day):
    version = publish(build(1), published, passed, day)
    before = {path: path.stat().st_mtime_ns for path in published.rglob("*") if path.name != ".lock"}
    assert publish(build(1), published, passed, day) == version
    after = {path: path.stat().st_mtime_ns for path in published.rglob("*") if path.name != ".lock"}
    assert {p: t for p, t in after.items() if p.is_file()} == {p: t for p, t in before.items() if p.is_file()}
    assert versions(published) == [version]


def test_the_parquet_bytes_depend_on_the_rows_alone(build, tmp_path, passed, day):
    one = tmp_path / "one" / publish(build(1), tmp_path / "one", passed, day)
    two = tmp_path / "two" / publish(build(1), tmp_path / "two", passed, day)
    files = sorted(path.relative_to(one) for path in one.rglob("*.parquet"))
    assert len(files) == 6
    assert [(one / file).read_bytes() for file in files] == [(two / file).read_bytes() for file in files]


def test_a_closed_gate_leaves_yesterday(build, published, passed, day):
    version = publish(build(1), published, passed, day)
    with pytest.raises(GateClosed, match="nothing is published"):
        publish(build(2), published, {**passed, "passed": False}, day)
    with pytest.raises(GateClosed):
        publish(build(2), published, {}, day)
    assert (versions(published), current(published).name) == ([version], version)


def test_an_older_day_is_refused(build, published, passed, day):
    publish(build(1), published, passed, day)
    with pytest.raises(ValueError, match="is older"):
        publish(build(2), published, passed, day - timedelta(days=1))
    assert published_day(published) == day


@pytest.fixture
def publish_of_yesterday(build, published, passed, day) -> Callable[[int], str]:
    """Publish a generation, and have everything that was done until then be a day ago."""

    def again(generation: int) -> str:
        version = publish(build(generation), published, passed, day + timedelta(days=generation))
        at = time.time() - 86_400 + generation
        for path in (published / version, *published.glob(f"[0-9]*/{manifest.NAME}")):
            os.utime(path, (at, at))
        return version

    return again


def test_the_last_five_versions_are_kept_and_an_open_reader_stays_valid(publish_of_yesterday, published):
    first = publish_of_yesterday(0)
    with duckdb.connect(str(published / first / "marts.duckdb"), read_only=True) as reader:
        for generation in range(1, 7):
            publish_of_yesterday(generation)
        assert not (published / first).exists()
        assert reader.execute("select distinct generation from customers").fetchall() == [(0,)]
    assert len(versions(published)) == 5
    assert current(published).name == versions(published)[-1]


def test_a_version_that_was_current_within_the_hour_is_not_pruned(build, published, passed, day):
    made = [publish(build(n), published, passed, day + timedelta(days=n)) for n in range(7)]
    assert versions(published) == made


def test_a_rollback_points_back_and_survives_pruning(build, published, passed, day):
    older, newer = (publish(build(n), published, passed, day + timedelta(days=n)) for n in range(2))
    rollback(published, older)
    assert (current(published).name, published_day(published)) == (older, day)
    with pytest.raises(ValueError, match=newer):
        rollback(published, "2026-01-01-nothing")
    with pytest.raises(ValueError, match="no version"):
        rollback(published, "../lake")
    assert publish(build(1), published, passed, day + timedelta(days=1)) == newer
    assert current(published).name == newer


def test_what_a_rollback_made_current_is_kept_for_an_hour_after_the_next_publication(
    publish_of_yesterday, build, published, passed, day
):
    made = [publish_of_yesterday(generation) for generation in range(5)]
    rollback(published, made[0])
    last = publish(build(5), published, passed, day + timedelta(days=5))
    assert versions(published) == [*made, last]
    assert (published / made[0] / "marts.duckdb").exists()


def test_the_newest_day_is_that_of_a_kept_version_and_a_rollback_does_not_take_it_back(build, published, passed, day):
    assert newest_day(published) is None
    older = publish(build(0), published, passed, day)
    publish(build(1), published, passed, day + timedelta(days=1))
    rollback(published, older)
    assert (published_day(published), newest_day(published)) == (day, day + timedelta(days=1))


def test_pipeline_runs_are_the_records_as_they_are_now_and_those_that_are_gone(build, published, passed, day, tmp_path):
    runs = tmp_path / "runs"
    runs.mkdir()

    def found() -> list[tuple]:
        folder = published / publish(build(len(versions(published))), published, passed, day, runs)
        logged = duckdb.read_parquet(f"{folder}/pipeline_runs.parquet")
        return logged.select("run_id", "step", "source_system", "verdict", "rows_in_count").fetchall()

    before = ("old", "gate", "matomo", "passed", 3)
    assert found() == [before]
    for run_id in ("new", "old"):
        record = {"run_id": run_id, "step": "validate", "verdict": "closed", "vendor": "matomo", "rows_in": 7}
        (runs / f"{run_id}.json").write_text(json.dumps(record))
    new, old = (("new", "validate", "matomo", "closed", 7), ("old", "validate", "matomo", "closed", 7))
    assert found() == [new, old]
    (runs / "old.json").unlink()
    assert found() == [new, before]


def test_the_page_of_a_version_loads_nothing_from_elsewhere(build, published, passed, day):
    finding = {
        "suite": "mart.customers",
        "says": "no key is there <twice>",
        "column": "customer_id",
        "severity": "warning",
        "passed": False,
        "measured": 12.0,
        "allowed": "at most 0",
        "days": [],
        "look_at": "the model customers",
    }
    folder = published / publish(build(1), published, {**passed, "findings": [finding]}, day)
    html = (folder / "quality" / "index.html").read_text()
    assert "mart.customers" in html
    assert "no key is there &lt;twice&gt;" in html
    assert not [word for word in ("http:", "https:", "src=", "<script", "@import") if word in html]
