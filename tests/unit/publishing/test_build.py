"""A build of a small project of our own: the same process, on two models."""

import contextlib
import fcntl
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations import runs
from expectations.suites import Verdict
from extractors.catalog import catalog
from extractors.schema import arrow_schema
from publishing import build as room
from publishing.build import BuildFailed, build, touched_days

DAY = date(2026, 9, 30)
CANARY = "canary-91b2@example.org"
PROFILE = """
small:
  target: duckdb
  outputs:
    duckdb:
      type: duckdb
      path: "{{ env_var('RAPPORT_WAREHOUSE') }}"
      threads: 1
"""
MODEL = """
select '{{ env_var("RAPPORT_AS_OF") }}' as as_of, '{{ env_var("RAPPORT_TOUCHED_DAYS") }}' as touched,
    '{{ env_var("RAPPORT_LAKE") }}' as lake,
    '{{ env_var("AIRFLOW_CONN_DIGEST", "") }}' as secret, cast('{{ env_var("NUMBER", "1") }}' as integer) as number
"""

CHECKOUT = Path(__file__).resolve().parents[3]
KILLED = """
import sys
from datetime import date
from types import SimpleNamespace
from publishing import build as room
room.sys = SimpleNamespace(executable=sys.argv[1])
room.build(sys.argv[2], sys.argv[3], date(2026, 9, 30))
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dbt project with one model that says what it was told."""
    folder = tmp_path / "project"
    (folder / "models").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(
        "name: small\nprofile: small\nflags: {send_anonymous_usage_stats: false}\n"
        "models: {small: {+materialized: table}}\n"
    )
    (folder / "profiles.yml").write_text(PROFILE)
    (folder / "models" / "told.sql").write_text(MODEL)
    monkeypatch.setattr(room, "PROJECT", folder)
    return folder


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Everything logged and printed so far."""
    caplog.set_level(logging.DEBUG)
    return lambda: "".join([caplog.text, *capfd.readouterr()])


def land(tmp_path: Path, day: date, digest: str) -> None:
    schema = arrow_schema(catalog()["matomo"].endpoint("visits"))
    receipt = {"vendor": "matomo", "endpoint": "visits", "day": str(day), "window_start": "", "window_end": ""}
    about = {"rapport.receipt": json.dumps({**receipt, "content_digest": digest})}
    path = tmp_path / "lake" / "raw" / "source=matomo" / "entity=visits" / f"day={day}" / "part-0.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist([], schema=schema).replace_schema_metadata(about), path)


def told(warehouse: Path, what: str) -> str:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        return con.table("told").select(what).fetchall()[0][0]


def test_a_build_touches_the_days_that_are_new_other_or_gone():
    def seen(**digests: str) -> dict:
        return {("matomo", "visits", date(2026, 9, int(day[1:]))): digest for day, digest in digests.items()}

    before = seen(d27="a", d28="a", d29="a")
    assert touched_days(before, {}, DAY) == ()
    assert touched_days(seen(d28="b", d29="a", d30="a"), before, DAY) == tuple(date(2026, 9, n) for n in (27, 28, 30))
    assert touched_days(before, before, DAY) == (DAY,), "an empty list would redo the history"


@pytest.mark.usefixtures("project")
def test_a_failed_build_names_no_value_and_is_done_again_with_the_same_days(tmp_path, monkeypatch, said):
    lake, warehouse = tmp_path / "lake", tmp_path / "data" / "warehouse.duckdb"
    monkeypatch.setenv("AIRFLOW_CONN_DIGEST", "secret")
    for n in (28, 29):
        land(tmp_path, date(2026, 9, n), "a")
    first = build(lake, warehouse, date(2026, 9, 29))
    assert (first.touched_days, first.nodes) == ((), {"success": 1})
    assert (told(warehouse, "as_of"), told(warehouse, "touched")) == ("2026-09-30", "")
    assert (told(warehouse, "lake"), told(warehouse, "secret")) == (str(lake), "")

    land(tmp_path, date(2026, 9, 28), "b")
    land(tmp_path, DAY, "a")
    monkeypatch.setenv("NUMBER", CANARY)
    ended: list[str] = []
    with pytest.raises(BuildFailed, match=r"told \(error\)") as failed:
        build(lake, warehouse, DAY, progress=ended.append)
    assert ended == ["told error"]
    assert CANARY not in str(failed.value) + said()
    assert (warehouse.parent / "dbt").stat().st_mode & 0o077 == 0
    assert warehouse.stat().st_mode & 0o077 == 0

    monkeypatch.delenv("NUMBER")
    assert build(lake, warehouse, DAY).touched_days == (date(2026, 9, 28), DAY)
    assert told(warehouse, "touched") == "2026-09-28,2026-09-30"


@pytest.mark.usefixtures("project")
def test_a_day_to_come_is_not_taken_in_before_its_own_build(tmp_path):
    lake, warehouse = tmp_path / "lake", tmp_path / "data" / "warehouse.duckdb"
    for n in (28, 29, 30):
        land(tmp_path, date(2026, 9, n), "a")
    build(lake, warehouse, date(2026, 9, 28))
    land(tmp_path, date(2026, 9, 28), "b")
    assert build(lake, warehouse, date(2026, 9, 29)).touched_days == (date(2026, 9, 28), date(2026, 9, 29))
    assert build(lake, warehouse, DAY).touched_days == (DAY,)


@pytest.mark.usefixtures("project")
def test_what_failed_builds_of_newer_days_began_with_is_undone_by_one_of_an_older_day(tmp_path, monkeypatch):
    lake, warehouse, older = tmp_path / "lake", tmp_path / "data" / "warehouse.duckdb", date(2026, 9, 28)
    land(tmp_path, older, "a")
    build(lake, warehouse, older)
    monkeypatch.setenv("NUMBER", "not a number")
    for n in (29, 30):
        land(tmp_path, date(2026, 9, n), "a")
        with pytest.raises(BuildFailed):
            build(lake, warehouse, date(2026, 9, n))
    monkeypatch.delenv("NUMBER")
    assert build(lake, warehouse, older).touched_days == (older, date(2026, 9, 29), DAY)
    assert (told(warehouse, "as_of"), told(warehouse, "touched")) == ("2026-09-29", "2026-09-28,2026-09-29,2026-09-30")
    assert build(lake, warehouse, older).touched_days == (older,)
    assert build(lake, warehouse, DAY).touched_days == (date(2026, 9, 29), DAY)


@pytest.mark.parametrize("number", ["1", "not a number"])
@pytest.mark.usefixtures("project")
def test_what_a_build_makes_of_a_day_that_was_judged_is_unjudged_again(number, tmp_path, monkeypatch):
    folder, house, other = tmp_path / "runs", tmp_path / "house.duckdb", tmp_path / "other.duckdb"
    monkeypatch.setenv("RAPPORT_RUNS", str(folder))
    monkeypatch.setenv("RAPPORT_WAREHOUSE", str(house))
    monkeypatch.setenv("NUMBER", number)
    at = datetime(2026, 9, 30, tzinfo=UTC)
    judged = [("marts", date(2026, 9, 29)), ("marts", DAY), ("matomo", DAY)]
    for subject, day in judged:
        runs.write(folder, Verdict(subject, str(day), (), 1, at, at), "validate" if subject == "marts" else "gate")

    def left(warehouse: Path) -> list[tuple[str, date]]:
        with contextlib.suppress(BuildFailed):
            build(tmp_path / "lake", warehouse, DAY)
        found = {(run["vendor"] or "marts", date.fromisoformat(run["day"])) for run in runs.read(folder)}
        return [one for one in judged if one in found]

    assert left(other) == judged, "the verdict is not on another warehouse"
    assert left(house) == [judged[0], judged[2]]


def test_an_edited_project_makes_everything_anew_and_so_does_taking_the_edit_back(project, tmp_path):
    lake, warehouse = tmp_path / "lake", tmp_path / "data" / "warehouse.duckdb"
    model = project / "models" / "told.sql"
    land(tmp_path, DAY, "a")
    build(lake, warehouse, DAY)
    assert build(lake, warehouse, DAY).touched_days == (DAY,)
    model.write_text("select 1 as broken from nowhere")
    with pytest.raises(BuildFailed):
        build(lake, warehouse, DAY)
    model.write_text(MODEL)
    assert build(lake, warehouse, DAY).touched_days == ()
    assert build(lake, warehouse, DAY).touched_days == (DAY,)


def test_a_day_leaves_views_as_they_are_until_the_lake_moves(project, tmp_path):
    lake, warehouse = tmp_path / "lake", tmp_path / "data" / "warehouse.duckdb"
    view = project / "models" / "place.sql"
    view.write_text("""{{ config(materialized='view') }} select '{{ env_var("RAPPORT_LAKE") }}' as lake""")
    land(tmp_path, DAY, "a")
    assert [build(lake, warehouse, DAY).nodes for _ in range(2)] == [{"success": 2}, {"success": 1}]
    moved = lake.rename(tmp_path / "elsewhere")
    assert build(moved, warehouse, DAY).touched_days == ()
    with duckdb.connect(str(warehouse), read_only=True) as con:
        assert con.table("place").fetchall() == [(str(moved),)]


def test_the_next_build_waits_for_the_dbt_of_a_killed_one(tmp_path):
    dbt, said, warehouse = tmp_path / "dbt.sh", tmp_path / "pid", tmp_path / "warehouse.duckdb"
    dbt.write_text(f"#!/bin/sh\necho $$ > {said}.made; mv {said}.made {said}; exec sleep 600\n")
    dbt.chmod(0o700)
    command = [sys.executable, "-c", KILLED, str(dbt), str(tmp_path / "lake"), str(warehouse)]
    builder = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(CHECKOUT)})
    while not said.exists():
        assert builder.poll() is None
        time.sleep(0.05)
    builder.kill()
    builder.wait()
    left = psutil.Process(int(said.read_text()))
    with warehouse.with_suffix(".lock").open("w") as lock:
        with pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        left.kill()
        psutil.wait_procs([left], timeout=30)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_project_that_cannot_be_read_is_a_failed_build(project, tmp_path):
    (project / "dbt_project.yml").write_text("name: [")
    with pytest.raises(BuildFailed, match="dbt parse"):
        build(tmp_path / "lake", tmp_path / "warehouse.duckdb", DAY)
