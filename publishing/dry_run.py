"""A dry run beside the warehouse: what the last build knew, in a scratch warehouse, and which seeds differ."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from extractors import landing

BEFORE = "before"


class NothingBuilt(ValueError):  # noqa: N818 # errors are named by what to do next
    """There is no built warehouse to compare with, or a build is at work in it."""


def take_over(
    lake: str | Path, warehouse: Path, scratch: Path, kept: Mapping[str, str], *more: str
) -> tuple[date, int]:
    """Copy tables of the last build (`kept`: from where to where); its last day, and how many partitions are newer.

    `more` are statements that may read the last build as `built`. NothingBuilt where there is none, or one is going on.
    """
    if not warehouse.exists():
        raise NothingBuilt(f"there is no warehouse at {warehouse.name}: build first")
    with duckdb.connect(str(scratch)) as con:
        try:
            con.execute(f"attach '{warehouse}' as built (read_only)")
        except duckdb.IOException as error:
            raise NothingBuilt("a build is at work in the warehouse: try again when it is over") from error
        seen = con.execute("select vendor, endpoint, day, content_digest from built.meta.partitions").fetchall()
        if not seen:
            raise NothingBuilt("the last build did not end: build first")
        for schema in sorted({target.split(".")[0] for target in kept.values()} | {BEFORE}):
            con.execute(f"create schema {schema}")
        for source, target in kept.items():
            con.execute(f"create table {target} as from built.{source}")
        for statement in more:
            con.execute(statement)
    known = {tuple(row) for row in seen}
    day: date = max(row[2] for row in seen)
    now = {(r.vendor, r.endpoint, r.date, r.content_digest) for r in landing.receipts(lake)}
    return day, len(now - known)


def edits(con: duckdb.DuckDBPyConnection, seeds: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What was edited in seeds (each with its key), a line each: rows that came (+) or went (-), values from -> to."""
    return tuple(line for seed, key in seeds.items() for line in _edits(con, seed, key))


def _edits(con: duckdb.DuckDBPyConnection, seed: str, key: tuple[str, ...]) -> list[str]:
    was, now = (
        {tuple(row[name] for name in key): row for row in _rows(con, f"{place}.{seed}")} for place in (BEFORE, "seeds")
    )
    lines = [" ".join((seed, "+", *map(str, one))) for one in sorted(now.keys() - was.keys())]
    lines += [" ".join((seed, "-", *map(str, one))) for one in sorted(was.keys() - now.keys())]
    for one in sorted(now.keys() & was.keys()):
        lines += [
            f"{' '.join((seed, *map(str, one)))}: {column} {was[one].get(column)} -> {value}"
            for column, value in now[one].items()
            if was[one].get(column) != value
        ]
    return lines


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = con.sql(f"from {table}").to_arrow_table().to_pylist()
    return found
