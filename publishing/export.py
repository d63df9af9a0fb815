"""From the candidate warehouse to files: one sorted Parquet per mart, and one read-only DuckDB file with all of them.

The same rows give the same Parquet bytes: sorted by key, zstd, fixed row groups. What is personal goes into a folder of
its own that only the owner can open, and not into the DuckDB file.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from expectations.marts import MARTS
from publishing.build import PROJECT
from publishing.manifest import Table, sha256

MODELS = PROJECT / "models" / "marts"
PERSONAL = frozenset({"customer_profiles"})
FOLDERS = {"customer_profiles": "profiles", "crm_scores": "exports"}
DATABASE = "marts.duckdb"
# 1.0.0 is the oldest storage that DuckDB still writes, so every driver of a BI tool can open the file.
ATTACH = "attach '{path}' as published (storage_version 'v1.0.0')"
ROW_GROUP = 122_880
RUN_COLUMNS = {
    "run_id": "varchar",
    "day": "date",
    "step": "varchar",
    "vendor": "varchar",
    "status": "varchar",
    "rows_in": "bigint",
    "rows_out": "bigint",
    "verdict": "varchar",
    "started_at": "timestamp",
    "finished_at": "timestamp",
    "message": "varchar",
}
# What the mart calls a field of a run file, where it is not the same.
RENAMED = {"source_system": "vendor", "rows_in_count": "rows_in", "rows_out_count": "rows_out", "run_date": "day"}


class Candidate:
    """The finished but unpublished warehouse, opened read-only; a context manager."""

    def __init__(self, warehouse: str | Path, runs: str | Path | None) -> None:
        self._runs = Path(runs) if runs else None
        self._con = duckdb.connect()
        self._con.execute("set timezone = 'UTC'")
        self._name = Path(warehouse).stem  # views hold the name that the database had when they were made
        self._con.execute(f"attach '{_text(warehouse)}' as \"{self._name}\" (read_only)")
        self._con.execute(f'use "{self._name}"')

    def __enter__(self) -> "Candidate":
        """The candidate itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the warehouse."""
        self._con.close()

    def marts(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Every mart of the project that is there, in alphabetical order, with its columns and their types.

        A table that the project has no longer stays in the warehouse, and is no mart.
        """
        found = self._con.execute(
            "select table_name, column_name, data_type from information_schema.columns "
            "where table_catalog = ? and table_schema = 'marts' order by table_name, ordinal_position",
            [self._name],
        ).fetchall()
        tables: dict[str, list[tuple[str, str]]] = {}
        ours = {model.stem for model in MODELS.glob("*.sql")}
        for table, column, kind in found:
            if table in ours:
                tables.setdefault(table, []).append((column, kind))
        return {table: tuple(columns) for table, columns in tables.items()}

    def export(self, folder: Path) -> tuple[Table, ...]:
        """Write every mart into the folder; its tables with rows, sizes and digests."""
        self._con.execute(ATTACH.format(path=_text(folder / DATABASE)))
        tables = tuple(self._table(name, columns, folder) for name, columns in self.marts().items())
        self._con.execute("detach published")
        (folder / DATABASE).chmod(0o444)
        return tables

    def first_day_and_missing(self, day: date) -> tuple[date | None, tuple[str, ...]]:
        """The first day of data, and the vendors of which `data_coverage` has nothing for that day."""
        columns = dict(self.marts().get("data_coverage", ()))
        if not {"source_system", "date_day", "is_received"} <= columns.keys():
            return None, ()
        first = self._con.execute("select min(date_day) from marts.data_coverage where is_received").fetchall()
        missing = self._con.execute(
            "select source_system from marts.data_coverage group by all "
            "having not bool_or(is_received and date_day = ?) order by all",
            [day],
        ).fetchall()
        return first[0][0], tuple(row[0] for row in missing)

    def _table(self, name: str, columns: tuple[tuple[str, str], ...], folder: Path) -> Table:
        file = Path(FOLDERS.get(name, ""), f"{name}.parquet")
        path = folder / file
        path.parent.mkdir(mode=0o700 if name in PERSONAL else 0o755, exist_ok=True)
        source = f'marts."{name}"'
        if name == "pipeline_runs" and self._runs is not None:
            source = self._with_this_run(dict(columns), self._runs)
        key = MARTS[name].key if name in MARTS and MARTS[name].key else ()
        order = ", ".join(f'"{column}"' for column in key) if key and set(key) <= dict(columns).keys() else "all"
        self._con.execute(
            f"copy (from {source} order by {order}) to '{_text(path)}' "
            f"(format parquet, compression zstd, row_group_size {ROW_GROUP})"
        )
        if name in PERSONAL:
            path.chmod(0o600)
        else:
            self._con.execute(f"create table published.\"{name}\" as from read_parquet('{_text(path)}')")
        (rows,) = self._con.execute("select count(*) from read_parquet(?)", [str(path)]).fetchall()
        return Table(name, str(file), rows[0], path.stat().st_size, columns, sha256(path))

    def _with_this_run(self, columns: Mapping[str, Any], runs: Path) -> str:
        """The records as they are now, and from the built `pipeline_runs` those that are gone since, as a subquery."""
        if not any(runs.glob("*.json")):
            return "marts.pipeline_runs"
        fields = ", ".join(f"'{name}': '{kind}'" for name, kind in RUN_COLUMNS.items())
        picked = ", ".join(
            f"cast({field} as {columns[column]}) as {column}"
            for column in columns
            if (field := RENAMED.get(column, column)) in RUN_COLUMNS
        )
        return (
            f"(with now as (select {picked} "  # noqa: S608 # names of our catalog
            f"from read_json('{_text(runs)}/*.json', columns = {{{fields}}})) "
            "from marts.pipeline_runs anti join now using (run_id) union all by name from now)"
        )


def _text(path: str | Path) -> str:
    return str(path).replace("'", "''")
