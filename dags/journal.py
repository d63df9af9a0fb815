"""A record of each step that ran: one JSON file, of which the mart `pipeline_runs` is made."""
# ruff: noqa: PLC0415 # what is heavy is imported inside the functions, so that a Dag file parses in milliseconds

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from extractors import settings

SPOKEN = ("Busy", "Refused", "Changed", "GateClosed", "GateBroken", "BuildFailed", "BadPartition")
"""Errors whose words are ours, and hold no value from the data; of any other only the name is kept."""


@contextmanager
def step(name: str, day: date, subject: str, vendor: str | None = None) -> Iterator[dict[str, Any]]:
    """Records a step of a day, well ended or not; the body may fill in `rows_in`, `rows_out` and `message`.

    The same step of the same day replaces its record.
    """
    from expectations import runs

    record: dict[str, Any] = {
        "run_id": f"{day}.{name}.{subject}",
        "day": day.isoformat(),
        "step": name,
        "vendor": vendor,
        "status": "success",
        "rows_in": None,
        "rows_out": None,
        "verdict": None,
        "started_at": datetime.now(UTC).isoformat(),
        "message": "",
    }
    try:
        yield record
    except BaseException as error:  # a timeout and a signal are no Exception, and no success
        known = type(error).__name__ in SPOKEN
        record |= {"status": "failed", "message": f"{type(error).__name__}{f': {error}' if known else ''}"}
        raise
    finally:
        runs.save(settings.runs(), record | {"finished_at": datetime.now(UTC).isoformat()})
