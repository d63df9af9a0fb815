"""Which concepts of engagement the models compute, where, and by which unit test: docs/mission-coverage.csv.

`python -m publishing.concepts` writes it from docs/concepts.csv and from what stands under `config.meta.mission` of the
models' columns, of the models and of the unit tests; `--check` only tells whether it has drifted.
"""

import argparse
import csv
import io
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "dbt_project" / "models"
CONCEPTS = ROOT / "docs" / "concepts.csv"
COVERAGE = ROOT / "docs" / "mission-coverage.csv"
COLUMNS = ("id", "concept", "status", "columns", "unit_tests")


def tagged(models: Path = MODELS) -> Iterator[tuple[str, str, str]]:
    """Every tag as (id, "column" or "unit_test", name); a tagged model stands for itself, a column as model.column."""
    for file in sorted(models.rglob("*.yml")):
        read = yaml.safe_load(file.read_text()) or {}
        for model in read.get("models", ()):
            yield from ((one, "column", model["name"]) for one in _ids(model))
            for column in model.get("columns", ()):
                yield from ((one, "column", f"{model['name']}.{column['name']}") for one in _ids(column))
        for test in read.get("unit_tests", ()):
            yield from ((one, "unit_test", test["name"]) for one in _ids(test))


def _ids(node: dict[str, Any]) -> list[str]:
    return list(((node.get("config") or {}).get("meta") or {}).get("mission") or ())


def coverage(concepts: Path = CONCEPTS, models: Path = MODELS) -> tuple[str, list[str]]:
    """The table as text, and what is wrong with it: an id unknown, untested, or both computed and waiting."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"column": [], "unit_test": []})
    for one, kind, name in tagged(models):
        found[one][kind].append(name)
    with concepts.open(newline="") as file:
        known = list(csv.DictReader(file))
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    table.writeheader()
    wrong = [f"{one} is no concept of {concepts.name}" for one in sorted(found.keys() - {row["id"] for row in known})]
    for row in known:
        places = found[row["id"]]
        if places["column"] and row["waits_for"]:
            wrong.append(f"{row['id']} is computed, so it waits for nothing")
        if bool(places["column"]) != bool(places["unit_test"]):
            wrong.append(f"{row['id']} has {'no unit test' if places['column'] else 'a unit test and no column'}")
        table.writerow(
            {
                **{"id": row["id"], "concept": row["concept"]},
                "status": row["waits_for"] or ("computed" if places["column"] else "open"),
                **{"columns": " ".join(places["column"]), "unit_tests": " ".join(places["unit_test"])},
            }
        )
    return out.getvalue(), wrong


def main() -> int:
    """The command; 1 where something is wrong, or where the file that is there says otherwise."""
    parser = argparse.ArgumentParser(description="Write docs/mission-coverage.csv from the models' tags.")
    parser.add_argument("--check", action="store_true", help="only tell whether it has drifted")
    check = parser.parse_args().check
    text, wrong = coverage()
    if not check:
        COVERAGE.write_text(text)
    elif not COVERAGE.exists() or COVERAGE.read_text() != text:
        wrong.append(f"{COVERAGE.name} has drifted; run `make derive`")
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
