"""What stands beside the records of an answer, and belongs to them."""

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from extractors import schema, shape
from extractors.errors import Changed
from extractors.lines import parse
from extractors.spec import Endpoint
from extractors.terms import Beside


class Aside:
    """Gives the rows of an endpoint the columns that stand in the list beside them."""

    def __init__(self, endpoint: Endpoint, beside: Beside, key: bytes) -> None:
        self._beside, self._key = beside, key
        self._names = [field.name for column in endpoint.columns for field in schema.fields(column)]
        start = f"{beside.records}."
        there = [column for column in endpoint.columns if endpoint.is_beside(column)]
        self._columns = [replace(column, at=column.at.removeprefix(start)) for column in there]
        fields = {*(column.at for column in self._columns), beside.key}
        kind: pa.DataType = pa.list_(pa.struct([(name, pa.string()) for name in sorted(fields)]))
        self._root, *below = beside.records.split(".")
        for step in reversed(below):
            kind = pa.struct([(step, kind)])
        self._steps, self._kind = below, kind

    def added(self, rows: pa.Table, bodies: Sequence[bytes]) -> pa.Table:
        """The rows with these columns, null where the list has no such item; Changed where it holds no texts."""
        try:
            items = self._items(bodies)
        except pa.ArrowInvalid:
            raise Changed(f"{self._beside.records} is of another type") from None
        found = pc.index_in(rows.column(self._beside.by), pc.struct_field(items, self._beside.key))
        for column in self._columns:
            made = shape.columns_of(column, shape.Rows(items), self._key)
            for field, array in zip(schema.fields(column), made, strict=True):
                rows = rows.append_column(field, array.take(found))
        return rows.select(self._names)

    def _items(self, bodies: Sequence[bytes]) -> pa.StructArray:
        """The items of all pages."""
        lines = b"".join(body.replace(b"\n", b" ").replace(b"\r", b" ") + b"\n" for body in bodies)
        found = parse(lines, self._root, self._kind)
        for step in self._steps:
            found = pc.struct_field(found, step)
        return pc.list_flatten(found)
