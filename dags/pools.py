"""The Airflow pools: `python -m dags.pools > pools.json`, then `airflow pools import pools.json`."""

import json
import sys

from dags.policy import WRITER
from extractors import settings


def pools() -> dict[str, dict[str, object]]:
    """Every pool by name: one per vendor, and one for whoever writes the warehouse."""
    slots = {f"vendor__{name}": f"calls to {name}: its rate is counted within one task" for name in settings.sources()}
    slots[WRITER] = "whoever opens the warehouse: DuckDB has one writer"
    return {name: {"slots": 1, "description": why, "include_deferred": False} for name, why in slots.items()}


if __name__ == "__main__":
    json.dump(pools(), sys.stdout, indent=2)
