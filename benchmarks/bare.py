"""What dbt ran, run again without dbt: `python -m benchmarks.bare TARGET BUILT FRESH`.

TARGET is dbt's target folder after a build, BUILT the warehouse it made, which what is no SQL is copied from (seeds,
models in Python), FRESH a file of the same name in another folder, because the compiled SQL names its database. Models
become tables or views, tests are counted, in dbt's own order.
"""

import json
import sys
from pathlib import Path
from typing import Any

import duckdb

from publishing.sentiment import Plugin

VIEWS = ("view", "view_of_a_build", "table_on_a_day")  # in a whole build
OPENING = "set TimeZone = 'UTC'; set parquet_metadata_cache = true; create schema if not exists meta;"


def statement(node: dict[str, Any], compiled: str) -> str:
    """The SQL that makes a node's table or view, or that counts a test's failures."""
    if node["resource_type"] == "test":
        return f"select count(*) from ({compiled})"  # noqa: S608 dbt's own SQL
    kind = "view" if node["config"]["materialized"] in VIEWS else "table"
    return f"create {kind} {node['relation_name']} as {compiled}"


def main() -> None:
    """Run every node of the last build."""
    target, built, fresh = (Path(argument) for argument in sys.argv[1:])
    nodes = json.loads((target / "manifest.json").read_text())["nodes"]
    results = json.loads((target / "run_results.json").read_text())["results"]
    with duckdb.connect(fresh) as connection:
        connection.execute(OPENING)
        Plugin("sentiment", {}).configure_connection(connection)
        connection.execute(f"attach '{built}' as built (read_only)")
        for schema in {nodes[r["unique_id"]]["schema"] for r in results if r["unique_id"] in nodes}:
            connection.execute(f"create schema if not exists {schema}")
        for result in results:
            node = nodes.get(result["unique_id"])
            if node is None or node["resource_type"] == "operation":
                continue
            if node["resource_type"] == "seed" or node["language"] == "python":
                place = f"{node['schema']}.{node['alias']}"
                connection.execute(f"create table {place} as from built.{place}")
            elif result["compiled_code"]:
                connection.execute(statement(node, result["compiled_code"]))


if __name__ == "__main__":
    main()
