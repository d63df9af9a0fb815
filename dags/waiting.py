"""How a task waits for a vendor that asks for patience: outside the worker and the pool slot."""
# ruff: noqa: PLC0415 # what is heavy is imported inside the tasks, so that the file parses in milliseconds

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from extractors.errors import Busy

LONGEST_INSIDE = 60.0
"""Seconds; for less, a task is simply retried."""

LONGEST = 3600.0
"""Seconds after which the vendor is asked again, whatever it said."""

MOST = 20
"""So often may a task be sent away; then it counts as failed, and is retried as any other."""


@contextmanager
def outside(store: Any) -> Iterator[None]:
    """Turns a Busy that asks for a long wait into a later start of the same try; counts them in the task's store."""
    from airflow.sdk.exceptions import AirflowRescheduleException

    try:
        yield
    except Busy as busy:
        wait = busy.retry_after or 0.0
        waits = int(store.get("waits", 0))
        if wait <= LONGEST_INSIDE or waits >= MOST:
            raise
        store.set("waits", waits + 1)
        later = datetime.now(UTC) + timedelta(seconds=min(wait, LONGEST))
        raise AirflowRescheduleException(later) from None  # type: ignore[no-untyped-call]
