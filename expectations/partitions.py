"""What is known of a day's partition without reading its rows: its Parquet footer, with the receipt in it."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq

from expectations.bands import DAYS_BACK
from extractors.plan import filled
from extractors.receipt import KEY
from extractors.schema import arrow_schema
from extractors.spec import Endpoint, Source, Window


@dataclass(frozen=True, slots=True)
class Partition:
    """One day of one endpoint: where it lies, what its receipt counts, how far its columns are the declared ones.

    `is_asked` tells a day of the run's window from one before it that was only read again.
    """

    day: date
    path: str
    is_there: bool = False
    is_asked: bool = True
    rows: int = 0
    rejected: int = 0
    absent_columns: int = 0
    other_types: int = 0
    is_whole: bool = True
    refused_files: int = 0

    @property
    def is_as_declared(self) -> bool:
        """Whether its rows can be read by the declared columns."""
        return self.is_there and not self.absent_columns and not self.other_types


def partition(lake: str, vendor: str, endpoint: Endpoint, day: date) -> Partition:
    """The partition of that day; one that does not exist is not there and has no rows."""
    path = Path(lake, "raw", f"source={vendor}", f"entity={endpoint.name}", f"day={day}", "part-0.parquet")
    if not path.exists():
        return Partition(day, str(path))
    footer = pq.read_metadata(path)
    receipt = json.loads((footer.metadata or {}).get(KEY, b"{}"))
    found = footer.schema.to_arrow_schema()
    declared = arrow_schema(endpoint)
    there = set(found.names)
    return Partition(
        day=day,
        path=str(path),
        is_there=True,
        rows=int(receipt.get("rows", 0)),
        rejected=int(receipt.get("rejected", 0)),
        is_whole=not receipt.get("left_out"),
        absent_columns=sum(name not in there for name in declared.names),
        other_types=sum(field.name in there and found.field(field.name).type != field.type for field in declared),
        refused_files=int(receipt.get("refused_files", 0)),
    )


def written(lake: str, source: Source, endpoint: Endpoint, window: Window) -> list[Partition]:
    """The partitions that a run for the window wrote, those of the days that it only read again among them."""
    return [
        replace(partition(lake, source.name, endpoint, day), is_asked=day in window.days)
        for day in filled(source, endpoint, window)
    ]


def rows_before(lake: str, vendor: str, endpoint: Endpoint, day: date) -> list[float]:
    """The row counts of the DAYS_BACK days before `day`, as far as there are whole partitions."""
    past = (partition(lake, vendor, endpoint, day - timedelta(days=n)) for n in range(1, DAYS_BACK + 1))
    return [float(p.rows) for p in past if p.is_there and p.is_whole]
