"""What the tasks and Dags of the house have in common: what is tried again, what is not, and when days begin."""

from datetime import UTC, date, datetime, time, timedelta

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

from extractors import settings

ON_ERROR = ExceptionRetryPolicy(
    [
        RetryRule("extractors.errors.Busy", RetryAction.RETRY, reason="the vendor is busy"),
        RetryRule("extractors.errors.Refused", RetryAction.FAIL, reason="mend the connection"),
        RetryRule("extractors.errors.Changed", RetryAction.FAIL, reason="mend the declaration"),
        RetryRule("expectations.suites.GateClosed", RetryAction.FAIL, reason="read the verdict"),
        RetryRule("dags.partition.BadPartition", RetryAction.FAIL, reason="trigger the run with a day"),
    ]
)

TASK = {
    "owner": "rapport",
    "retries": 4,
    "retry_policy": ON_ERROR,
    "retry_delay": timedelta(minutes=1),
    "retry_exponential_backoff": 2,
    "max_retry_delay": timedelta(minutes=30),
    "execution_timeout": timedelta(hours=2),
}

WRITER = "duckdb_writer"
"""The pool of whoever opens the warehouse: one slot, because DuckDB has one writer."""

DEADLINE = time(6)
"""When, on the day after, the marts stop waiting for a vendor (UTC)."""


def _tick(day: date | None, at: time) -> datetime | None:
    return datetime.combine(day + timedelta(days=1), at, UTC) if day else None


def first_tick(at: time) -> datetime | None:
    """When the first day (RAPPORT_START) runs: `at` on the day after; None starts with the next tick."""
    return _tick(settings.start(), at)


def last_tick(at: time) -> datetime | None:
    """When the last day (RAPPORT_END) runs: `at` on the day after; None for no end."""
    return _tick(settings.end(), at)
