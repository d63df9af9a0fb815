"""A lake of hand-made partitions, and the names of everything that the gate left behind."""

import importlib
import json
import logging
import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors.catalog import catalog
from extractors.schema import arrow_schema
from extractors.spec import Column, Endpoint

with warnings.catch_warnings():  # Great Expectations imports sre_constants, which Python has deprecated
    warnings.simplefilter("ignore", DeprecationWarning)
    importlib.import_module("expectations.judge")

Write = Callable[..., Path]


def value(column: Column, day: date, n: int) -> Any:
    """Any fitting value of a column for the n-th row of a day."""
    if column.type == "moment":
        return datetime(day.year, day.month, day.day, 12, 0, n % 60, tzinfo=UTC)
    if column.type == "list" or column.split:
        return []
    plain = {"integer": n, "number": 5.0, "decimal": None, "boolean": False}
    return plain.get(column.type, f"{n:032x}")


def rows(endpoint: Endpoint, day: date, count: int) -> list[dict[str, Any]]:
    """Rows that fit the declaration, with keys of their own."""
    return [{**{c.name: value(c, day, n) for c in endpoint.columns}, "_seq": n} for n in range(count)]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write one partition: vendor, endpoint, day, then `rows`, `change` (a function of the table) or receipt fields."""

    def partition(
        vendor: str,
        name: str,
        day: date,
        found: list[dict[str, Any]] | int = 0,
        change: Callable[[pa.Table], pa.Table] = lambda table: table,
        **receipt: Any,
    ) -> Path:
        endpoint = catalog()[vendor].endpoint(name)
        if isinstance(found, int):
            found = rows(endpoint, day, found)
        loose = pa.schema([pa.field(f.name, f.type) for f in arrow_schema(endpoint)])
        table = change(pa.Table.from_pylist(found, schema=loose))
        about = {"vendor": vendor, "endpoint": name, "day": str(day), "rows": table.num_rows, "rejected": 0, **receipt}
        path = tmp_path / "lake" / "raw" / f"source={vendor}" / f"entity={name}" / f"day={day}" / "part-0.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table.replace_schema_metadata({"rapport.receipt": json.dumps(about)}), path)
        return path

    return partition


@pytest.fixture
def days() -> list[date]:
    """Ten days in a row."""
    return [date(2026, 9, 1) + timedelta(days=n) for n in range(10)]


@pytest.fixture
def everything_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Callable[[], list[str]]:
    """What was logged and printed, and every file under the test's folder but the lake and the warehouses."""
    caplog.set_level(logging.DEBUG)

    def texts() -> list[str]:
        files = [path for path in tmp_path.rglob("*") if path.is_file() and "lake" not in path.parts]
        said = [path.read_text() for path in files if path.suffix not in {".duckdb", ".wal", ".parquet"}]
        return [caplog.text, *capfd.readouterr(), *said]

    return texts
