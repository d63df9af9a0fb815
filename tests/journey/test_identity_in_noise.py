"""Who is who in a small city of double noise: no strangers joined, and nearly everyone found."""

from pathlib import Path

import duckdb
import pytest

from truth.city import DIGEST_KEY
from truth.measures import MEASURES, views
from truth.reliability import Measured, city


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Measured, Path]:
    """Two weeks of a small city, its records resolved; what the confidence is worth, and the folder."""
    folder = tmp_path_factory.mktemp("noise")
    return city(250, 14, 2.0, folder), folder


@pytest.mark.parametrize("measure", MEASURES[:2], ids=lambda measure: measure.name)
def test_identity_holds_its_floors_at_double_noise(place: tuple[Measured, Path], measure) -> None:
    folder = place[1]
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as con:
        views(con, folder / "truth", DIGEST_KEY)
        figure = measure.figure(con, 2.0)
    assert figure.of > 50
    assert figure.holds, figure


def test_a_stated_confidence_is_not_above_what_is_measured(place: tuple[Measured, Path]) -> None:
    assert len(place[0].customers) > 50
    stated = sum(confidence * pairs for confidence, pairs, _ in place[0].customers)
    right = sum(correct for _, _, correct in place[0].customers)
    assert stated <= right
    assert min(confidence for confidence, _, _ in place[0].customers) >= 0.9
