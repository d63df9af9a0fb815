"""docs/marts.csv is what the marts promise, and a promise is not broken in silence."""

import csv
from pathlib import Path
from typing import Any

from publishing.contracts import PROMISED, broken, contracts


def line(column: str, version: int = 1, kind: str = "varchar", mart: str = "customers") -> dict[str, str]:
    return {"mart": mart, "version": str(version), "column": column, "type": kind, "description": "…"}


def test_the_marts_keep_what_they_promise() -> None:
    promised: list[Any] = list(csv.DictReader(PROMISED.read_text().splitlines()))
    assert broken(promised, contracts()) == []
    assert promised == contracts(), "run `make derive`"


def test_a_column_that_is_new_breaks_nothing() -> None:
    assert broken([line("score")], [line("score"), line("tier")]) == []


def test_a_column_that_is_gone_or_of_another_type_needs_a_new_version() -> None:
    promised = [line("score"), line("tier"), line("country")]
    now = [line("score", kind="double"), line("country")]
    assert [one.split(";")[0] for one in broken(promised, now)] == [
        "customers v1: score is double, no longer varchar",
        "customers v1: tier is gone",
    ]


def test_an_old_version_stands_until_a_newer_one_is_there() -> None:
    promised = [line("score"), line("tier")]
    assert broken(promised, [line("score", version=2)]) == []
    assert len(broken(promised, [])) == 2
    assert len(broken([*promised, line("score", version=2)], [line("score"), line("tier")])) == 1


MART = """
models:
  - name: customers
    columns:
      - {name: score, data_type: double, description: Points.}
      - {name: tier, data_type: varchar, description: Which tier.}
    versions:
      - {v: 1}
      - v: 2
        columns:
          - {include: all, exclude: [tier]}
          - {name: country, data_type: varchar, description: Where.}
      - {v: 3, columns: [{include: [tier]}]}
      - {v: 4, columns: [{name: score, data_type: bigint, description: Points.}]}
"""


def test_a_version_has_the_columns_that_dbt_gives_it(tmp_path: Path) -> None:
    (tmp_path / "customers.yml").write_text(MART)
    assert [(one["version"], one["column"], one["type"]) for one in contracts(tmp_path)] == [
        *(("1", "score", "double"), ("1", "tier", "varchar")),
        *(("2", "score", "double"), ("2", "country", "varchar")),
        ("3", "tier", "varchar"),
        *(("4", "score", "bigint"), ("4", "tier", "varchar")),
    ]
