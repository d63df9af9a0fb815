"""The build at the deadline, when a vendor is late: from the lake to a published version, by the Dags' own tasks."""

import importlib
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from airflow.sdk.exceptions import AirflowSkipException

from dags.build import build__engagement, build__late
from expectations import runs
from expectations.suites import Finding, Verdict
from publishing import manifest
from publishing.publish import current
from tests.journey.town import VENDORS, House, extract_all, town

with warnings.catch_warnings():  # Great Expectations imports what Python has deprecated
    warnings.simplefilter("ignore")
    importlib.import_module("expectations.judge")

FIRST, LAST = date(2026, 9, 21), date(2026, 9, 28)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house whose lake holds a week of every vendor, and the day after it of all but Matomo."""
    found = House(tmp_path_factory.mktemp("house"))
    patch = pytest.MonkeyPatch()
    with town(FIRST, f"{LAST + timedelta(days=1)}T06:00:00Z", "--people", "300") as place:
        for name, value in found.environment(place).items():
            patch.setenv(name, value)
        extract_all(found, FIRST, LAST - timedelta(days=1))
        extract_all(found, LAST, LAST, but="matomo")
        yield found
    patch.undo()


def run(dag: Any, day: date) -> dict[str, Any]:
    """The steps of a Dag for a day, one after the other; the manifest of what is published then."""

    def step(name: str, *given: Any, **key: Any) -> Any:
        return dag.get_task(name).python_callable(*given, **key)

    built = step("transform", partition_key=day.isoformat())
    step("publish", step("validate", built), built)
    return manifest.read(published())


def published() -> Path:
    """The folder that BI reads."""
    from extractors import settings  # noqa: PLC0415 # the environment is set by then

    folder = current(settings.published())
    assert folder is not None
    return folder


def coverage(day: date) -> dict[str, set[str]]:
    """What the published mart says of every vendor's endpoints on a day."""
    with duckdb.connect() as con:
        query = f"select source_system, list(distinct status) from '{published()}/data_coverage.parquet' "
        found = con.execute(query + "where date_day = ? group by all", [day]).fetchall()
    return {vendor: set(status) for vendor, status in found}


def test_a_day_that_was_rolled_back_does_not_come_back_at_the_deadline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lake", "warehouse", "published", "runs"):
        monkeypatch.setenv(f"RAPPORT_{name.upper()}", str(tmp_path / name))
    for day in (LAST - timedelta(days=1), LAST):
        (tmp_path / "published" / f"{day}-0123456789ab").mkdir(parents=True)
        (tmp_path / "published" / f"{day}-0123456789ab" / manifest.NAME).write_text(f'{{"day": "{day}"}}')
    (tmp_path / "published" / "current").symlink_to(f"{LAST - timedelta(days=1)}-0123456789ab")
    with pytest.raises(AirflowSkipException, match="published already"):
        run(build__late, LAST)


def test_the_deadline_builds_without_who_is_late_or_unfit_and_says_who_that_was(house: House) -> None:
    at = datetime.now(UTC)
    thin = Finding("bluesky.posts", "the day has its usual rows", "", "critical", False, 1.0, "at least 9")
    runs.write(house.runs, Verdict("bluesky", str(LAST), (thin,), 1, at, at), "gate")
    about = run(build__late, LAST)
    assert (about["day"], about["missing"]) == (str(LAST), ["bluesky", "matomo"])
    assert (coverage(LAST)["matomo"], coverage(LAST)["bluesky"]) == ({"late"}, {"unfit"})
    received = {vendor for vendor, status in coverage(LAST).items() if "received" in status}
    assert received == set(VENDORS) - {"matomo", "bluesky"}
    assert coverage(LAST - timedelta(days=1))["matomo"] == {"received"}
    assert about["marts"]["customers"]["rows"] > 100
    with pytest.raises(AirflowSkipException, match="published already"):
        run(build__late, LAST)

    extract_all(house, LAST, LAST)
    complete = run(build__engagement, LAST)
    assert (complete["day"], complete["missing"]) == (str(LAST), [])
    assert coverage(LAST)["matomo"] == coverage(LAST)["bluesky"] == {"received"}
    assert complete["marts"]["sessions"]["rows"] > about["marts"]["sessions"]["rows"]
