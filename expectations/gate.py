"""The gate: measures today's data, has Great Expectations judge it, and says the verdict.

From its beginning until then the run's record says broken, so no earlier verdict outlives a gate that could not judge.

Importing this module is cheap; Great Expectations (seconds) is imported by the first check.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from expectations import candidate, raw, runs
from expectations.bands import usual
from expectations.partitions import rows_before, written
from expectations.suites import Finding, GateBroken, GateClosed, Verdict
from extractors.spec import Source, Window

__all__ = ["GateBroken", "GateClosed", "Verdict", "check_marts", "check_raw"]


def check_raw(source: Source, lake: str, days: Sequence[date], runs_folder: str | Path) -> Verdict:
    """The verdict on every partition that a run for these days wrote, also written to `runs_folder`.

    Those are the days themselves and, by endpoint, the ones before them that the vendor still changed. One scan per
    endpoint, however many days. GateBroken where a partition cannot be read.
    """
    started = datetime.now(UTC)
    window = Window(min(days), max(days) + timedelta(days=1))
    runs.begin(runs_folder, source.name, max(days).isoformat(), "gate", started)
    from expectations.judge import Bench  # noqa: PLC0415 # Great Expectations takes seconds to import

    findings: list[Finding] = []
    rows = 0
    with Bench(":memory:") as bench:
        for endpoint in source.endpoints:
            partitions = written(lake, source, endpoint, window)
            band = usual(rows_before(lake, source.name, endpoint, window.start))
            suite = raw.suite(source, endpoint, window.days[-1], band)
            findings += bench.judge(suite, raw.facts(suite, partitions))
            rows += sum(p.rows for p in partitions)
    verdict = Verdict(source.name, window.days[-1].isoformat(), tuple(findings), rows, started, datetime.now(UTC))
    runs.write(runs_folder, verdict, step="gate")
    return verdict


def check_marts(warehouse: str | Path, day: date, runs_folder: str | Path) -> Verdict:
    """The verdict on every mart of the candidate warehouse as built for `day`, also written to `runs_folder`.

    One scan per mart. GateBroken where the warehouse cannot be read.
    """
    started = datetime.now(UTC)
    runs.begin(runs_folder, "marts", day.isoformat(), "validate", started)
    from expectations.judge import Bench  # noqa: PLC0415

    past = runs.measured(runs_folder, before=day)
    findings: list[Finding] = []
    with Bench(str(warehouse)) as bench:
        columns = candidate.columns(bench.rows(candidate.COLUMNS, "the candidate warehouse"))
        for suite in candidate.suites(columns, day, past):
            findings += bench.judge(suite, candidate.facts(suite, columns))
    rows = sum(int(f.measured or 0) for f in findings if f.says == candidate.HAS_ROWS)
    verdict = Verdict("marts", day.isoformat(), tuple(findings), rows, started, datetime.now(UTC))
    runs.write(runs_folder, verdict, step="validate")
    return verdict
