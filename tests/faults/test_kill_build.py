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

KILLS = int(os.environ.get("RAPPORT_KILLS", "5"))
FIRST, LAST = date(2026, 8, 1), date(2026, 8, 8)
WHAT = ["a first build", "the next day"]
BUILD = """
import sys
from datetime import date
from publishing.build import build
lake, warehouse, published, day = sys.argv[1:]
build(lake, warehouse, date.fromisoformat(day), progress=lambda said: print(said, flush=True))
"""
PUBLISH = """
from publishing.publish import publish
verdict = {"subject": "marts", "day": day, "passed": True, "rows": 0, "findings": []}
publish(warehouse, published, verdict, date.fromisoformat(day))
"""


@pytest.fixture(scope="module")
def place() -> Iterator[Town]:
    """A small town."""
    with town(FIRST, "2026-08-09T06:00:00Z", "--people", "300") as running:
        yield running


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Where all builds happen, so that what dbt parsed for one serves the next."""
    return House(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def before(house: House, place: Town, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What a house holds before its first build, and one that was built and published up to the day before."""
    fresh, grown = (tmp_path_factory.mktemp(name) / "home" for name in ("fresh", "grown"))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in house.environment(place).items():
            patch.setenv(name, value)
        extract_all(house, FIRST, LAST - timedelta(days=1))
        publish(house, place, LAST - timedelta(days=1))
        extract_all(house, LAST, LAST)
    shutil.copytree(house.home, grown, symlinks=True)
    shutil.copytree(house.lake, fresh / Path(house.lake).name)
    return dict(zip(WHAT, (fresh, grown), strict=True))


def start(script: str, place: Town, house: House, day: date = LAST) -> subprocess.Popen[str]:
    """A Python script in a process group of its own, dbt included."""
    command = [sys.executable, "-c", script, house.lake, house.warehouse, house.published, str(day)]
    said = subprocess.PIPE
    return subprocess.Popen(
        command, env=house.environment(place), cwd=ROOT, start_new_session=True, stdout=said, text=True
    )


def publish(house: House, place: Town, day: date = LAST) -> tuple[dict[str, str], int]:
    """Build and publish: the digests of the published Parquet files, and how many models and tests the build ran."""
    said, _ = (process := start(BUILD + PUBLISH, place, house, day)).communicate(timeout=600)
    assert process.returncode == 0
    folder = current(house.published)
    assert folder is not None
    return {name: digest for name, digest in bytes_of(folder).items() if name.endswith(".parquet")}, said.count("\n")


def furnish(house: House, held: Path) -> None:
    """Let the house hold that, and nothing else."""
    shutil.rmtree(house.home)
    shutil.copytree(held, house.home, symlinks=True)


@pytest.mark.parametrize("what", WHAT)
def test_a_killed_build_run_again_publishes_what_an_undisturbed_one_does(
    what: str, house: House, before: dict[str, Path], place: Town
) -> None:
    furnish(house, before[what])
    expected, nodes = publish(house, place)
    assert len(expected) > 15

    moments = random.Random(what)  # noqa: S311 # the same moments each time
    ends = []
    for _ in range(KILLS):
        furnish(house, before[what])
        killed = start(BUILD, place, house)
        after = moments.randrange(nodes)
        seen = [line for line, _ in zip(killed.stdout or (), range(after), strict=False)]
        time.sleep(moments.uniform(0.0, 0.3))
        os.killpg(killed.pid, signal.SIGKILL)
        killed.communicate(timeout=60)
        ends.append((killed.returncode, len(seen)))
        assert publish(house, place)[0] == expected
    sys.stdout.write(f"{what}: exit code, and how many of {nodes} models and tests had ended at each kill {ends}\n")
    assert [code for code, _ in ends] == [-signal.SIGKILL] * KILLS
