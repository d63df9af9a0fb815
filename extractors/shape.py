"""From the JSON of records to typed columns, in C++: what to read, and how each column is made of what was read."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extractors import schema
from extractors.pick import at
from extractors.place import steps
from extractors.privacy import digests
from extractors.scalars import EMPTY, NOTHING, text
from extractors.spec import Column

Node = dict[str, "Node | pa.DataType"]
SURE = 2.0**53
ITEM = "[]"  # the one key of a node that is a list
EPOCHS = {"seconds": "s", "milliseconds": "ms", "microseconds": "us"}
COMPACT = r"^(\d{4})(\d{2})(\d{2})$"
DATE, ZONE = r"^(\d{4}-\d{2}-\d{2})$", r"[T ].*(Z|[+-]\d{2}(:?\d{2})?)$"
WIRE: dict[str, pa.DataType] = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "decimal": schema.TYPES["decimal"],
    "boolean": pa.bool_(),
}


class Unfit(Exception):  # noqa: N818 a finding, handled within the room
    """Records that do not fit the declaration, by the name of the column, or "" where it is not known."""

    def __init__(self, column: str = "", reason: str = "of another type") -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


def wire_type(column: Column) -> pa.DataType:
    """The type in which the JSON carries a column."""
    if column.type == "list":
        return pa.list_(json_type(column.of))
    if column.sent in ("integer", *EPOCHS):
        return pa.int64()
    return pa.string() if column.sent == "text" else WIRE.get(column.type, pa.string())


def json_type(
    columns: Sequence[Column], explode: str = "", other: Mapping[str, pa.DataType] | None = None
) -> pa.DataType:
    """The struct of exactly the declared fields; `other` are types that the vendor was seen to use instead."""
    tree: Node = {}
    for column in columns:
        for place in column.places:
            node = tree
            *above, last = steps(place)
            for step in above:
                node = node.setdefault(step.name, {})
                if step.picks:
                    node = node.setdefault(ITEM, {})
                    if step.key:
                        node[step.key] = pa.string()
            if last.picks:
                node.setdefault(last.name, {})[ITEM] = wire_type(column)
            else:
                node[last.name] = wire_type(column)
    return _struct(tree, explode, "", other or {})


def _struct(tree: Node, explode: str, above: str, other: Mapping[str, pa.DataType]) -> pa.DataType:
    fields = []
    for name, below in tree.items():
        place = f"{above}{name}"
        if isinstance(below, dict) and ITEM in below:
            item = below[ITEM]
            fields.append(
                (name, pa.list_(_struct(item, "", f"{place}/[]/", other) if isinstance(item, dict) else item))
            )
        elif isinstance(below, dict):
            items = place == explode.replace(".", "/")
            kind = _struct(below, explode, f"{place}/[]/" if items else f"{place}/", other)
            fields.append((name, pa.list_(kind) if items else kind))
        else:
            fields.append((name, _as_seen(below, place, other)))
    return pa.struct(fields)


def _as_seen(kind: pa.DataType, place: str, other: Mapping[str, pa.DataType]) -> pa.DataType:
    if pa.types.is_list(kind):
        fields = kind.value_type
        return pa.list_(pa.struct([(f.name, _as_seen(f.type, f"{place}/[]/{f.name}", other)) for f in fields]))
    return other.get(place, kind)


class Rows:
    """The rows of some records: the records themselves, or with `explode` the items of that list in each of them."""

    def __init__(self, records: pa.Array, explode: str = "") -> None:
        self._records, self._inside = records, f"{explode}." if explode else ""
        if explode:
            lists = pc.struct_field(records, explode.split("."))
            self._items, self._parents = pc.list_flatten(lists), pc.list_parent_indices(lists)

    def at(self, place: str, kind: pa.DataType) -> pa.Array:
        """What stands at a place of each row, a field of its record as often as the record has items."""
        if not self._inside:
            return at(self._records, steps(place), kind)
        if place.startswith(self._inside):
            return at(self._items, steps(place.removeprefix(self._inside)), kind)
        return at(self._records, steps(place), kind).take(self._parents)  # never the record: the list is in it


def table_of(columns: Sequence[Column], records: pa.Array, explode: str, key: bytes) -> pa.Table:
    """All columns and what stands beside them, every one of them nullable yet, or Unfit."""
    rows = Rows(records, explode)
    arrays = [a for column in columns for a in columns_of(column, rows, key)]
    fields = [field.with_nullable(True) for column in columns for field in schema.fields(column)]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def declared(rows: pa.Table, kind: pa.Schema) -> pa.Table:
    """The rows in the declared schema, or Unfit where a value is missing that must be there."""
    for field in kind:
        if not field.nullable and rows.column(field.name).null_count:
            raise Unfit(field.name, "missing")
    return rows.cast(kind)


def columns_of(column: Column, rows: Rows, key: bytes) -> list[pa.Array]:
    """The column and what stands beside it (`schema.fields`), or Unfit."""
    found: Any = None
    try:
        for place in column.places:
            value = rows.at(place, wire_type(column))
            found = value if found is None else _either(found, value)
        if column.home:
            found = _at_home(found, column.home)
        made = [cast(column, found)]
        if column.is_identifying:
            made.append(_digested(made[0], column, key))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
        raise Unfit(column.name) from None
    if column.type == "moment" and column.sent == "":
        made.append(found)
    return made


def _either(first: pa.Array, second: pa.Array) -> pa.Array:
    """The first that is not null; as text, where one comes as a number and the other as a text."""
    if first.type != second.type:
        first, second = pc.cast(first, pa.string()), pc.cast(second, pa.string())
    return pc.coalesce(first, second)


def _at_home(handles: pa.Array, home: str) -> pa.Array:
    """Handles with their server, which those of the own server come without."""
    whole = pc.binary_join_element_wise(handles, text(home), EMPTY)
    return pc.if_else(pc.match_substring(handles, "@"), handles, whole)


def cast(column: Column, found: pa.Array) -> pa.Array:
    """What was read, in the column's own type; "" is null where the column is no text. ArrowInvalid if it is none."""
    if column.type == "list":
        return _list(column, found)
    if pa.types.is_string(found.type):
        found = _no_nul(found)
    if column.split:
        return pc.split_pattern(_no_blanks(found), column.split)
    if pa.types.is_string(found.type) and column.type != "text":
        found = _no_blanks(found)
    if column.type == "moment":
        return _moments(found, column.sent)
    if column.type == "integer" and pa.types.is_string(found.type):
        return _integers(found)
    if column.type == "number" and pc.any(pc.invert(pc.is_finite(found := pc.cast(found, pa.float64())))).as_py():
        raise Unfit(column.name, "no finite number")
    if column.type == "text" and pa.types.is_floating(found.type):
        found = _whole_numbers(found)
    return pc.cast(found, schema.TYPES[column.type])


