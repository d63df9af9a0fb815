"""One day of one endpoint on its way into the lake."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extractors import lake as lakes
from extractors.receipt import KEY, ContentDigest, Receipt, schema_digest
from extractors.scalars import integer, integers
from extractors.schema import arrow_schema
from extractors.spec import Endpoint

ROW_GROUP = 16_384  # twice as many read no faster and pend in twice the memory
KEYS_AT_A_TIME, MOST_TIMES = 16_384, 64  # 1 MB of counts; a day of millions goes through its keys 64 times


class Partition:
    """One day of one endpoint: rows pend in memory, then in a file aside, then stand in the lake."""

    def __init__(self, lake: lakes.Lake, path: str, endpoint: Endpoint) -> None:
        self._lake, self._path, self._endpoint = lake, path, endpoint
        self._schema = arrow_schema(endpoint)
        self._pending: list[pa.Table] = []
        self._keys: list[pa.Array] = []
        self._digest, self._rows = ContentDigest(), 0
        self._open: tuple[pq.ParquetWriter, Path] | None = None
        self.pending_bytes = 0

    def add(self, rows: pa.Table) -> None:
        """More rows, in order."""
        if not rows.num_rows:
            return
        numbers = integers(range(self._rows, self._rows + rows.num_rows))
        numbered = rows.append_column(self._schema.field("_seq"), numbers)
        self._rows += rows.num_rows
        self._pending.append(numbered)
        self._keys.append(_hashes(rows, self._endpoint.key))
        self.pending_bytes += rows.nbytes
        self._digest.add(rows)
        if sum(table.num_rows for table in self._pending) >= ROW_GROUP:
            self.flush()

    def flush(self) -> tuple[pq.ParquetWriter, Path]:
        """Write what pends as a row group; the file aside and its writer."""
        if self._open is None:
            lakes.passing("before open")
            aside = self._lake.aside(self._path)
            self._open = pq.ParquetWriter(aside, self._schema, **_encodings(self._schema)), aside
        if self._pending:
            self._open[0].write_table(pa.concat_tables(self._pending), row_group_size=ROW_GROUP)
            self._pending, self.pending_bytes = [], 0
            pa.default_memory_pool().release_unused()  # what writing took, before the next pages come
            lakes.passing("after row group")
        return self._open

    def commit(self, receipt: Receipt) -> Receipt:
        """Make the rows the day's partition, without those sent twice; the receipt with their counts and digests."""
        repeated = self._repeated()
        if len(repeated):
            once = self._once(repeated)
            self.abandon()
            return once._put(replace(receipt, duplicates=self._rows - once._rows))
        return self._put(receipt)

    def _put(self, receipt: Receipt) -> Receipt:
        done = replace(
            receipt, rows=self._rows, schema_digest=schema_digest(self._schema), content_digest=self._digest.hex()
        )
        writer, aside = self.flush()
        writer.add_key_value_metadata({KEY.decode(): done.json().decode()})
        writer.close()
        self._lake.put(aside, self._path)
        return done

    def abandon(self) -> None:
        """Remove what was written aside."""
        if self._open is not None:
            with suppress(OSError):  # a full disk
                self._open[0].close()
            self._open[1].unlink(missing_ok=True)

    def _repeated(self) -> pa.ChunkedArray:
        """The hashes of all keys that are there more than once.

        Hashes of 8 bytes: should two keys ever share one, their rows are compared whole and found different.
        """
        keys, repeated = pa.chunked_array(self._keys, pa.int64()), []
        parts = min(self._rows // KEYS_AT_A_TIME + 1, MOST_TIMES)
        bounds = [2**64 * part // parts - 2**63 for part in range(parts + 1)]
        for first, end in pairwise(bounds):  # a large day has no memory to spare
            some = keys.filter(pc.and_(pc.greater_equal(keys, integer(first)), pc.less_equal(keys, integer(end - 1))))
            values, counts = pc.value_counts(some).flatten()
            repeated.append(values.filter(pc.greater(counts, integer(1))))
        return pa.chunked_array(repeated)

    def _once(self, repeated: pa.ChunkedArray) -> "Partition":
        """A partition with every row but those that repeat a key with the same content."""
        seen: set[str] = set()
        twice: list[int] = []
        tables = self._tables()
        for table in tables():
            keys = _hashes(table, self._endpoint.key)
            for row in table.filter(pc.is_in(keys, repeated)).to_pylist():
                number = row.pop("_seq")
                if (text := repr(row)) in seen:
                    twice.append(number)
                seen.add(text)
        once = Partition(self._lake, self._path, self._endpoint)
        dropped = integers(twice)
        for table in tables():
            once.add(table.filter(pc.invert(pc.is_in(table.column("_seq"), dropped))).drop_columns(["_seq"]))
        return once

    def _tables(self) -> Callable[[], Iterator[pa.Table]]:
        """A way to go through all rows, a row group at a time, as often as it takes; nothing is added any more."""
        if self._open is None:
            return lambda: iter(self._pending)
        writer, aside = self.flush()
        writer.close()

        def groups() -> Iterator[pa.Table]:
            with pq.ParquetFile(aside) as written:
                for group in range(written.num_row_groups):
                    yield written.read_row_group(group).cast(self._schema)

        return groups


def _hashes(rows: pa.Table, key: Sequence[str]) -> pa.Array:
    """A hash of every row's key, only good within this process."""
    columns = [rows.column(name) for name in key]
    plain = [pc.cast(c, pa.int64()) if pa.types.is_timestamp(c.type) else c for c in columns]
    return integers(map(hash, zip(*(column.to_pylist() for column in plain), strict=True)))


def _encodings(schema: pa.Schema) -> dict[str, object]:
    """Zstd at its quickest, a dictionary for texts that repeat, differences for integers and moments.

    0.69 of the bytes of pyarrow's defaults and three quarters of their CPU; a higher level saves under 1 %.
    """
    texts, whole = [], {}
    for path, kind in _leaves(schema):
        if pa.types.is_string(kind) and not path.split(".")[0].endswith(("_id", "_digest", "_raw", "email")):
            texts.append(path)
        elif pa.types.is_int64(kind) or pa.types.is_timestamp(kind):
            whole[path] = "DELTA_BINARY_PACKED"
    return {
        "compression": "zstd",
        "compression_level": 1,
        "use_dictionary": texts or False,
        "column_encoding": whole or None,
    }


def _leaves(fields: Iterable[pa.Field], above: str = "") -> Iterator[tuple[str, pa.DataType]]:
    """Every column of a Parquet file by its path."""
    for field in fields:
        if pa.types.is_struct(field.type):
            yield from _leaves(field.type, f"{above}{field.name}.")
        elif pa.types.is_list(field.type):
            yield from _leaves([field.type.value_field.with_name("element")], f"{above}{field.name}.list.")
        else:
            yield f"{above}{field.name}", field.type
