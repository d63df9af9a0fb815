"""One build: what changed in the lake since the last one, one dbt process, and the record of what it has seen.

The partitions that a build has taken in stand in `meta.partitions` of the same warehouse, written only after dbt ended
well: a killed or failed build is simply done again, with the same days to touch, or undone by one of an older day, for
what it began with stands in `meta.touching`. Beside the partitions stands by which models and seeds: after an edit,
everything is made anew.
"""

import fcntl
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import IO, Any

import duckdb

from expectations import runs
from extractors import landing, settings
from extractors.catalog import catalog

PROJECT = Path(__file__).parents[1] / "dbt_project"
DONE = frozenset({"success", "pass", "warn", "skipped", "no-op"})
# What a day leaves as the last whole build made it: it says what the tables and the lake do.
THE_SAME_EACH_DAY = ["--exclude-resource-type", "seed", "--exclude", "config.materialized:view"]
THE_SAME_EACH_DAY += ["--indirect-selection", "empty"]  # their tests are not left out with them
Seen = dict[tuple[str, str, date], str]
log = logging.getLogger(__name__)


class BuildFailed(Exception):  # noqa: N818 # errors are named by what to do next
    """dbt did not end well: names the models and tests that failed, never what they said of the data."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: its day, the partition days it touched (none: all of them), nodes by dbt's status, seconds."""

    day: date
    touched_days: tuple[date, ...]
    nodes: dict[str, int]
    seconds: float


def build(
    lake: str | Path,
    warehouse: str | Path,
    day: date,
    full_refresh: bool = False,
    progress: Callable[[str], None] = log.info,
) -> BuildReport:
    """Build all models for the window that ends with `day`, into the candidate warehouse; BuildFailed if dbt fails.

    `progress` is told the name and status of every model and test as it ends. One build at a time; another waits.
    """
    began = monotonic()
    path = Path(warehouse).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path) as lock:
        for source in catalog().values():
            landing.declare(source, lake)
        now = {(r.vendor, r.endpoint, r.date): r.content_digest for r in landing.receipts(lake) if r.date <= day}
        project = _project(_absolute(lake))
        before = {} if full_refresh else _seen(path, project)
        touched = touched_days(now, before, day)
        if touched:
            touched = _touching(path, touched)
        else:
            _remember(path, {}, project)  # whatever becomes of this build, no later one goes on from half of it
        _unjudge(path, day)
        path.chmod(0o600)  # there are people's profiles in it
        nodes = run_dbt(lake, path, day, touched, progress=progress, lock=lock)
        _remember(path, now, project)
    return BuildReport(day, touched, nodes, monotonic() - began)


def _unjudge(warehouse: Path, day: date) -> None:
    """Take away the verdict on what an earlier build made of the day: what this one makes of it nobody has judged."""
    if warehouse == settings.warehouse().absolute():  # of any other one there is no record
        runs.withdraw(settings.runs(), "marts", day.isoformat(), "validate")


def touched_days(now: Seen, before: Seen, day: date) -> tuple[date, ...]:
    """The days whose partitions are new, other or gone; empty, which means all, where nothing was built before.

    Where nothing changed, the day itself: an empty list would redo the history.
    """
    if not before:
        return ()
    return tuple(sorted({key[2] for key in now.keys() | before.keys() if now.get(key) != before.get(key)} or {day}))


def run_dbt(  # noqa: PLR0913 # what one command line needs
    lake: str | Path,
    warehouse: Path,
    day: date,
    touched: tuple[date, ...],
    *,
    select: Sequence[str] = (),
    progress: Callable[[str], None] = log.info,
    lock: IO[str] | None = None,
) -> dict[str, int]:
    """Run `dbt build` once, as a full refresh where all days are touched; its nodes by status; BuildFailed.

    `select` names some models in dbt's grammar; the tests that need others besides them are left out. `lock` is held by
    dbt, too, for it may outlive this process.
    """
    window = {"AS_OF": str(day + timedelta(days=1)), "TOUCHED_DAYS": ",".join(map(str, touched))}
    work = warehouse.parent / "dbt"
    work.mkdir(mode=0o700, exist_ok=True)  # dbt's own messages may quote data
    command = [sys.executable, "-m", "dbt.cli.main", "--log-format", "json", "--log-level-file", "none", "build"]
    command += ["--exclude-resource-type", "unit_test"]  # they judge the SQL, not the day
    command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    command += ["--target-path", str(work / "target"), "--log-path", str(work / "logs")]
    command += THE_SAME_EACH_DAY if touched else ["--full-refresh"]
    command += ["--indirect-selection", "buildable", "--select", *select] if select else []
    ended: dict[str, str] = {}
    with subprocess.Popen(  # noqa: S603 # our own command
        command,
        env=_environment(LAKE=_absolute(lake), WAREHOUSE=str(warehouse), **window),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        pass_fds=(lock.fileno(),) if lock else (),
    ) as process:
        try:
            for node, status in _ends(process.stdout or ()):
                ended[node] = status
                progress(f"{node} {status}")
        except BaseException:
            process.terminate()
            raise
    failed = sorted(node for node, status in ended.items() if status not in DONE)
    if process.returncode or failed:
        if not failed:
            raise BuildFailed(
                f"dbt ended with {process.returncode} before any model failed; run `dbt parse` to see why"
            )
        what = ", ".join(f"{node} ({ended[node]})" for node in failed)
        raise BuildFailed(f"{what}; look at {work / 'target' / 'run_results.json'}, whose messages may quote data")
    return {status: list(ended.values()).count(status) for status in sorted(set(ended.values()))}


