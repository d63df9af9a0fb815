"""`make analyst`: a city's lake and a built warehouse to edit the SQL on, with no Airflow and no key of a vendor."""

import argparse
import shlex
import sys
from datetime import timedelta
from pathlib import Path

from demo.home import ACCOUNTS, CHECKOUT
from truth.city import LAST, City

PLACE = CHECKOUT / "data" / "analyst"
HINT = """
Now edit the SQL in dbt_project/models and build what you changed:

  source {environment}
  dbt build --select +customer_scores          # with all that it reads, and their data tests
  env -u DBT_EXCLUDE_RESOURCE_TYPES dbt test --select +customer_scores,test_type:unit    # what judges the SQL itself
  dbt build --select state:modified+ --state $PWD/{place}/dbt/target    # only what you edited since `make analyst`

Look at it:

  duckdb -readonly {place}/warehouse.duckdb   (or .venv/bin/python, DBeaver …): marts.customers, marts.kpi_days …
"""


def main() -> int:
    """Make the place unless it is there, and say how to work in it."""
    parser = argparse.ArgumentParser(prog="python -m demo.analyst", description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--days", type=int, default=90)
    asked = parser.parse_args()
    city = City(asked.people, asked.days, 1.0, PLACE)
    if not city.warehouse.exists():
        _say(f"{asked.people:,} people, {asked.days} days")
        city.walk(_say)
    environment = PLACE / "environment"
    environment.write_text(_settings(city))
    _say(HINT.format(place=PLACE.relative_to(CHECKOUT), environment=environment.relative_to(CHECKOUT)))
    return 0


def _settings(city: City) -> str:
    """What a shell has to be told: our settings, and in dbt's own variables its places and what a quick loop omits.

    Those are the unit tests, which take a quarter of a build, and dbt's log file and manifest, another fifth.
    """
    project = CHECKOUT / "dbt_project"
    settings = {
        "RAPPORT_LAKE": city.folder / "lake",
        "RAPPORT_WAREHOUSE": city.warehouse,
        "RAPPORT_RUNS": city.folder / "runs",
        "RAPPORT_VENDORS": ",".join(ACCOUNTS),
        "RAPPORT_AS_OF": LAST + timedelta(days=1),
        "DBT_PROJECT_DIR": project,
        "DBT_PROFILES_DIR": project,
        "DBT_TARGET_PATH": city.folder / "target",
        "DBT_LOG_PATH": city.folder / "logs",
        "DBT_EXCLUDE_RESOURCE_TYPES": "unit_test",
        "DBT_LOG_LEVEL_FILE": "none",
        "DBT_WRITE_JSON": "false",
        "DBT_CACHE_SELECTED_ONLY": "true",
        "PYTHONPATH": CHECKOUT,
    }
    lines = [f"export {name}={shlex.quote(str(value))}" for name, value in settings.items()]
    return "\n".join([*lines, f"export PATH={shlex.quote(str(Path(sys.executable).parent))}:$PATH", ""])


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
