"""Whose turn the warehouse is: which build was the last one, so that no run publishes what another has built."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

from airflow.sdk.exceptions import AirflowSkipException

from dags.partition import day_of
from extractors import settings


@contextmanager
def building(day: date) -> Iterator[str]:
    """While the warehouse is being built it is nobody's; after that it is this build's, unless it failed.

    Says which build that is: the day alone would not do, for two Dags build the same one.
    """
    _note().unlink(missing_ok=True)
    built = f"{day} {uuid4().hex}"
    yield built
    aside = _note().with_name(f".{_note().name}")
    aside.parent.mkdir(parents=True, exist_ok=True)
    aside.write_text(built)
    aside.replace(_note())


def mine(built: str) -> tuple[Path, date]:
    """The warehouse and its day, if it is still of that build; else the task is skipped, for who built it goes on."""
    day = built.partition(" ")[0]
    now = _note().read_text() if _note().exists() else ""
    if now != built:
        other = now.partition(" ")[0] or "no day"
        raise AirflowSkipException(f"the warehouse was built for {other} meanwhile, not this {day}; that run goes on")
    return settings.warehouse(), day_of(day)


def _note() -> Path:
    return settings.warehouse().with_suffix(".day")
