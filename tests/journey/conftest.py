"""One town, one first load and two ordinary days, built, judged and published once for all journeys."""

import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

with warnings.catch_warnings():  # Great Expectations imports what Python has deprecated
    warnings.simplefilter("ignore")
    import expectations.judge  # noqa: F401 # once, before any test counts its warnings

from town import ROOT, House, Town, build_and_publish, extract_all, town

FIRST, LOADED, LAST = date(2026, 8, 22), date(2026, 9, 19), date(2026, 9, 21)
NOW = "2026-09-22T06:00:00Z"
PEOPLE = "500"


@dataclass(frozen=True)
class Journey:
    """What the main job left behind: the town, the house, and the version that each build published."""

    town: Town
    house: House
    versions: tuple[str, ...]
    truth: Path


@pytest.fixture(scope="session")
def main_job(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    """A first load of four weeks, then two days, each extracted, built, judged and published."""
    house = House(tmp_path_factory.mktemp("house"))
    spans = [(FIRST, LOADED), *((LOADED + timedelta(days=n),) * 2 for n in (1, 2))]
    versions = []
    with town(FIRST, NOW, "--people", PEOPLE) as place:
        with pytest.MonkeyPatch.context() as patch:  # undone before the tests, which may share the process with others
            for name, value in house.environment(place).items():
                patch.setenv(name, value)
            for first, last in spans:
                extract_all(house, first, last)
                versions.append(build_and_publish(house, last))
        yield Journey(place, house, tuple(versions), truth(tmp_path_factory.mktemp("truth")))


@pytest.fixture
def at_home(main_job: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    """The house's environment for one test that works on in it."""
    for name, value in main_job.house.environment(main_job.town).items():
        monkeypatch.setenv(name, value)


def truth(out: Path) -> Path:
    """The truth of the town as Parquet files, in `out`."""
    command = [sys.executable, "-m", "sandbox", "truth", "--out", str(out), "--people", PEOPLE]
    subprocess.run([*command, "--first", FIRST.isoformat(), "--now", NOW], cwd=ROOT, check=True, capture_output=True)
    return out
