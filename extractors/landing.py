"""Rows to day partitions, each committed whole with its receipt: the only writer of the lake."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extractors import lake as lakes
from extractors.partition import Partition
from extractors.receipt import KEY, Receipt, schema_digest
from extractors.records import Misfit
from extractors.schema import arrow_schema
from extractors.spec import Endpoint, Source

NEVER = date(1970, 1, 1)  # the day of the empty partition that every declared endpoint has
PENDING_BYTES = 16 << 20
AT_ONCE = 8
REJECTED = pa.schema([("reason", pa.string()), ("place", pa.string()), ("record", pa.string()), ("_seq", pa.int64())])


def receipts(lake: str | Path, vendor: str | None = None, endpoint: str | None = None) -> list[Receipt]:
    """The receipt of every partition there is, oldest day first; without the empty ones that only declare."""
    top = lakes.at(lake)
    below = "raw" if vendor is None else f"raw/source={vendor}" if endpoint is None else lakes.folder(vendor, endpoint)
    found = (_receipt(top, path) for path in top.files(below) if f"day={NEVER}" not in path)
    return sorted((r for r in found if r), key=lambda r: (r.day, r.vendor, r.endpoint))


def declare(source: Source, lake: str | Path) -> None:
    """Give every endpoint an empty partition with today's schema, so that a query finds one before the first run."""
    top = lakes.at(lake)
    for endpoint in source.endpoints:
        path = lakes.partition(source.name, endpoint.name, NEVER)
        known = _receipt(top, path) if path in top.files(lakes.folder(source.name, endpoint.name)) else None
        if known is None or known.schema_digest != schema_digest(arrow_schema(endpoint)):
            part = Partition(top, path, endpoint)
            part.commit(Receipt(source.name, endpoint.name, str(NEVER), str(NEVER), str(NEVER)))


def read(lake: str | Path, vendor: str, endpoint: str, days: Iterable[date], columns: list[str] | None) -> pa.Table:
    """The rows of some days of an endpoint, as they lie in the lake."""
    top = lakes.at(lake)
    tables = []
    for day in days:
        path, fs = top.source(lakes.partition(vendor, endpoint, day))
        tables.append(pq.ParquetFile(path, filesystem=fs).read(columns=columns))
    return pa.concat_tables(tables)


