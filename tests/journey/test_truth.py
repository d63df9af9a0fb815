"""What the city knows and what its marts say, over the town of the main job; `make truth` does it at full size."""

from pathlib import Path

from conftest import Journey
from town import DIGEST_KEY

from truth.measures import MEASURES, figures

SMALL = 0.95  # a small town's floor: one mistake of few weighs more


def test_the_marts_of_a_small_town_are_near_the_truth(main_job: Journey) -> None:
    found = figures(Path(main_job.house.warehouse), main_job.truth, DIGEST_KEY)
    assert [figure.name for figure in found] == [f"{measure.name}, noise 1" for measure in MEASURES]
    assert all(0 <= figure.low <= figure.value <= figure.high <= 1 and figure.of > 10 for figure in found)
    assert {figure.name for figure in found if figure.value < SMALL} == set()
