"""The raw gate over 10 million rows, beyond its imports, against one SQL pass with the same checks.

`python -m benchmarks.validation gate|sql|gate-imports|sql-imports LAKE` runs one of the four.
"""

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from benchmarks.history import FIRST_DAY
from benchmarks.report import UNITS, Figure, Measure, compare
from benchmarks.timing import FEWER, WORK, Command, in_turns, run

ROWS, DAYS = 10_000_000 // FEWER, 90
LAKE = WORK / f"mailings-{ROWS}"
ENTITY = "raw/source=mailchimp/entity=email_activity"
PASS = """
select day, count(*), 1 - count(distinct hash(campaign_id, member_id, action, acted_at, url)) / count(*),
  count(*) - count(campaign_id), count(*) - count(member_id), count(*) - count(action), count(*) - count(acted_at),
  count(case when acted_at not between timestamptz '1990-01-01' and timestamptz '2036-01-01' then 1 end),
  count(case when cast(acted_at at time zone 'UTC' as date) <> day then 1 end),
  count(case when action not in ('open', 'click', 'bounce') then 1 end)
from read_parquet('{lake}/*/part-0.parquet', hive_partitioning = true, hive_types = {{'day': date}})
group by day
"""


def rows_of(lake: Path) -> int:
    """How many rows the lake's name promises."""
    return int(lake.name.rsplit("-", 1)[-1])


def gate(lake: Path) -> None:
    """The project's raw gate over every day of the lake; an error unless it lets the days pass."""
    from expectations.gate import check_raw  # noqa: PLC0415 each process imports its own
    from extractors.catalog import catalog  # noqa: PLC0415

    source = catalog()["mailchimp"]
    again = max(endpoint.restate_days for endpoint in source.endpoints)  # a run also writes so many days before its own
    days = [FIRST_DAY + timedelta(days=number) for number in range(again, DAYS)]
    verdict = check_raw(source, str(lake), days, lake / "runs")
    if not verdict.passed or verdict.rows < rows_of(lake):
        raise SystemExit(str(verdict))


def sql(lake: Path) -> None:
    """One pass over the rows in DuckDB."""
    import duckdb  # noqa: PLC0415

    duckdb.sql("set TimeZone = 'UTC'")
    found = duckdb.sql(PASS.format(lake=lake / ENTITY)).fetchall()
    if sum(row[1] for row in found) < rows_of(lake) or any(any(row[2:]) for row in found):
        raise SystemExit("the rows are not as they were written")


def gate_imports(_: Path) -> None:
    """What the gate imports."""
    import expectations.judge  # noqa: F401, PLC0415
    from expectations.gate import check_raw  # noqa: F401, PLC0415


def sql_imports(_: Path) -> None:
    """What the pass imports."""
    import duckdb  # noqa: F401, PLC0415


MODES: dict[str, Callable[[Path], None]] = {
    "gate": gate,
    "sql": sql,
    "gate-imports": gate_imports,
    "sql-imports": sql_imports,
}


def figures(rounds: int, measure: Measure) -> list[Figure]:
    """The one comparison of validation."""
    if not (LAKE / ENTITY / f"day={FIRST_DAY + timedelta(days=DAYS - 1)}").exists():
        run(Command("10 million rows", [sys.executable, "-m", "benchmarks.history", str(LAKE), str(ROWS), str(DAYS)]))
    argv = [sys.executable, "-m", "benchmarks.validation"]
    runs = in_turns([Command(mode, [*argv, mode, str(LAKE)]) for mode in MODES], rounds)
    took = {mode: measure(runs[mode]) for mode in MODES}
    ours = [a - b for a, b in zip(took["gate"], took["gate-imports"], strict=True)]
    other = [a - b for a, b in zip(took["sql"], took["sql-imports"], strict=True)]
    return [
        compare("validation of 10,000,000 rows, imports aside", "one SQL pass", (ours, other), "<= 2", UNITS[measure])
    ]


if __name__ == "__main__":
    MODES[sys.argv[1]](Path(sys.argv[2]))
