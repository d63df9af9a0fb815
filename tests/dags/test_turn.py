"""A run judges and publishes only what it has built."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowSkipException

from dags import turn
from dags.build import build__engagement, build__late

DAY = date(2026, 10, 1)
pytestmark = pytest.mark.usefixtures("data")


def test_a_run_judges_only_what_it_has_built(data: Path) -> None:
    with turn.building(DAY) as built, pytest.raises(AirflowSkipException, match="built for no day"):
        turn.mine(built)
    assert turn.mine(built) == (data / "warehouse.duckdb", DAY)
    with turn.building(DAY + timedelta(days=1)):
        pass
    with pytest.raises(AirflowSkipException, match="built for 2026-10-02 meanwhile, not this 2026-10-01"):
        turn.mine(built)


def test_a_run_publishes_no_warehouse_that_another_has_built_for_the_same_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged = SimpleNamespace(passed=True, record=lambda: {"passed": True})
    published: list[date] = []
    monkeypatch.setattr("publishing.build.build", lambda *_: None)
    monkeypatch.setattr("expectations.gate.check_marts", lambda *_: judged)
    monkeypatch.setattr("publishing.publish.publish", lambda *given: published.append(given[3]))

    def step(dag: Any, name: str, *given: Any, **key: Any) -> Any:
        return dag.get_task(name).python_callable(*given, **key)

    late = step(build__late, "transform", partition_key=str(DAY))
    verdict = step(build__late, "validate", late)
    complete = step(build__engagement, "transform", partition_key=str(DAY))
    with pytest.raises(AirflowSkipException, match="built for 2026-10-01 meanwhile"):
        step(build__late, "publish", verdict, late)
    assert published == []
    step(build__engagement, "publish", step(build__engagement, "validate", complete), complete)
    assert published == [DAY]


def test_a_build_that_failed_leaves_the_warehouse_to_nobody() -> None:
    with turn.building(DAY) as built:
        pass
    with pytest.raises(OSError, match="full"), turn.building(DAY):
        raise OSError("full")
    with pytest.raises(AirflowSkipException):
        turn.mine(built)
