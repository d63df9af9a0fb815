"""Walking a place through Arrow arrays: fields of structs, and one item of each record's list, in C++ and numpy."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from extractors.place import Step
from extractors.scalars import text

Positions = np.ndarray[Any, np.dtype[np.int64]]


def at(records: pa.Array, steps: Sequence[Step], kind: pa.DataType) -> pa.Array:
    """What stands at a place of each record, null where the way there ends; of that type where no record has it."""
    for number, step in enumerate(steps):
        if pa.types.is_struct(records.type) and records.type.get_field_index(step.name) < 0:
            return pa.nulls(len(records), kind)
        records = pc.struct_field(records, [step.name])
        if step.picks:
            lists = _bare(records)
            items = _inner(pc.list_flatten(lists))
            where = _by_key(lists, items, step) if step.key else _by_position(lists, step.position or 0)
            return at(items, steps[number + 1 :], kind).take(_indices(where))
    return records


def _bare(lists: pa.Array) -> pa.Array:
    """The lists, also where the file wraps them in a field `list`, as BigQuery once wrote Parquet."""
    return pc.struct_field(lists, ["list"]) if pa.types.is_struct(lists.type) else lists


def _inner(items: pa.Array) -> pa.Array:
    """The items, also where the file wraps each in a field `element`."""
    is_wrapped = pa.types.is_struct(items.type) and [field.name for field in items.type] == ["element"]
    return pc.struct_field(items, ["element"]) if is_wrapped else items


def _by_key(lists: pa.Array, items: pa.Array, step: Step) -> Positions:
    """Where each list's last item of that name stands among all items, -1 where it has none."""
    hits = _numbers(
        pc.cast(pc.indices_nonzero(pc.equal(pc.struct_field(items, [step.key]), text(step.value))), pa.int64())
    )
    where = np.full(len(lists), -1)
    where[_numbers(pc.list_parent_indices(lists))[hits]] = hits  # of several, numpy keeps the last
    return where


def _by_position(lists: pa.Array, position: int) -> Positions:
    """Where each list's item of that number stands among all items, -1 where the list is shorter."""
    lengths = np.bincount(_numbers(pc.list_parent_indices(lists)), minlength=len(lists))
    found: Positions = np.where(lengths > position, np.cumsum(lengths) - lengths + position, -1)
    return found


def _numbers(array: pa.Array) -> Positions:
    """Whole numbers of 64 bits without a null, as numpy has them."""
    return np.frombuffer(array.buffers()[1] or b"", np.int64)[array.offset : array.offset + len(array)]


def _indices(where: Positions) -> pa.Array:
    """Positions for `take`, null where they are negative; by buffers, see `scalars`."""
    valid, data = np.packbits(where >= 0, bitorder="little"), np.ascontiguousarray(where)
    return pa.Array.from_buffers(pa.int64(), len(where), [pa.py_buffer(valid), pa.py_buffer(data)])
