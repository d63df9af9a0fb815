"""An Airflow home of the tests' own, set before anything imports airflow."""

import os
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

os.environ |= {
    "AIRFLOW_HOME": tempfile.mkdtemp(prefix="rapport-airflow-"),
    "AIRFLOW__CORE__DAGS_FOLDER": str(CHECKOUT / "dags"),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    "RAPPORT_START": "2026-10-01",
    "RAPPORT_END": "2026-10-03",
}