def _no_nul(texts: pa.Array) -> pa.Array:
    """Texts without NUL, which no database takes; one quick look at the bytes tells whether there is any."""
    data = texts.buffers()[2]
    if data is None or b"\0" not in data.to_pybytes():
        return texts
    return pc.replace_substring(texts, "\0", "")


def _no_blanks(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(texts, EMPTY), NOTHING, texts)


def _integers(texts: pa.Array) -> pa.Array:
    try:
        return pc.cast(texts, pa.int64())
    except pa.ArrowInvalid:
        return pc.cast(pc.cast(texts, pa.float64()), pa.int64())  # "12.0"; "12.5" is refused


def _whole_numbers(floats: pa.Array) -> pa.Array:
    """Ids that a file carries as floats, as Arrow would write them with an exponent; ArrowInvalid if not all whole."""
    if (pc.max(pc.abs(floats)).as_py() or 0) > SURE:
        raise pa.ArrowInvalid("beyond this, another id may have been rounded to the same float")
    return pc.cast(floats, pa.int64())


def _moments(found: pa.Array, sent: str) -> pa.Array:
    """Microseconds UTC from an epoch or from ISO 8601: T or space, any offset, none meaning UTC."""
    if sent:
        return pc.cast(pc.cast(pc.cast(found, pa.int64()), pa.timestamp(EPOCHS[sent], tz="UTC")), schema.MOMENT)
    if not (pa.types.is_string(found.type) or pa.types.is_temporal(found.type) or pa.types.is_null(found.type)):
        raise pa.ArrowInvalid("a number whose unit nobody declared")  # Arrow takes it for microseconds
    try:
        return pc.cast(found, schema.MOMENT)
    except pa.ArrowInvalid:
        pass
    plain = pc.replace_substring_regex(pc.utf8_upper(pc.utf8_trim_whitespace(found)), r"(\.\d{6})\d+", r"\1")
    plain = pc.replace_substring(plain, ":60", ":59")  # a leap second, which Arrow does not know
    plain = pc.replace_substring_regex(plain, COMPACT, r"\1-\2-\3")
    plain = pc.replace_substring_regex(plain, DATE, r"\1T00:00Z")
    zoned = pc.match_substring_regex(plain, ZONE)
    return pc.cast(pc.if_else(zoned, plain, pc.binary_join_element_wise(plain, text("Z"), EMPTY)), schema.MOMENT)


def _list(column: Column, found: pa.Array) -> pa.Array:
    """A list of objects with each of their fields in its own type."""
    items = found.values
    parts = [cast(field, at(items, steps(field.places[0]), wire_type(field))) for field in column.of]
    made = pa.StructArray.from_arrays(parts, fields=list(schema.arrow_type(column).value_type))
    return pa.ListArray.from_arrays(found.offsets, made, mask=pc.is_null(found) if found.null_count else None)


def _digested(values: pa.Array, column: Column, key: bytes) -> pa.Array:
    if not column.split:
        return digests(values, column.personal, key)
    made = digests(values.values, column.personal, key)
    return pa.ListArray.from_arrays(values.offsets, made, mask=pc.is_null(values) if values.null_count else None)
