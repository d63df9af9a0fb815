"""Whatever goes wrong in whatever order: in the end the lake holds what the vendor holds, each record once."""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.contract.checklist.benches import bench
from tests.contract.checklist.planter import PLANTERS, planter
from tests.contract.checklist.stories import Story, stories, told

FULL = os.environ.get("RAPPORT_CHECKLIST") == "full"
CASES = 48 if FULL else 3  # of each planter
AT_ONCE = 8
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")  # others at work do


def many(name: str, home: Path) -> int:
    """Tell many stories with a planter: how many."""
    numbers = count()
    with bench(planter(name), home) as place:

        @settings(
            max_examples=CASES,
            deadline=None,
            database=None,
            derandomize=not FULL,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(stories(planter(name)))
        def one(story: Story) -> None:
            place.begin(home / str(next(numbers)))
            told(place, story)

        one()
    return next(numbers)


@pytest.fixture(scope="module")
def telling(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[int]]]:
    """The sources that were chosen, at work beside each other."""
    chosen = [item.callspec.params for item in request.session.items if item.path == request.path]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {c["name"]: pool.submit(many, c["name"], tmp_path_factory.mktemp("stories")) for c in chosen}


@pytest.mark.parametrize("name", PLANTERS)
def test_the_lake_holds_what_the_vendor_holds(name: str, telling: dict[str, Future[int]]) -> None:
    assert telling[name].result() >= CASES
