"""Walking a place through Arrow arrays: fields of structs, and one item of each record's list, in C++."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from extractors.place import Step
from extractors.scalars import integer, integers, text


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
            return at(items, steps[number + 1 :], kind).take(where)
    return records


def _bare(lists: pa.Array) -> pa.Array:
    """The lists, also where the file wraps them in a field `list`, as BigQuery once wrote Parquet."""
    return pc.struct_field(lists, ["list"]) if pa.types.is_struct(lists.type) else lists


def _inner(items: pa.Array) -> pa.Array:
    """The items, also where the file wraps each in a field `element`."""
    is_wrapped = pa.types.is_struct(items.type) and [field.name for field in items.type] == ["element"]
    return pc.struct_field(items, ["element"]) if is_wrapped else items


def _by_key(lists: pa.Array, items: pa.Array, step: Step) -> pa.Array:
    """Where each list's last item of that name stands among all items, null where it has none."""
    hits = pc.indices_nonzero(pc.equal(pc.struct_field(items, [step.key]), text(step.value)))
    last_first = hits.take(pc.array_sort_indices(hits, order="descending"))
    parents = pc.list_parent_indices(lists).take(last_first)
    return last_first.take(pc.index_in(integers(range(len(lists))), value_set=parents))  # of several, the first


def _by_position(lists: pa.Array, position: int) -> pa.Array:
    """Where each list's item of that number stands among all items, null where the list is shorter."""
    lengths = pc.coalesce(pc.cast(pc.list_value_length(lists), pa.int64()), integer(0))
    found = pc.add(pc.subtract(pc.cumulative_sum(lengths), lengths), integer(position))
    return pc.if_else(pc.greater(lengths, integer(position)), found, pa.nulls(1, pa.int64())[0])
