"""A lake and a warehouse of its own for whoever asks."""

from pathlib import Path

import pytest

from tests.dbt.lake import Lake


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """An empty lake with every endpoint declared."""
    return Lake(tmp_path / "lake", tmp_path / "warehouse.duckdb")
