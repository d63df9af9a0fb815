"""A source that is a folder at work for a test."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from extractors.auth import Account
from tests.contract.checklist.bench import Bench
from tests.contract.checklist.planter import FilePlanter
from tests.contract.checklist.records import FIRST, midnight


class Files(Bench):
    """A source that is a folder, in which there is a file for every day."""

    planter: FilePlanter

    def begin(self, home: Path) -> None:
        """Start again, with an empty folder."""
        self.folder = home / "drop"
        self.folder.mkdir(parents=True)
        super().begin(home)

    @property
    def account(self) -> Account:
        """The folder."""
        return Account(str(self.folder))

    def plant(self) -> None:
        """Write the files, with what goes wrong in them."""
        assert self.held is not None
        held = self.held[~self.held.gone]
        for day in (FIRST + timedelta(days=n) for n in range(40)):
            at = held.at[held.filed == midnight(day)].tolist()
            numbers = held.number[held.filed == midnight(day)].tolist()
            rows = [self.planter.row(number, moment) for number, moment in zip(numbers, at, strict=True)]
            self._spoil(rows)
            path = self.folder / self.planter.name(day)
            path.parent.mkdir(exist_ok=True)
            self.planter.write(path, rows)
            if "truncated" in self.armed and rows:
                self.armed["truncated"] = True
                path.write_bytes(path.read_bytes()[:-15])

    def _spoil(self, rows: list[dict[str, Any]]) -> None:
        if "duplicate_rows" in self.armed and rows:
            self.armed["duplicate_rows"] = True
            rows.extend(rows[-3:])
        if "blank_field" in self.armed and rows:
            self.armed["blank_field"] = True
            for number, row in enumerate(rows):
                row[self.planter.blank[0]] = None if number % 2 else ""

    def arm(self, kind: str, **_: Any) -> None:
        """Spoil the files: rows that come twice, blanks, or half of a file."""
        self.armed[kind] = False
        self.plant()

    def clear(self) -> None:
        """Let the files be whole."""
        self.armed: dict[str, bool] = {}
        if self.held is not None:
            self.plant()

    @property
    def has_struck(self) -> bool:
        """Whether every way of spoiling was used."""
        return all(self.armed.values())
