"""Pages to typed Arrow tables, and the records that do not fit.

The good path is whole pages through C++. Only a page that fails is taken apart, by halves, down to the records that do
not fit; they come back with the reason and the place, and never block their neighbours.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from extractors import shape
from extractors.aside import Aside
from extractors.envelope import Answered, Content, Envelope
from extractors.errors import Changed
from extractors.lines import Blanks, parse
from extractors.schema import arrow_schema
from extractors.shape import Unfit
from extractors.spec import WHOLE, Column, Endpoint

LEAST = 3  # so many records of a page without a field mean that the field is gone, fewer may be odd records
ANOTHER = re.compile(r"Column\(/(.*)\) changed from (\w+) to (\w+)")
SEEN = {"number": pa.int64(), "string": pa.string(), "boolean": pa.bool_()}
MOST_SWITCHES = 64


@dataclass(frozen=True, slots=True)
class Misfit:
    """A record that does not fit: why, where in it, its text, and its day where that can still be read."""

    reason: str
    place: str
    record: str
    day: date | None = None


class Reader:
    """Reads the pages of one endpoint; used by one thread at a time."""

    def __init__(self, endpoint: Endpoint, envelope: Envelope, key: bytes) -> None:
        own = tuple(column for column in endpoint.columns if not endpoint.is_beside(column))
        self._aside = Aside(endpoint, endpoint.beside, key) if endpoint.beside else None
        self._endpoint, self._envelope, self._key = replace(endpoint, columns=own), envelope, key
        self._schema = arrow_schema(self._endpoint).remove(len(arrow_schema(self._endpoint)) - 1)  # all but _seq
        self._root = ["r"] if endpoint.records in ("", WHOLE) else endpoint.records.split(".")
        self._least = 1 if endpoint.records == WHOLE else LEAST
        self._other: dict[str, pa.DataType] = {}
        self._blanks = Blanks(own)
        booleans = (column for column in endpoint.columns if column.type == "boolean")
        self._flags = {place.replace(".", "/") for column in booleans for place in column.places}

    def read(self, pages: Sequence[Answered]) -> tuple[pa.Table, list[Misfit]]:
        """The rows of the pages and the misfits among them; Changed where a whole page lacks what it must have."""
        rows, misfits = self._read(pages)
        return self._aside.added(rows, [page.body for page in pages]) if self._aside else rows, misfits

    def _read(self, pages: Sequence[Answered]) -> tuple[pa.Table, list[Misfit]]:
        """What the records of the pages hold themselves."""
        with suppress(Unfit):
            return self._table([page.content for page in pages], sum(page.count for page in pages)), []
        tables, misfits = [self._schema.empty_table()], list[Misfit]()
        for page in pages:
            records = self._envelope.apart(page)
            self._refuse(records)
            found = list(self._apart(records))
            tables += [part for part in found if isinstance(part, pa.Table)]
            bad = [part for part in found if isinstance(part, Misfit)]
            misfits += bad
            if len(bad) >= max(self._least, page.count) and len({misfit.place for misfit in bad}) == 1:
                raise _none_fits(page.count, bad[0].place, bad[0].reason)
        return pa.concat_tables(tables), misfits

    def _refuse(self, records: list[bytes]) -> None:
        """Changed where one column fits in no record of a page, before every record is looked at for the reason."""
        first = [_plain(record) for record in records[:LEAST]]
        if len(first) < LEAST or any(self._fits(record, self._endpoint.columns) for record in first):
            return
        page = self._wrapped(b",".join(records))
        for column in self._endpoint.columns:
            try:
                found = self._rows([page], (column,), len(records)).column(0)
            except Unfit as unfit:
                reason = "" if any(self._fits(record, (column,)) for record in records) else unfit.reason
            else:
                reason = "missing" if column.required and found.null_count == len(found) > 0 else ""
            if reason:
                raise _none_fits(len(records), column.places[0], reason)

    def _fits(self, record: bytes, columns: tuple[Column, ...]) -> bool:
        """Whether a record by itself can be read in these columns, and has those that it must have."""
        try:
            rows = self._rows([self._wrapped(record)], columns, 1)
        except Unfit:
            return False
        return not any(rows.column(c.name).null_count for c in columns if c.required)

    def _apart(self, records: list[bytes]) -> Iterator[pa.Table | Misfit]:
        """The records as tables, as large as can be, and misfits, in order."""
        if not records:
            return
        try:
            yield self._table([self._wrapped(b",".join(records))], len(records))
        except Unfit:
            if len(records) > 1:
                half = len(records) // 2
                yield from self._apart(records[:half])
                yield from self._apart(records[half:])
            else:
                yield from self._alone(records[0])

    def _alone(self, record: bytes) -> Iterator[pa.Table | Misfit]:
        """One record that does not fit: whole if it only names a field twice, else its fitting rows and why not all."""
        if (plain := _plain(record)) != record:
            with suppress(Unfit):
                yield self._table([self._wrapped(plain)], 1)
                return
        reason, place = self._why(record)
        text = record.decode("utf-8", errors="replace")
        if reason == "missing":
            with suppress(Unfit):  # more than one thing can be wrong
                rows = self._rows([self._wrapped(record)], self._endpoint.columns, 1)
                yield _having(rows, [c.name for c in self._endpoint.columns if c.required]).cast(self._schema)
        yield Misfit(reason, place, text, self._day(record))

    def _why(self, record: bytes) -> tuple[str, str]:
        """Why a record does not fit, and the place of the first column that does not."""
        for columns in ((), *((column,) for column in self._endpoint.columns)):
            try:
                rows = self._rows([self._wrapped(record)], columns, 1)
                if columns and columns[0].required and rows.column(0).null_count:
                    return "missing", columns[0].places[0]
            except Unfit as unfit:
                return (unfit.reason, columns[0].places[0]) if columns else ("no record in readable JSON", "")
        return "of another type", ""

    def _day(self, record: bytes) -> date | None:
        """The day that a misfit would be filed under, where that can still be read."""
        columns = tuple(c for c in self._endpoint.columns if c.name == self._endpoint.by)
        try:
            rows = self._rows([self._wrapped(record)], columns, 1)
            found = pc.cast(rows.column(0), pa.date32()).to_pylist() if columns and rows.num_rows else [None]
        except (Unfit, pa.ArrowInvalid):
            return None
        return found[0] if isinstance(found[0], date) else None

    def _wrapped(self, records: bytes) -> bytes:
        """Records as a page holds them."""
        if self._endpoint.records == WHOLE:
            return records  # one at a time is all there ever is
        if not self._endpoint.records:
            return b"[" + records + b"]"
        names = "".join(f'{{"{step}":' for step in self._root)
        return names.encode() + b"[" + records + b"]" + b"}" * len(self._root)

    def _table(self, pages: Sequence[Content], count: int) -> pa.Table:
        """All rows of the pages, or Unfit."""
        return shape.declared(self._rows(pages, self._endpoint.columns, count), self._schema)

    def _rows(self, pages: Sequence[Content], columns: tuple[Column, ...], count: int) -> pa.Table:
        """The columns' rows, in the JSON types that were seen lately or, should that fail, in the declared ones."""
        try:
            return self._typed(pages, columns, count)
        except Unfit:
            if not self._other:
                raise
            self._other.clear()
            return self._typed(pages, columns, count)

    def _typed(self, pages: Sequence[Content], columns: tuple[Column, ...], count: int) -> pa.Table:
        records = self._records(pages, columns)
        if len(records) != count or records.null_count:
            raise Unfit(reason="no record")
        explode = self._endpoint.explode
        if explode and not any(c.at.startswith(f"{explode}.") for c in columns):
            explode = ""
        return shape.table_of(columns, records, explode, self._key)

    def _records(self, pages: Sequence[Content], columns: tuple[Column, ...]) -> pa.Array:
        """The records as structs of the columns' fields, in the JSON types that the vendor was last seen to use."""
        if rows := [page for page in pages if not isinstance(page, bytes)]:
            if len(rows) < len(pages):
                raise Unfit(reason="not all alike")  # each page by itself then
            return pa.concat_arrays(rows)
        body = b"".join([piece for page in pages if isinstance(page, bytes) for piece in self._page(page)])
        for _ in range(MOST_SWITCHES):
            kind = pa.list_(shape.json_type(columns, self._endpoint.explode, self._other))
            for step in reversed(self._root[1:]):
                kind = pa.struct([(step, kind)])
            try:
                found = parse(body, self._root[0], kind)
                for step in self._root[1:]:
                    found = pc.struct_field(found, step)
                records = pc.list_flatten(found)
                records.validate(full=True)  # the parser lets text through that is not UTF-8
                return records
            except pa.ArrowInvalid as invalid:
                if (filled := self._blanks.filled(body, str(invalid))) is not None:
                    body = filled
                elif not self._switch(str(invalid)):
                    raise Unfit from None
        raise Unfit

    def _switch(self, complaint: str) -> bool:
        """Whether the parser only met a field in another JSON type, which is remembered: an id as number or as text."""
        seen = ANOTHER.search(complaint)
        if not seen or not {seen[2], seen[3]} <= SEEN.keys():
            return False
        place = seen[1].removeprefix("/".join(self._root)).removeprefix("/[]/")
        if "boolean" in (seen[2], seen[3]) and place not in self._flags:
            return False
        self._other[place] = SEEN[seen[3]]
        return True

    def _page(self, body: bytes) -> tuple[bytes, ...]:
        """A page on a line of its own, as an object."""
        if b"\n" in body or b"\r" in body:
            body = body.replace(b"\n", b" ").replace(b"\r", b" ")  # raw ones can only stand between values
        if self._endpoint.records == WHOLE:
            return b'{"r":[', body, b"]}\n"
        return (body, b"\n") if self._endpoint.records else (b'{"r":', body, b"}\n")


def _plain(record: bytes) -> bytes:
    """The record with each field named once, as the standard library reads it; as it is where that cannot."""
    try:
        return json.dumps(json.loads(record)).encode()
    except (ValueError, RecursionError):
        return record


def _none_fits(count: int, place: str, reason: str) -> Changed:
    return Changed(f"none of {count} records fits: {place or 'all'} is {reason}")


def _having(rows: pa.Table, required: list[str]) -> pa.Table:
    for name in required:
        rows = rows.filter(pc.is_valid(rows.column(name)))
    return rows
