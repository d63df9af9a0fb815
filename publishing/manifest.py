"""What a published version says of itself: `manifest.json`, beside the files it lists.

It holds no clock time, so that the same content gives the same manifest; the one mart that is a log of runs
(`pipeline_runs`) is listed but does not count for the version's digest.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

NAME = "manifest.json"
LOGS = frozenset({"pipeline_runs"})


@dataclass(frozen=True, slots=True)
class Table:
    """One published mart: its file in the version's folder, rows, bytes, columns with types, and SHA-256."""

    name: str
    file: str
    rows: int
    bytes: int
    columns: tuple[tuple[str, str], ...]
    sha256: str

    @property
    def schema_digest(self) -> str:
        """The digest of names and types, in order."""
        return hashlib.sha256(json.dumps(self.columns).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Manifest:
    """A version: its day, its tables, the verdict that let it pass, the first day of data, the missing vendors."""

    day: date
    tables: tuple[Table, ...]
    verdict: Mapping[str, Any]
    first_day: date | None
    missing: Sequence[str]

    @property
    def version(self) -> str:
        """`<day>-<digest of the content>`: the same content has the same version."""
        content = [(table.name, table.sha256) for table in self.tables if table.name not in LOGS]
        return f"{self.day}-{hashlib.sha256(json.dumps(sorted(content)).encode()).hexdigest()[:12]}"

    def write(self, folder: Path) -> None:
        """Put `manifest.json` into the folder."""
        about = {
            "version": self.version,
            "day": str(self.day),
            "window": {
                "start": str(self.first_day) if self.first_day else None,
                "end": str(self.day + timedelta(days=1)),
            },
            "missing": list(self.missing),
            "marts": {
                table.name: {
                    **{name: value for name, value in asdict(table).items() if name not in {"name", "columns"}},
                    "columns": dict(table.columns),
                    "schema_digest": table.schema_digest,
                }
                for table in self.tables
            },
            "verdict": dict(self.verdict),
        }
        (folder / NAME).write_text(json.dumps(about, indent=1) + "\n")


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a version's folder, as JSON values."""
    found: dict[str, Any] = json.loads((folder / NAME).read_text())
    return found


def sha256(path: Path) -> str:
    """The digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
