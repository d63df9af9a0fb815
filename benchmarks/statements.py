"""Selects into tables of a schema `scratch`, in order: `python -m benchmarks.statements WAREHOUSE FILE…`.

Prints the seconds and the rows of each as JSON.
"""

import json
import sys
import time
from pathlib import Path

import duckdb


def main() -> None:
    """Run every file's select as `scratch.<its name>`, anew."""
    warehouse, *files = (Path(argument) for argument in sys.argv[1:])
    with duckdb.connect(warehouse) as connection:
        connection.execute("set TimeZone = 'UTC'; drop schema if exists scratch cascade; create schema scratch")
        took = {}
        for file in files:
            start = time.perf_counter()
            (rows,) = connection.execute(f"create table scratch.{file.stem} as {file.read_text()}").fetchone() or (0,)
            took[file.stem] = {"rows": rows, "seconds": round(time.perf_counter() - start, 3)}
    print(json.dumps(took))  # noqa: T201


if __name__ == "__main__":
    main()
