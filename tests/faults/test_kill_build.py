"""A build that is killed at any moment, and run again, publishes the bytes of one that was not."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from publishing.publish import current
from tests.faults.lakes import bytes_of
from tests.journey.town import ROOT, House, Town, extract_all, town

KILLS = 5 if os.environ.get("RAPPORT_KILLS") == "full" else 1
FIRST, LAST = date(2026, 8, 1), date(2026, 8, 8)
BUILD = """
import sys
from datetime import date
from publishing.build import build
build(sys.argv[1], sys.argv[2], date.fromisoformat(sys.argv[3]))
"""
ALL = """
import sys
from datetime import date
from pathlib import Path
from tests.journey.town import House, build_and_publish
build_and_publish(House(Path(sys.argv[1])), date.fromisoformat(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def place() -> Iterator[Town]:
    """A small town."""
    with town(FIRST, "2026-08-09T06:00:00Z", "--people", "300") as running:
        yield running


@pytest.fixture(scope="module")
def houses(place: Town, tmp_path_factory: pytest.TempPathFactory) -> dict[str, House]:
    """A house before its first build, and one that was built and published up to the day before."""
    fresh, grown = House(tmp_path_factory.mktemp("fresh")), House(tmp_path_factory.mktemp("grown"))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in grown.environment(place).items():
            patch.setenv(name, value)
        extract_all(grown, FIRST, LAST - timedelta(days=1))
        publish(grown, place, LAST - timedelta(days=1))
        extract_all(grown, LAST, LAST)
    shutil.copytree(grown.lake, fresh.lake)
    return {"a first build": fresh, "the next day": grown}


def start(script: str, place: Town, house: House, *arguments: object) -> subprocess.Popen[bytes]:
    """A Python script in a process group of its own, dbt included."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, env=house.environment(place), cwd=ROOT, start_new_session=True)


def publish(house: House, place: Town, day: date = LAST) -> dict[str, str]:
    """Build, judge and publish; the digests of the published Parquet files, but for the log of runs."""
    assert start(ALL, place, house, house.home, day).wait(timeout=600) == 0
    folder = current(house.published)
    assert folder is not None
    return {
        name: digest for name, digest in bytes_of(folder).items() if name.endswith(".parquet") and "_runs" not in name
    }


def copy(house: House, to: Path) -> House:
    """The same house somewhere else."""
    shutil.copytree(house.home, to, symlinks=True)
    return House(to)


@pytest.mark.parametrize("what", ["a first build", "the next day"])
def test_a_killed_build_run_again_publishes_what_an_undisturbed_one_does(
    what: str, houses: dict[str, House], place: Town, tmp_path: Path
) -> None:
    calm = copy(houses[what], tmp_path / "calm")
    began = time.monotonic()
    assert start(BUILD, place, calm, calm.lake, calm.warehouse, LAST).wait(timeout=600) == 0
    seconds = time.monotonic() - began
    expected = publish(calm, place)
    assert len(expected) > 15

    moments = random.Random(what)  # noqa: S311 # the same moments each time
    ends = []
    for n in range(KILLS):
        house = copy(houses[what], tmp_path / str(n))
        killed = start(BUILD, place, house, house.lake, house.warehouse, LAST)
        after = seconds * moments.uniform(0.3, 1.0)
        time.sleep(after)
        os.killpg(killed.pid, signal.SIGKILL)
        ends.append((killed.wait(timeout=60), round(after, 1)))
        assert publish(house, place) == expected
        shutil.rmtree(house.home)
    sys.stdout.write(f"{what}, {seconds:.1f} s long: exit code and second of each kill {ends}\n")
    assert -signal.SIGKILL in [code for code, _ in ends]
