"""What stands beside the records of an answer, and belongs to them."""

import json
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
        self._fields, self._steps, self._kind = fields, below, kind

    def added(self, rows: pa.Table, bodies: Sequence[bytes]) -> pa.Table:
        """The rows with these columns, null where the list has no such item; Changed where it holds no texts."""
        try:
            items = self._items(bodies)
        except pa.ArrowInvalid:  # maybe of a record that the parser does not take, which says so elsewhere
            try:
                items = self._items([self._alone(body) for body in bodies])
            except (ValueError, TypeError, AttributeError, RecursionError):
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

    def _alone(self, body: bytes) -> bytes:
        """A page with nothing but the list, whose texts are made readable; some error where it holds other things."""
        found = json.loads(body.decode("utf-8", "replace"))
        for step in (self._root, *self._steps):
            found = (found or {}).get(step)
        kept = [{name: _readable(item.get(name)) for name in self._fields} for item in found or []]
        for step in reversed((self._root, *self._steps)):
            kept = {step: kept}  # type: ignore[assignment]
        return json.dumps(kept).encode()


def _readable(text: str | None) -> str | None:
    return text if text is None else text.encode("utf-8", "replace").decode()
