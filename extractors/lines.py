"""Lines of JSON to Arrow arrays, by one parser, and what it is helped with."""

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.json as pj

from extractors.place import steps
from extractors.shape import wire_type
from extractors.spec import Column


def parse(lines: bytes, root: str, kind: pa.DataType) -> pa.Array:
    """What stands at the root of every line; ArrowInvalid where it is not of that type."""
    table = pj.read_json(
        pa.BufferReader(lines),
        read_options=pj.ReadOptions(use_threads=False, block_size=len(lines) + 16),
        parse_options=pj.ParseOptions(explicit_schema=pa.schema([(root, kind)]), unexpected_field_behavior="ignore"),
    )
    chunks = table.column(root).chunks
    return chunks[0] if len(chunks) == 1 else pa.concat_arrays(chunks)


class Blanks:
    """Makes null of "" where decimals stand: alone among the types, the parser takes them as numbers and as texts."""

    def __init__(self, columns: Iterable[Column]) -> None:
        names: dict[bool, set[str]] = {True: set(), False: set()}
        for column in columns:
            is_decimal = pa.types.is_decimal(wire_type(column))
            names[is_decimal] |= {steps(place)[-1].name for place in column.places}
        every = b"|".join(re.escape(name.encode()) for name in sorted(names[True] - names[False]))
        self._blank = re.compile(rb'(?<!\\)("(?:' + every + rb')"\s*:\s*)""') if every else None

    def filled(self, lines: bytes, complaint: str) -> bytes | None:
        """The lines with null in their place, None where that is not what the parser complains of."""
        if self._blank is None or "decimal128" not in complaint:
            return None
        filled, count = self._blank.subn(rb"\1null", lines)
        return filled if count else None
