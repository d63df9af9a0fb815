"""A town of two thousand for one week, which the fault tests share."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.journey.town import Town, town

FIRST, NOW = date(2026, 8, 1), "2026-08-08T06:00:00Z"


@pytest.fixture(scope="session")
def place() -> Iterator[Town]:
    """A running town whose answers fill more than one page of every vendor."""
    with town(FIRST, NOW, "--people", "3000") as running:
        yield running


@pytest.fixture
def calm(place: Town) -> Iterator[Town]:
    """The same town, without faults before and after."""
    place.clear_faults()
    yield place
    place.clear_faults()
