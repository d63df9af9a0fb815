"""Whose turn the warehouse is: the day it was last built for, so that no run publishes what another has built."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from airflow.sdk.exceptions import AirflowSkipException

from extractors import settings


@contextmanager
def building(day: date) -> Iterator[None]:
    """While the warehouse is being built it is nobody's; after that it is that day's, unless the build failed."""
    _note().unlink(missing_ok=True)
    yield
    aside = _note().with_name(f".{_note().name}")
    aside.parent.mkdir(parents=True, exist_ok=True)
    aside.write_text(day.isoformat())
    aside.replace(_note())


def mine(day: date) -> Path:
    """The warehouse, if it is still built for that day; else the task is skipped, for who built it will publish it."""
    now = _note().read_text() if _note().exists() else "no day"
    if now != day.isoformat():
        raise AirflowSkipException(f"the warehouse was built for {now} meanwhile, not for {day}; that run goes on")
    return settings.warehouse()


def _note() -> Path:
    return settings.warehouse().with_suffix(".day")
