"""A record of each step that ran: one JSON file, of which the mart `pipeline_runs` is made."""

import json
import os
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
    except Exception as error:
        known = type(error).__name__ in SPOKEN
        record |= {"status": "failed", "message": f"{type(error).__name__}{f': {error}' if known else ''}"}
        raise
    finally:
        _write(record | {"finished_at": datetime.now(UTC).isoformat()})


def _write(record: dict[str, Any]) -> None:
    folder = settings.runs()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{record['run_id']}.json"
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(json.dumps(record, indent=1))
    aside.replace(path)
