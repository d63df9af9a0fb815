"""An Airflow home of the tests' own, set before anything imports airflow."""

import os
import tempfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

os.environ |= {
    "AIRFLOW_HOME": tempfile.mkdtemp(prefix="rapport-airflow-"),
    "AIRFLOW__CORE__DAGS_FOLDER": str(CHECKOUT / "dags"),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    "RAPPORT_START": "2026-10-01",
    "RAPPORT_END": "2026-10-03",
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for everything that a task writes."""
    for name in ("LAKE", "RUNS", "PUBLISHED"):
        monkeypatch.setenv(f"RAPPORT_{name}", str(tmp_path / name.lower()))
    monkeypatch.setenv("RAPPORT_WAREHOUSE", str(tmp_path / "warehouse.duckdb"))
    return tmp_path