class Landing:
    """The partitions that one walk, or several in order, fill; nothing is in the lake before `commit`."""

    def __init__(self, lake: str | Path, vendor: str, endpoint: Endpoint, days: Iterable[date]) -> None:
        self._lake, self._vendor, self._endpoint = lakes.at(lake), vendor, endpoint
        self._parts = {
            day: Partition(self._lake, lakes.partition(vendor, endpoint.name, day), endpoint) for day in sorted(days)
        }
        self._misfits: dict[date, list[Misfit]] = {day: [] for day in self._parts}
        self.outside = 0

    def add(self, rows: pa.Table, day: date | None = None) -> None:
        """File rows under `day`, or each under the UTC date of the endpoint's own time; others are counted only."""
        self._add([(day, rows)] if day else _by_day(rows, rows.column(self._endpoint.by)))

    def add_below(self, rows: pa.Table, take: str, filed: Mapping[str, date]) -> None:
        """File each row under the day of the parent that its column `take` names."""
        parents, days = pa.array(list(filed), pa.string()), pa.array(list(filed.values()), pa.date32())
        self._add(
            _by_day(rows, pa.chunked_array([days.take(pc.index_in(rows.column(take).combine_chunks(), parents))]))
        )

    def _add(self, by_day: Iterable[tuple[date | None, pa.Table]]) -> None:
        for at, some in by_day:
            if at in self._parts:
                self._parts[at].add(some)
            else:
                self.outside += some.num_rows
        while sum(part.pending_bytes for part in self._parts.values()) > PENDING_BYTES:
            max(self._parts.values(), key=lambda part: part.pending_bytes).flush()

    def reject(self, misfits: list[Misfit], day: date | None = None) -> None:
        """File misfits under `day`, else under their own day, else under the last one."""
        for misfit in misfits:
            at = day or misfit.day or max(self._parts)
            if at in self._misfits:
                self._misfits[at].append(misfit)
            else:
                self.outside += 1

    def commit(self, receipt: Receipt, left_out: Mapping[date, str] | None = None) -> list[Receipt]:
        """Make every day whole in the lake, each by itself; the receipts in the order of the days.

        `left_out` are days that are not whole, and why: one that stands there whole from an earlier run stays as it is.
        Several at a time, because nearly all of a small day's 15 ms is waiting for the disk to have it.
        """
        cut = left_out or {}
        settled = date.fromisoformat(receipt.window_end) - timedelta(days=self._endpoint.restate_days)

        def put(day: date) -> Receipt:
            why = (cut[day],) if day in cut else ()
            if why and (known := self._standing(day)) and not known.left_out:
                self._parts[day].abandon()
                return replace(known, left_out=why)
            own = replace(
                receipt,
                day=day.isoformat(),
                outside=self.outside,
                rejected=len(self._misfits[day]),
                is_provisional=day >= settled,
                left_out=why,
            )
            self._put_rejected(day)
            return self._parts[day].commit(own)

        with ThreadPoolExecutor(max(1, min(AT_ONCE, len(self._parts)))) as pool:
            return list(pool.map(put, self._parts))

    def clear(self) -> None:
        """Forget the rows: of a set that is not whole, nobody could tell who left it."""
        self.abandon()
        top = self._lake
        for day in self._parts:
            path = lakes.partition(self._vendor, self._endpoint.name, day)
            self._parts[day] = Partition(top, path, self._endpoint)

    def _standing(self, day: date) -> Receipt | None:
        path = lakes.partition(self._vendor, self._endpoint.name, day)
        is_there = path in self._lake.files(f"{lakes.folder(self._vendor, self._endpoint.name)}/day={day}")
        return _receipt(self._lake, path) if is_there else None

    def abandon(self) -> None:
        """Leave the lake as it was."""
        for part in self._parts.values():
            part.abandon()

    def _put_rejected(self, day: date) -> None:
        path, misfits = lakes.partition(self._vendor, self._endpoint.name, day, "rejected"), self._misfits[day]
        if not misfits:
            self._lake.drop(path)
            return
        rows = [{"reason": m.reason, "place": m.place, "record": m.record, "_seq": n} for n, m in enumerate(misfits)]
        aside = self._lake.aside(path)
        pq.write_table(pa.Table.from_pylist(rows, schema=REJECTED), aside, compression="zstd")
        self._lake.put(aside, path)


def _by_day(rows: pa.Table, at: pa.ChunkedArray) -> Iterator[tuple[date | None, pa.Table]]:
    """The rows of every UTC day that `at` tells of each, days ascending, in the order they came; first those of none.

    A row has none whose parent nobody asked for.
    """
    if not rows.num_rows:
        return
    days = pc.cast(pa.concat_arrays(at.chunks), pa.date32())
    if days.null_count:
        yield None, rows.filter(pc.is_null(days))
        rows, days = rows.filter(pc.is_valid(days)), days.drop_null()
    distinct = sorted(pc.unique(days).to_pylist())
    if len(distinct) < 2:
        yield from ((day, rows) for day in distinct)
        return
    order = pc.array_sort_indices(days)  # stable
    sorted_rows, counts = rows.take(order), {c["values"]: c["counts"] for c in pc.value_counts(days).to_pylist()}
    start = 0
    for day in distinct:
        yield day, sorted_rows.slice(start, counts[day])
        start += counts[day]


def _receipt(lake: lakes.Lake, path: str) -> Receipt | None:
    file, fs = lake.source(path)
    footer = pq.read_metadata(file, filesystem=fs).metadata or {}
    return Receipt.of(footer[KEY]) if KEY in footer else None