def _ends(lines: Any) -> Iterator[tuple[str, str]]:
    """The name and status of every node that ended, from dbt's JSON log; every other line may quote data, and goes."""
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        name = str((event.get("info") or {}).get("name"))
        if name.startswith("Log") and name.endswith("Result"):
            node = event["data"]["node_info"]
            yield str(node["node_name"]), str(node["node_status"])


def _environment(**told: str) -> dict[str, str]:
    """This process's environment with our settings and our code's place, but no connections: SQL needs no secret."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW_")}
    code = os.pathsep.join(filter(None, (str(PROJECT.parent), ours.get("PYTHONPATH"))))
    return {**ours, "PYTHONPATH": code, **{f"RAPPORT_{name}": value for name, value in told.items()}}


def _project(lake: str) -> str:
    """A digest of all models, macros and seeds, our SQL functions, and what the views say of the place."""
    place = json.dumps([lake, os.environ.get("RAPPORT_VENDORS", "")])
    found = {file for folder in ("models", "macros", "seeds") for file in (PROJECT / folder).rglob("*.*")}
    digest = sha256((PROJECT / "dbt_project.yml").read_bytes() + Path(__file__).with_name("sentiment.py").read_bytes())
    digest.update(place.encode())
    for file in sorted(found):
        if file.suffix in {".sql", ".csv", ".yml", ".py"}:
            digest.update(f"\0{file.relative_to(PROJECT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _seen(warehouse: Path, project: str) -> Seen:
    """The partitions that builds of this warehouse by this project took in, with the digests of their content."""
    if not warehouse.exists():
        return {}
    with duckdb.connect(str(warehouse), read_only=True) as con:
        known = con.execute(
            "select 1 from information_schema.columns "
            "where table_schema = 'meta' and table_name = 'partitions' and column_name = 'project'"
        ).fetchall()
        rows = (
            con.execute(
                "select vendor, endpoint, day, content_digest from meta.partitions where project = ?", [project]
            ).fetchall()
            if known
            else []
        )
    return {(vendor, endpoint, day): digest for vendor, endpoint, day, digest in rows}


def _touching(warehouse: Path, days: tuple[date, ...]) -> tuple[date, ...]:
    """Add days to `meta.touching`; all that stand there: what builds have begun with since one ended well."""
    with duckdb.connect(str(warehouse)) as con:
        con.execute("create table if not exists meta.touching (day date)")
        con.executemany("insert into meta.touching values (?)", [[day] for day in days])
        found = con.execute("select distinct day from meta.touching order by day").fetchall()
    return tuple(day for (day,) in found)


def _remember(warehouse: Path, seen: Seen, project: str) -> None:
    """Replace `meta.partitions` and forget what was begun with, in one transaction."""
    with duckdb.connect(str(warehouse)) as con:
        con.execute("begin")
        con.execute("create schema if not exists meta")
        con.execute("drop table if exists meta.touching")
        con.execute(
            "create or replace table meta.partitions "
            "(vendor text, endpoint text, day date, content_digest text, project text)"
        )
        if seen:
            con.executemany(
                "insert into meta.partitions values (?, ?, ?, ?, ?)",
                [[*key, seen[key], project] for key in sorted(seen)],
            )
        con.execute("commit")


def _absolute(lake: str | Path) -> str:
    """The lake as dbt's process finds it from its own folder; a URI stays as it is."""
    return str(lake) if "://" in str(lake) else str(Path(lake).absolute())


@contextmanager
def _alone(warehouse: Path) -> Iterator[IO[str]]:
    """One build at a time; a killed one lets go by itself, once its dbt has ended."""
    with warehouse.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
