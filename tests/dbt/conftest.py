"""A lake and a warehouse of its own for whoever asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dbt.lake import Lake


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lake]:
    """An empty lake with every endpoint declared."""
    for name in ("RAPPORT_LAKE", "RAPPORT_WAREHOUSE", "RAPPORT_RUNS"):
        monkeypatch.setenv(name, "")
    yield Lake(tmp_path / "lake", tmp_path / "warehouse.duckdb")
