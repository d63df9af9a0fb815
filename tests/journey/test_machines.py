"""The machines of the city, among the opens and clicks of its people: found by the rules, vendor by vendor."""

import pytest
from conftest import FIRST, NOW, PEOPLE, Journey
from machines import judged

from sandbox.world import build, instant

FLOOR = 0.95
Counts = dict[tuple[str, str], tuple[int, int, int]]


@pytest.fixture(scope="module")
def counts(main_job: Journey) -> Counts:
    """Found, planted and both, of the opens and of the clicks that each vendor told."""
    world = build(seed=7, count=int(PEOPLE), first=FIRST, now=instant(NOW))
    return judged(main_job.house.warehouse, world)


@pytest.mark.parametrize("kind", ["opened", "clicked"])
@pytest.mark.parametrize("vendor", ["mailchimp", "klaviyo", "hubspot"])
def test_what_is_called_a_machines_is_one_and_few_are_missed(counts: Counts, vendor: str, kind: str) -> None:
    found, planted, both = counts[vendor, kind]
    assert planted > 20
    assert both / found >= FLOOR, f"precision: {both} of {found}"
    assert both / planted >= FLOOR, f"recall: {both} of {planted}"


def test_the_city_is_no_mirror_of_the_rules(counts: Counts) -> None:
    """Some machines behave as people do, and some people as machines: rules that find all were made for the city."""
    found, planted, both = (sum(column) for column in zip(*counts.values(), strict=True))
    assert both < found
    assert both < planted
