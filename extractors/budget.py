"""What reading may cost: a ceiling for every UTC day, kept by all runs together whatever happens to one of them.

A run notes what its next call may cost at most before it asks, and then reads what all runs of the day have noted: so
of two that ask at once, at least the later sees both. A run that is killed leaves the most that it can have spent.
"""

import threading
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from extractors import lake as lakes
from extractors.errors import Refused
from extractors.spec import Endpoint, Source
from extractors.terms import Price

if TYPE_CHECKING:
    from extractors.auth import Account

OPTION = "daily_ceiling"
NOTED = pa.schema([("endpoint", pa.string()), ("dollars", pa.decimal128(18, 6))])


class Spent(Exception):  # noqa: N818 handled within the room
    """One more call could pass the day's ceiling."""


class Free:
    """What a call costs at most vendors: nothing."""

    dollars = Decimal(0)

    def pay(self) -> None:
        """Before a call goes out."""

    def refund(self) -> None:
        """After an answer that is not charged for."""

    def settle(self, count: int) -> None:
        """After an answer with so many records."""


def today() -> date:
    """The UTC day."""
    return datetime.now(UTC).date()


class Budget:
    """What one run of a vendor may still spend; used by all its threads."""

    def __init__(self, lake: str | Path, vendor: str, ceiling: Decimal, day: Callable[[], date] = today) -> None:
        self._lake, self._vendor, self._ceiling, self.day = lakes.at(lake), vendor, ceiling, day
        self._run, self._lock = uuid.uuid4().hex, threading.Lock()
        self._noted: Counter[tuple[date, str]] = Counter()

    def spent(self, day: date) -> Decimal:
        """What all runs have noted for a day, in dollars."""
        found = Decimal(0)
        for path in self._lake.files(self._folder(day)):
            file, fs = self._lake.source(path)
            found += sum(pq.ParquetFile(file, filesystem=fs).read(["dollars"]).column(0).to_pylist(), Decimal(0))
        return found

    def reserve(self, day: date, endpoint: str, dollars: Decimal) -> None:
        """Note so much more, before it is spent; Spent where all that is noted would pass the ceiling."""
        with self._lock:
            self._note(day, endpoint, dollars)
            if self.spent(day) > self._ceiling:
                self._note(day, endpoint, -dollars)
                raise Spent

    def give_back(self, day: date, endpoint: str, dollars: Decimal) -> None:
        """Note so much less, that was not spent after all."""
        with self._lock:
            self._note(day, endpoint, -dollars)

    def _note(self, day: date, endpoint: str, dollars: Decimal) -> None:
        self._noted[day, endpoint] += dollars  # type: ignore[assignment] # a Counter of dollars
        own = [{"endpoint": name, "dollars": each} for (of, name), each in self._noted.items() if of == day]
        path = f"{self._folder(day)}/run={self._run}/{lakes.NAME}"
        aside = self._lake.aside(path)
        pq.write_table(pa.Table.from_pylist(own, NOTED), aside)
        self._lake.put(aside, path)

    def _folder(self, day: date) -> str:
        return f"spent/source={self._vendor}/day={day}"


@dataclass
class Toll(Free):
    """What the calls of one walk cost."""

    budget: Budget
    endpoint: str
    price: Price
    dollars: Decimal = Decimal(0)
    _day: date = date.min
    _held: Decimal = Decimal(0)

    def pay(self) -> None:
        """Note the most that the call may cost; Spent where that would pass the ceiling."""
        self._day, most = self.budget.day(), self.price.dollars * self.price.most
        self.budget.reserve(self._day, self.endpoint, most)
        self._held = most
        self.dollars += most

    def refund(self) -> None:
        """Take back what the last call was noted with."""
        self.settle(0)

    def settle(self, count: int) -> None:
        """Note what the last call really cost, once."""
        over = self._held - self.price.dollars * count if self._held else Decimal(0)
        self._held = Decimal(0)
        if over:
            self.budget.give_back(self._day, self.endpoint, over)
            self.dollars -= over


def of(source: Source, account: "Account", lake: str | Path) -> Budget | None:
    """The budget of a vendor that charges; Refused where the connection names no ceiling for it."""
    if not any(endpoint.price for endpoint in source.endpoints):
        return None
    try:
        return Budget(lake, source.name, Decimal(account.options[OPTION]))
    except (KeyError, InvalidOperation):
        raise Refused(
            f"{source.name}: what is read is charged for, and the connection's extra holds no {OPTION!r} in dollars"
        ) from None


def toll(budget: Budget | None, endpoint: Endpoint) -> Free:
    """What one walk of an endpoint pays."""
    return Toll(budget, endpoint.name, endpoint.price) if budget and endpoint.price else Free()
