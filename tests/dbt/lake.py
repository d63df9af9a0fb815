"""A small lake written by hand, and dbt over it: what the tests of the models stand on."""

import gc
import hashlib
import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterable, Mapping, Sequence
from contextlib import chdir
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult

from extractors.catalog import catalog
from extractors.schema import arrow_schema

ROOT = Path(__file__).resolve().parents[2]
BEFORE_ALL_DAYS = date(1970, 1, 1)
PARSED = Path(tempfile.gettempdir()) / f"rapport-dbt-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
"""What dbt remembers of the project, for all lakes of this test run."""


def digest(plain: str) -> str:
    """What stands for a personal value here: any one-way function serves the tests."""
    return hashlib.sha256(f"tests:{plain.strip().lower()}".encode()).hexdigest()


def at(text: str) -> datetime:
    """An instant in UTC from "2026-08-01 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class Lake:
    """Partitions of any endpoint, from rows as dictionaries; what a row leaves out is null."""

    root: Path
    warehouse: Path
    changed: set[date] = field(default_factory=set)
    switches: tuple[tuple[str, Any], ...] = ()

    def __post_init__(self) -> None:
        """Every endpoint has an empty partition, as the build makes sure of."""
        for source in catalog().values():
            for endpoint in source.endpoints:
                self._write(source.name, endpoint.name, BEFORE_ALL_DAYS, [], {})

    def put(self, vendor: str, endpoint: str, day: str, rows: Iterable[Mapping[str, Any]], **receipt: Any) -> None:
        """Write the partition of a day whole, with its receipt in the footer."""
        self._write(vendor, endpoint, date.fromisoformat(day), list(rows), receipt)
        self.changed.add(date.fromisoformat(day))

    def _write(
        self, vendor: str, endpoint: str, day: date, rows: Sequence[Mapping[str, Any]], receipt: Mapping[str, Any]
    ) -> None:
        schema = arrow_schema(catalog()[vendor].endpoint(endpoint))
        unknown = {name for row in rows for name in row} - set(schema.names)
        assert not unknown, f"{vendor} {endpoint} has no {unknown}"
        rows = [{"member_id_digest": row.get("member_id"), **row} for row in rows]  # most tests need no other digest
        columns = {name: [row.get(name) for row in rows] for name in schema.names}
        columns["_seq"] = list(range(len(rows)))
        whole = {
            **{"vendor": vendor, "endpoint": endpoint, "day": day.isoformat(), "rows": len(rows), "rejected": 0},
            **{"pages": 1, "requests": 1, "outside": 0, "duplicates": 0, "unknown_fields": [], "seconds": 0.1},
            **{"window_start": day.isoformat(), "window_end": (day + timedelta(days=1)).isoformat()},
            **{"started_at": "2026-01-01T00:00:00Z", "finished_at": "2026-01-01T00:00:01Z", "is_provisional": False},
            **receipt,
        }
        folder = self.root / "raw" / f"source={vendor}" / f"entity={endpoint}" / f"day={day.isoformat()}"
        folder.mkdir(parents=True, exist_ok=True)
        table = pa.table(columns, schema=schema).replace_schema_metadata({"rapport.receipt": json.dumps(whole)})
        pq.write_table(table, folder / "part-0.parquet", compression="zstd")

    def build(self, as_of: str, *more: str, everything: bool = False) -> dbtRunnerResult:
        """`dbt build` of what changed since the last one, or of everything; fails with dbt's own messages.

        Unit tests do not look at the data: test_rules.py runs them once. A day leaves seeds and views as they are.
        """
        is_first = not self.warehouse.exists()
        touched = [] if everything or is_first else sorted(self.changed)
        unread = ["unit_test"] if is_first else ["unit_test", "seed"]
        left_out = [f"--exclude-resource-type={kind}" for kind in unread]
        left_out += ["--exclude=config.materialized:view"] if touched else []
        result = self.dbt("build", as_of, *left_out, *more, touched=[day.isoformat() for day in touched])
        assert result.success, messages(result)
        self.changed.clear()
        return result

    def copied(self, name: str) -> "Lake":
        """The same partitions beside this lake, over a copy of the warehouse, so that people keep their ids."""
        other = copy(self)
        other.root, other.changed = self.root.parent / name / self.root.name, set()
        other.root.mkdir(parents=True)
        (other.root / "raw").symlink_to(self.root / "raw")
        other.warehouse = other.root / os.path.relpath(self.warehouse, self.root)
        other.warehouse.parent.mkdir(exist_ok=True)
        shutil.copy(self.warehouse, other.warehouse)
        return other

    def dbt(self, command: str, as_of: str, *more: str, touched: Sequence[str] = ()) -> dbtRunnerResult:
        """A dbt command over this lake, in this process, with its own target folder.

        The places are told from the lake's root, so that they read the same for every lake: what dbt parsed once in
        this process serves all of them.
        """
        variables = json.dumps(dict(self.switches))
        settings = {"LAKE": ".", "RUNS": "runs", "WAREHOUSE": os.path.relpath(self.warehouse, self.root)}
        settings |= {"AS_OF": as_of, "TOUCHED_DAYS": ",".join(touched)}
        parsed = PARSED / f"{digest(variables + settings['WAREHOUSE'])}.msgpack"
        here = self.root / "target" / "partial_parse.msgpack"
        here.parent.mkdir(exist_ok=True)
        if parsed.exists():
            shutil.copy(parsed, here)
        places = [f"--project-dir={ROOT / 'dbt_project'}", f"--profiles-dir={ROOT / 'dbt_project'}"]
        places += [f"--target-path={self.root / 'target'}", f"--log-path={self.root / 'logs'}", "--log-level-file=none"]
        places += [] if command in ("parse", "docs generate") else ["--no-write-json"]
        with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings(action="ignore", category=ResourceWarning):
            patch.chdir(self.root)
            for name, value in settings.items():
                patch.setenv(f"RAPPORT_{name}", value)
            try:
                result = dbtRunner().invoke([*command.split(), *places, "--quiet", "--vars", variables, *more])
            finally:
                DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
                gc.collect()  # the event loop that dbt-duckdb makes for a model in Python, and leaves open
        if result.success and not parsed.exists():
            PARSED.mkdir(exist_ok=True)
            shutil.copy(here, PARSED / f"new-{os.getpid()}").replace(parsed)
        return result

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """The answer of the warehouse to a question, once dbt is over."""
        with chdir(self.root), duckdb.connect(str(self.warehouse)) as warehouse:
            return warehouse.execute(sql, values).fetchall()


def only(*models: str) -> tuple[str, ...]:
    """The arguments for a build of some models with all that they read, and the tests of those."""
    return ("--indirect-selection=buildable", "--select", *(f"+{model}" for model in models))


def messages(result: dbtRunnerResult) -> str:
    """What dbt complained about, a line each."""
    if result.exception:
        return str(result.exception)
    found: Any = result.result
    bad = [node for node in found or () if node.status in ("error", "fail")]
    return "\n".join(f"{node.node.name}: {node.message}" for node in bad)
