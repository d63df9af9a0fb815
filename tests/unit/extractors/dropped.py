"""A drop folder of the smallest kind, for tests of what every folder shares."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from extractors import landing
from extractors.auth import Account
from extractors.paging import by_name, one_page
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.spec import Column, Endpoint, Rate, Source, Window

DAY = date(2026, 8, 1)
NOW = datetime(2026, 9, 1, tzinfo=UTC)
SALES = Endpoint(
    name="sales",
    path="sales/{day:%Y-%m-%d}*",
    columns=(
        Column("sale_id", required=True),
        Column("email", personal="email"),
        Column("amount", "decimal", required=True),
        Column("count", "integer"),
        Column("is_paid", "boolean"),
        Column("sold_at", "moment", required=True),
    ),
    key=("sale_id",),
    span=by_name(),
)
SHOP = Source("shop", "offline", None, one_page(), Rate(1, 1.0), (SALES,), reads="files")
EXPORT = replace(SHOP, reads="exports")
HEADER = "sale_id,email,amount,count,is_paid,sold_at\n"
GOOD = HEADER + "1,ann@x.example,12.50,2,true,2026-07-31T23:00:00+02:00\n2,,3,,,2026-08-01\n"


@dataclass(frozen=True)
class Drop:
    """A folder to drop files into, and the lake that they come to."""

    home: Path

    @property
    def folder(self) -> Path:
        """Where the files of this endpoint are dropped."""
        found = self.home / "drop" / "sales"
        found.mkdir(parents=True, exist_ok=True)
        return found

    @property
    def lake(self) -> str:
        """The lake's folder."""
        return str(self.home / "lake")

    def drop(self, name: str, text: str | bytes) -> Path:
        """Put a file there."""
        file = self.folder / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def names(self) -> list[str]:
        """The files that lie there, hidden ones too."""
        return sorted(file.name for file in self.folder.iterdir())

    def aside(self) -> list[str]:
        """The files that were refused, and what lies beside them."""
        return sorted(file.name for file in (self.home / "drop/refused/sales").glob("*"))

    def reasons(self, name: str) -> str:
        """Why a file was refused."""
        return (self.home / "drop/refused/sales" / f"{name}.reasons.txt").read_text()

    def run(self, source: Source = SHOP, days: int = 1) -> list[Receipt]:
        """Read so many days from the first of August on."""
        window = Window(DAY, date(2026, 8, 1 + days))
        folder = str(self.home / "drop")
        self.folder.mkdir(parents=True, exist_ok=True)
        return extract(source, "sales", window, Account(folder), self.lake, b"a key for tests", now=NOW)

    def rows(self, day: date = DAY) -> list[dict[str, Any]]:
        """What the lake holds of a day."""
        return landing.read(self.lake, "shop", "sales", [day], None).to_pylist()
