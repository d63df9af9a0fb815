"""Every Dag of the house, held to the house's rules."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG, AssetAll

from dags.partition import BadPartition
from dags.policy import ON_ERROR
from dags.pools import pools
from expectations.gate import GateClosed
from extractors.catalog import catalog
from extractors.errors import Busy, Changed, Refused

FOLDER = Path(__file__).resolve().parents[2] / "dags"
IMPORTS = """
import json, sys
from airflow.sdk import CronPartitionTimetable, ExceptionRetryPolicy, dag, task
before = set(sys.modules)
import dags.build, dags.extract
print(json.dumps(sorted({module.partition(".")[0] for module in set(sys.modules) - before})))
"""
EXPECTED = sorted([*(f"extract__{vendor}" for vendor in catalog()), "build__engagement", "build__late"])


@pytest.fixture(scope="module")
def bag() -> DagBag:
    return DagBag(str(FOLDER))


@pytest.fixture(scope="module")
def dags(bag: DagBag) -> dict[str, DAG]:
    assert sorted(bag.dags) == EXPECTED, "no policy may pass on nothing"
    return bag.dags


def test_no_file_fails_to_import(bag: DagBag) -> None:
    assert sorted(bag.dags) == EXPECTED
    assert bag.import_errors == {}


def test_parsing_pulls_in_nothing_heavy_beyond_airflow() -> None:
    answer = subprocess.check_output([sys.executable, "-c", IMPORTS], text=True, cwd=FOLDER.parent)
    imported = set(json.loads(answer))
    assert "dags" in imported
    assert not imported & {"pyarrow", "duckdb", "great_expectations", "dbt", "pandas", "numpy"}


def test_only_the_vendors_in_use_have_dags_and_are_waited_for() -> None:
    code = (
        "import dags.build, dags.extract, json; "
        "names = [name for name in vars(dags.extract) if name.startswith('extract__')]; "
        "waited_for = dags.build.build__engagement.timetable.asset_condition.objects; "
        "print(json.dumps([sorted(names), sorted(asset.name for asset in waited_for)]))"
    )
    environment = {**os.environ, "RAPPORT_VENDORS": "matomo,hubspot"}
    answer = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=FOLDER.parent, env=environment)
    found, waited_for = json.loads(answer.splitlines()[-1])
    assert found == ["extract__hubspot", "extract__matomo"]
    assert waited_for == ["raw/hubspot", "raw/matomo"]


def test_every_dag_has_an_owner_a_channel_and_says_what_it_does(dags: dict[str, DAG]) -> None:
    for dag in dags.values():
        assert dag.owner == "rapport"
        assert dag.doc_md
        assert any(tag.startswith("channel:") for tag in dag.tags), dag.dag_id


def test_a_vendors_dag_has_one_task_per_root_endpoint_and_then_the_gate(dags: dict[str, DAG]) -> None:
    for source in catalog().values():
        dag = dags[f"extract__{source.name}"]
        roots = {endpoint.name for endpoint in source.roots}
        assert set(dag.task_ids) == roots | {"gate"}
        assert dag.get_task("gate").upstream_task_ids == roots
        assert [asset.name for asset in dag.get_task("gate").outlets] == [f"raw/{source.name}"]
        assert {dag.get_task(root).pool for root in roots} == {f"vendor__{source.name}"}


def test_whoever_opens_the_warehouse_waits_for_its_one_slot(dags: dict[str, DAG]) -> None:
    for dag_id in ("build__engagement", "build__late"):
        dag = dags[dag_id]
        assert {task.task_id: task.downstream_task_ids for task in dag.tasks} == {
            "transform": {"validate", "publish"},
            "validate": {"publish"},
            "publish": set(),
        }
        assert {task.pool for task in dag.tasks} == {"duckdb_writer"}


def test_every_pool_that_a_task_names_is_made(dags: dict[str, DAG]) -> None:
    named = {task.pool for dag in dags.values() for task in dag.tasks}
    assert named - {"default_pool"} == set(pools())
    assert pools()["duckdb_writer"]["slots"] == 1


def test_every_task_is_retried_by_the_kind_of_its_error_and_ends(dags: dict[str, DAG]) -> None:
    for dag in dags.values():
        assert dag.max_active_runs == 1
        for task in dag.tasks:
            assert task.retries >= 1
            assert task.retry_policy is ON_ERROR
            assert task.execution_timeout


@pytest.mark.parametrize(
    ("error", "action"),
    [
        (Busy("hubspot: busy"), "retry"),
        (Refused("hubspot: 401"), "fail"),
        (Changed("hubspot: id gone"), "fail"),
        (GateClosed("raw.hubspot.contacts"), "fail"),
        (BadPartition("no day"), "fail"),
        (OSError("disk full"), "default"),
    ],
)
def test_an_error_is_named_by_what_to_do_next(error: Exception, action: str) -> None:
    assert ON_ERROR.evaluate(error, 1, 4).action.value == action


def test_days_are_utc_days_run_after_they_end(dags: dict[str, DAG]) -> None:
    for dag in dags.values():
        if dag.dag_id == "build__engagement":
            continue
        schedule = dag.timetable
        assert (str(schedule.timezone), schedule.run_offset, schedule.key_format) == ("UTC", -1, "%Y-%m-%d")
        hour = 6 if dag.dag_id == "build__late" else 0
        assert dag.start_date == datetime(2026, 10, 2, hour, tzinfo=UTC)
        assert dag.end_date == datetime(2026, 10, 4, hour, tzinfo=UTC)
        assert dag.catchup is (hour == 0)


def test_the_build_waits_for_every_vendor(dags: dict[str, DAG]) -> None:
    condition = dags["build__engagement"].timetable.asset_condition
    assert isinstance(condition, AssetAll)
    assert sorted(asset.name for asset in condition.objects) == sorted(f"raw/{name}" for name in catalog())


def test_a_dag_file_holds_at_most_80_lines() -> None:
    lengths = {file.name: len(file.read_text().splitlines()) for file in FOLDER.glob("*.py")}
    assert lengths
    assert max(lengths.values()) <= 80, lengths
