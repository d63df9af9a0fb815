"""Blocks of a file: records of Arrow arrays to rows as declared, and a flaw for each that does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

import pyarrow as pa

from extractors import shape
from extractors.place import steps
from extractors.schema import arrow_schema
from extractors.shape import Unfit
from extractors.spec import Column, Endpoint

MOST_FLAWS = 100  # beyond that nobody reads on, and a file that is wrong throughout must not cost an hour
TEXTS = (pa.types.is_large_string, pa.types.is_string_view, pa.types.is_dictionary)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What does not fit: the line (of a Parquet file the row) from 1, 0 for the whole file, the column, and why."""

    line: int
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a file that fit, in order, the flaws of its neighbours, and fields that nobody declared."""

    rows: pa.Table
    flaws: tuple[Flaw, ...] = ()
    unknown: frozenset[str] = frozenset()


def declared_fields(endpoint: Endpoint) -> set[str]:
    """The fields of a record that the columns stand in."""
    return {_top(place) for column in endpoint.columns for place in column.places}


def _top(place: str) -> str:
    return steps(place)[0].name


def absent(endpoint: Endpoint, names: list[str]) -> list[str]:
    """The columns that must be there and are not among the fields."""
    return [c.name for c in endpoint.columns if c.required and not {_top(p) for p in c.places} & {*names}]


def records_of(batch: pa.RecordBatch, endpoint: Endpoint) -> pa.StructArray:
    """The rows as records, with plain text for what stands for text."""
    types = {place: column.type for column in endpoint.columns for place in column.places}
    arrays = [_plain(array, types.get(name, "")) for name, array in zip(batch.schema.names, batch.columns, strict=True)]
    return pa.StructArray.from_arrays(arrays, batch.schema.names)


def _plain(array: pa.Array, kind: str) -> pa.Array:
    """Text as plain strings, whole numbers for decimals as text (Arrow casts no integers), moments in microseconds."""
    if pa.types.is_timestamp(array.type):
        return array.cast(pa.timestamp("us", array.type.tz), safe=False)
    is_whole = kind == "decimal" and pa.types.is_integer(array.type)
    return array.cast(pa.string()) if is_whole or any(test(array.type) for test in TEXTS) else array


def fitting(endpoint: Endpoint, records: pa.StructArray, key: bytes) -> tuple[pa.Table, list[Flaw]]:
    """The rows of the records that fit, and a flaw for each of the others, by its place from 1."""
    whole = partial(_rows, endpoint, endpoint.columns, key=key)
    try:
        return whole(records), []
    except Unfit:
        found: dict[int, Flaw] = {}
        for column in endpoint.columns:
            for flaw in islice(_flaws(endpoint, column, records, 1, key), MOST_FLAWS):
                found.setdefault(flaw.line, flaw)
        fits = [n not in found for n in range(1, len(records) + 1)]
        is_over = len(found) >= MOST_FLAWS or not any(fits)  # others may be unfit too; a type may be, without any row
        return empty(endpoint) if is_over else whole(records.filter(pa.array(fits))), [found[n] for n in sorted(found)]


def _flaws(endpoint: Endpoint, column: Column, records: pa.StructArray, first: int, key: bytes) -> Iterator[Flaw]:
    """The records whose column does not fit, found by halves."""
    try:
        _rows(endpoint, (column,), records, key)
    except Unfit as unfit:
        if len(records) == 1:
            more = "" if unfit.reason == "missing" else f": {column.type} is expected"
            yield Flaw(first, column.name, f"{unfit.reason}{more}")
            return
        half = len(records) // 2
        yield from _flaws(endpoint, column, records[:half], first, key)
        yield from _flaws(endpoint, column, records[half:], first + half, key)


def _rows(endpoint: Endpoint, columns: tuple[Column, ...], records: pa.StructArray, key: bytes) -> pa.Table:
    """The columns' rows in the declared schema, or Unfit."""
    rows = shape.table_of(columns, records, endpoint.explode, key)
    return shape.declared(rows, pa.schema([arrow_schema(endpoint).field(name) for name in rows.column_names]))


def empty(endpoint: Endpoint) -> pa.Table:
    """No rows, as declared."""
    return arrow_schema(endpoint).remove(len(arrow_schema(endpoint)) - 1).empty_table()


def nothing(endpoint: Endpoint, flaw: Flaw) -> Block:
    """No rows and the reason."""
    return Block(empty(endpoint), (flaw,))
