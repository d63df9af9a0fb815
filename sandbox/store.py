"""Records as they were stated over time, and how they stood at an instant."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from sandbox.chance import Flags, Ints

NEVER = np.iinfo(np.int64).max
ARCHIVED, GONE = 1, 2
MOMENTS_KEPT = 64


@dataclass(frozen=True)
class Versions:
    """Every statement of every record, sorted by id and instant (`at`, epoch ms).

    `wire` holds the fields as the vendor sends them, a row a statement. A statement may say that the record was
    archived (deleted, but still listed in the bin) or is gone (merged into another one).
    """

    ids: Ints
    at: Ints
    created: Ints
    wire: pa.Table
    archived: Flags
    gone: Flags
    _seen: dict[int, Ints] = field(default_factory=dict, repr=False)

    def as_of(self, now: int) -> Ints:
        """The positions of the statements in force at that instant, ids ascending, without those gone."""
        seen = self._seen.get(now)
        if seen is not None:
            return seen
        known = np.flatnonzero(self.at <= now)
        ids = self.ids[known]
        is_last = np.append(ids[1:] != ids[:-1], True)[: len(ids)]
        standing = known[is_last]
        if len(self._seen) > MOMENTS_KEPT:
            self._seen.clear()
        found: Ints = standing[~self.gone[standing]]
        self._seen[now] = found
        return found

    def none(self) -> "Versions":
        """The same fields without a record."""
        nothing = np.zeros(0, np.int64)
        return versions(nothing, nothing, nothing, {name: [] for name in self.wire.column_names})

    def rows(self, positions: Ints, columns: list[str]) -> list[dict[str, str | None]]:
        """The fields of these statements; unknown columns are left out."""
        known = [name for name in columns if name in self.wire.column_names]
        if not known:
            return [{} for _ in positions]
        rows: list[dict[str, str | None]] = self.wire.select(known).take(pa.array(positions)).to_pylist()
        return rows


def versions(ids: Ints, at: Ints, created: Ints, wire: dict[str, object], ends: Ints | None = None) -> Versions:
    """Versions from statements in any order; `ends` says ARCHIVED or GONE of a record, 0 that it stands."""
    order = np.lexsort((at, ids))
    ended = (np.zeros(len(ids), np.int64) if ends is None else ends)[order]
    table = pa.table({name: _column(values) for name, values in wire.items()})
    sorted_table = table.take(pa.array(order)).combine_chunks()
    return Versions(ids[order], at[order], created[order], sorted_table, ended == ARCHIVED, ended == GONE)


def _column(values: object) -> pa.Array:
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values
    return pa.array(values, pa.string())


def carried(values: Ints, ids: Ints) -> Ints:
    """The last value that is not -1 within each run of equal ids (rows sorted by id and instant)."""
    if not len(values):
        return values
    first = np.append(True, ids[1:] != ids[:-1])
    known = np.where((values >= 0) | first, np.arange(len(values)), 0)
    carried_values: Ints = values[np.maximum.accumulate(known)]
    return carried_values


@dataclass(frozen=True)
class Links:
    """Which contacts an object belongs to: object ids ascending, a row an association."""

    objects: Ints
    contacts: Ints

    def of(self, wanted: Ints) -> list[Ints]:
        """The contact ids of each wanted object."""
        lower = np.searchsorted(self.objects, wanted, "left")
        upper = np.searchsorted(self.objects, wanted, "right")
        return [self.contacts[a:b] for a, b in zip(lower, upper, strict=True)]


def links(objects: Ints, contacts: Ints) -> Links:
    """Links from pairs in any order."""
    order = np.lexsort((contacts, objects))
    return Links(objects[order], contacts[order])
