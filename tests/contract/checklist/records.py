"""What a test plants at a vendor: records, each with its number and its instant, and nothing else that matters."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

import numpy as np

from sandbox.chance import DAY, Chance, Flags, Ints
from sandbox.city.people import People, people
from sandbox.world import World, build, instant

FIRST = date(2026, 8, 1)
MOST = 11_000
NOW = "2026-09-20T06:00:00Z"


@dataclass(frozen=True)
class Records:
    """Records by instant (epoch ms) and number; which are deleted, and the day whose file says so, where files do."""

    number: Ints
    at: Ints
    gone: Flags
    filed: Ints

    def __len__(self) -> int:
        """How many there are."""
        return len(self.number)

    def __getitem__(self, rows: Ints | Flags | slice) -> "Records":
        """Some of them."""
        return Records(self.number[rows], self.at[rows], self.gone[rows], self.filed[rows])

    def having(self, number: Ints, at: Ints | int, gone: bool = False) -> "Records":
        """The same, where those with these numbers are stated again, at another instant."""
        stays = self[~np.isin(self.number, number)]
        return stays.plus(records(number, np.broadcast_to(at, number.shape), gone=gone))

    def plus(self, more: "Records") -> "Records":
        """Both."""
        pairs = zip(self.columns, more.columns, strict=True)
        return _sorted(*(np.concatenate(pair) for pair in pairs))

    def at_most(self, unit: int) -> "Records":
        """The same with instants as coarse as the vendor's."""
        return _sorted(self.number, self.at // unit * unit, self.gone, self.filed)

    @property
    def columns(self) -> tuple[Ints, Ints, Flags, Ints]:
        """The columns, one by one."""
        return self.number, self.at, self.gone, self.filed


def _sorted(number: Ints, at: Ints, gone: Flags, filed: Ints) -> Records:
    order = np.lexsort((number, at))
    return Records(number[order], at[order], gone[order], filed[order])


def records(number: Ints, at: Ints, gone: bool = False) -> Records:
    """Records with these numbers at these instants, each filed under its own day."""
    return _sorted(number, at, np.full(len(number), gone), at // DAY * DAY)


def numbered(*at: Ints) -> Records:
    """Records at these instants, numbered in their order."""
    instants = np.sort(np.concatenate([np.zeros(0, np.int64), *at]))
    return records(np.arange(1, 1 + len(instants)), instants)


def over(count: int, first: date, days: int = 1) -> Ints:
    """So many instants, as far from each other as so many days allow."""
    return midnight(first) + np.arange(count) * (days * DAY // max(count, 1))


def midnight(day: date) -> int:
    """The first instant of a UTC day in epoch ms."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


@lru_cache(maxsize=1)
def crowd() -> People:
    """Enough people for every test."""
    return people(Chance(7), MOST)[0]


@lru_cache(maxsize=1)
def town() -> World:
    """The small city that planted records are done by, and about."""
    return build(seed=7, count=120, first=FIRST, now=instant("2026-08-03T00:00:00Z"))
