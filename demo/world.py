"""Which simulated time a demo walks through."""

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SCHEDULED = 3
"""How many days the scheduler runs by itself, after the first load of all before them."""


@dataclass(frozen=True)
class World:
    """A span of UTC days, both ends in it, and how the sandbox is told to serve it."""

    name: str
    first: date
    last: date
    arguments: tuple[str, ...]

    @property
    def loaded(self) -> date:
        """The last day of the first load."""
        return self.last - timedelta(days=SCHEDULED)

    @property
    def days(self) -> tuple[date, ...]:
        """The days that the scheduler runs by itself."""
        return tuple(self.loaded + timedelta(days=n + 1) for n in range(SCHEDULED))


def clock(day: date) -> str:
    """The morning after a day, when everything of it has arrived at the vendors."""
    return f"{day + timedelta(days=1)}T06:00:00Z"


def city(people: int = 2000, seed: int = 7) -> World:
    """The invented city: its truth is known, its output reproducible."""
    first = date(2026, 7, 3)
    arguments = ("--people", str(people), "--seed", str(seed), "--first", str(first))
    return World(f"city-{people}-{seed}", first, date(2026, 10, 3), arguments)


def purchases(file: Path) -> World:
    """The purchases of a file, from its first day to its last; SystemExit where it cannot be read."""
    command = [sys.executable, "-m", "sandbox", "span", "--world", str(file)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if answer.returncode:
        raise SystemExit(answer.stderr.strip() or f"{file} cannot be read as purchases")
    span = json.loads(answer.stdout)
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()[:8]
    stem = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")
    first, last = date.fromisoformat(span["first"]), date.fromisoformat(span["last"])
    if (last - first).days < SCHEDULED:
        raise SystemExit(f"{file} spans {(last - first).days + 1} days; the demo needs at least {SCHEDULED + 1}")
    return World(f"{stem}-{digest}", first, last, ("--world", str(file.resolve()), "--first", str(first)))
