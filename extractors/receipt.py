"""What is known of one partition, and a digest of its rows that no clock and no batch size moves."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from extractors.scalars import EMPTY, zero

KEY = b"rapport.receipt"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one run did for one day of one endpoint.

    `pages`, `requests`, `api_total`, `outside` and the times are those of the walk that wrote the day, which may have
    written other days too. `api_total` is how many records the vendor said there were when the walk began, None where
    it does not say; `outside` are rows that belong to no asked day; `duplicates` were sent twice with the same content;
    `gone_fields` are columns that the vendor refused or no longer sends, so that null there is no want of a value.
    `left_out` says why the day is not whole, if it is not; `remarks` are what the vendor could not give, by its own
    names, and how often; `spent` are dollars.
    """

    vendor: str
    endpoint: str
    day: str
    window_start: str
    window_end: str
    pages: int = 0
    requests: int = 0
    api_total: int | None = None
    rows: int = 0
    rejected: int = 0
    outside: int = 0
    duplicates: int = 0
    unknown_fields: tuple[str, ...] = ()
    seconds: float = 0.0
    started_at: str = ""
    finished_at: str = ""
    schema_digest: str = ""
    content_digest: str = ""
    is_provisional: bool = False
    refused_files: int = 0
    gone_fields: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    spent: float = 0.0

    def json(self) -> bytes:
        """The receipt as it stands in a footer."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def of(cls, text: bytes) -> "Receipt":
        """The receipt of a footer, also one with fields that are unknown or not there yet."""
        found = {name: value for name, value in json.loads(text).items() if name in cls.__dataclass_fields__}
        lists = {name: tuple(value) for name, value in found.items() if isinstance(value, list)}
        return cls(**{**found, **lists})

    @property
    def date(self) -> date:
        """The day as a date."""
        return date.fromisoformat(self.day)


def schema_digest(schema: pa.Schema) -> str:
    """16 hex digits that stand for names, types and nullability."""
    text = "\n".join(f"{field.name} {field.type} {field.nullable}" for field in schema)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class ContentDigest:
    """A digest of rows in order, the same however they were cut into tables; `_seq` is no content."""

    def __init__(self) -> None:
        self._leaves: dict[str, hashlib._Hash] = {}

    def add(self, table: pa.Table) -> None:
        """Take in more rows."""
        for field in table.schema:
            if field.name != "_seq":
                for chunk in table.column(field.name).chunks:
                    for leaf, data in _leaves(field.name, chunk):
                        if leaf not in self._leaves:
                            self._leaves[leaf] = hashlib.sha256()
                        self._leaves[leaf].update(data)

    def hex(self) -> str:
        """32 hex digits."""
        whole = hashlib.sha256()
        for leaf in sorted(self._leaves):
            whole.update(leaf.encode() + self._leaves[leaf].digest())
        return whole.hexdigest()[:32]


def _leaves(name: str, array: pa.Array) -> Iterator[tuple[str, memoryview]]:
    """The bytes of an array that its values alone decide: nulls, lengths, and values with nulls made empty."""
    yield f"{name}?", _bytes(pc.cast(pc.is_valid(array), pa.uint8()), 1)
    if pa.types.is_list(array.type):
        yield f"{name}#", _bytes(pc.fill_null(pc.list_value_length(array), zero(pa.int32())), 4)
        yield from _leaves(f"{name}[]", pc.list_flatten(array))
    elif pa.types.is_struct(array.type):
        for field, part in zip(array.type, array.flatten(), strict=True):
            yield from _leaves(f"{name}.{field.name}", part)
    elif pa.types.is_string(array.type):
        full = pc.fill_null(array, EMPTY)
        yield f"{name}#", _bytes(pc.binary_length(full), 4)
        _, offsets, data = full.buffers()
        ends = memoryview(offsets).cast("i")
        yield name, memoryview(data or b"")[ends[full.offset] : ends[full.offset + len(full)]]
    elif pa.types.is_boolean(array.type):
        yield name, _bytes(pc.cast(pc.fill_null(array, zero(pa.bool_())), pa.uint8()), 1)
    else:
        yield name, _bytes(pc.fill_null(array, zero(array.type)), array.type.bit_width // 8)


def _bytes(array: pa.Array, width: int) -> memoryview:
    return memoryview(array.buffers()[1])[array.offset * width : (array.offset + len(array)) * width]
