"""An extraction that is killed at any moment, and run again, leaves the bytes of one that was not."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.faults.lakes import leftovers, whole_content_of
from tests.journey.town import ROOT, House, Town, town

KILLS = 4 * int(os.environ.get("RAPPORT_KILLS", "5"))
FAMILIES = [("mailchimp", "reports"), ("hubspot", "deals")]


@pytest.fixture(scope="module")
def slow() -> Iterator[Town]:
    """A small town whose every answer takes a moment, so that a kill can strike between any two."""
    with town(date(2026, 8, 1), "2026-08-08T06:00:00Z", "--people", "300") as place:
        for vendor, _ in FAMILIES:
            place.post("/_sandbox/faults", {"vendor": vendor, "kind": "timeout", "times": 10**6, "seconds": 0.03})
        yield place


def start(house: House, place: Town, vendor: str, endpoint: str) -> subprocess.Popen[bytes]:
    """The command that reads the endpoint and its children for a week."""
    command = [sys.executable, "-m", "extractors", vendor, endpoint, "--from", "2026-08-01", "--to", "2026-08-08"]
    return subprocess.Popen(command, env=house.environment(place), cwd=ROOT, stdout=subprocess.DEVNULL)


def wait_for(lake: Path, partitions: int, process: subprocess.Popen[bytes]) -> None:
    """Return once there are so many partitions, or the process has ended."""
    while len(list(lake.rglob("part-0.parquet"))) < partitions and process.poll() is None:
        time.sleep(0.001)


@pytest.mark.parametrize(("vendor", "endpoint"), FAMILIES)
def test_a_killed_extraction_run_again_leaves_what_an_undisturbed_one_does(
    vendor: str, endpoint: str, slow: Town, tmp_path: Path
) -> None:
    calm = House(tmp_path / "calm")
    began = time.monotonic()
    assert start(calm, slow, vendor, endpoint).wait(timeout=120) == 0
    seconds = time.monotonic() - began
    expected = whole_content_of(Path(calm.lake))
    assert len({name for name, _ in expected}) > 1

    moments = random.Random(f"{vendor} {endpoint}")  # noqa: S311 # the same moments each time
    ends = []
    for n in range(KILLS):
        house = House(tmp_path / str(n))
        lake = Path(house.lake)
        killed = start(house, slow, vendor, endpoint)
        if n % 2:
            time.sleep(seconds * moments.uniform(0.2, 0.8))
        else:  # while the days are put into the lake
            wait_for(lake, moments.randrange(1, len(expected)), killed)
        killed.kill()
        ends.append((killed.wait(timeout=60), len(whole_content_of(lake))))
        assert whole_content_of(lake).items() <= expected.items()
        for file in leftovers(lake):
            os.utime(file, (0, 0))
        assert start(house, slow, vendor, endpoint).wait(timeout=120) == 0
        assert whole_content_of(lake) == expected
        assert leftovers(lake) == []
    sys.stdout.write(f"{vendor} {endpoint}: exit code and partitions there at each kill {ends}\n")
    assert sum(code == -signal.SIGKILL for code, _ in ends) > KILLS / 2, ends
