"""What the checklist must know of a source: how to plant records there, and how to know them again."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.contract.checklist.records import Records


@dataclass(frozen=True)
class Planter:
    """How records are planted at a vendor with an API, in the sandbox's own dialect of it.

    `store` makes of them what the dialect sees (or, where it reads the world, a world), `keys` what each is called in
    the lake's `column`; `moment` is the column of its instant, `unit` (ms) how fine that is, `page` how many records an
    answer has, `path` what the path of the call contains. `changes` says that a record is stated again, with another
    instant, when it changes. `blank` is the place of an optional field, and its column. `tombs` is the endpoint that
    tells what was deleted, with the condition under which it does; `merged` is the `store` where those that are gone
    were merged into another one, and `merged_tombs` tells of them.
    """

    source: str
    endpoint: str
    column: str
    moment: str
    unit: int
    page: int
    path: str
    store: Callable[[Records], object]
    keys: Callable[[Records], list[str]]
    changes: bool = False
    blank: tuple[str, str] = ("", "")
    tombs: tuple[str, str] = ("", "")
    merged: Callable[[Records], object] | None = None
    merged_tombs: tuple[str, str] = ("", "")
    options: dict[str, str] = field(default_factory=dict)
    reads_files = False


@dataclass(frozen=True)
class FilePlanter:
    """How records are planted in a folder: a file a day, `row` by row, `name` its path and `write` its format.

    The rest is as of a Planter; `blank` is the name of an optional field and its column.
    """

    source: str
    endpoint: str
    column: str
    moment: str
    unit: int
    name: Callable[[date], str]
    row: Callable[[int, int], dict[str, Any]]
    write: Callable[[Path, list[dict[str, Any]]], None]
    keys: Callable[[Records], list[str]]
    blank: tuple[str, str] = ("", "")
    page: int = 100
    changes: bool = False
    tombs: tuple[str, str] = ("", "")
    reads_files = True


PLANTERS = sorted(file.stem for file in (Path(__file__).parent / "planters").glob("*.py"))


def planter(name: str) -> Planter | FilePlanter:
    """The planter in the file of that name: one for each source, named like it, and for more of its endpoints."""
    found: Planter | FilePlanter = importlib.import_module(f"tests.contract.checklist.planters.{name}").PLANTER
    return found
