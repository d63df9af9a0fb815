"""Files to typed Arrow tables, a block at a time, and the rows of them that do not fit, by line or row number.

The good path is C++. Whoever wants a whole file or nothing looks at the flaws before taking the tables.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from extractors.blocks import (
    MOST_FLAWS,
    Block,
    Flaw,
    absent,
    declared_fields,
    empty,
    fitting,
    nothing,
    records_of,
)
from extractors.drift import Drift
from extractors.envelope import Answered, Envelope
from extractors.errors import Changed
from extractors.paging import one_page
from extractors.quotes import MARK, Quotes, line_of
from extractors.records import Reader
from extractors.spec import Endpoint, Request
from extractors.transport import Again

CSV_BYTES, JSON_BYTES, PARQUET_ROWS = 4 << 20, 1 << 20, 16_384
LONGEST_LINE = 16 << 20


def read(name: str, file: pa.NativeFile, endpoint: Endpoint, key: bytes) -> Iterator[Block]:
    """The blocks of a file whose format its name tells; one with a flaw at line 0 or MOST_FLAWS of them is the last."""
    formats = {".csv": _csv, ".jsonl": _json_lines, ".parquet": _parquet}
    kind = next((of for end, of in formats.items() if name.endswith(end)), None)
    if kind is None:
        yield nothing(endpoint, Flaw(0, "", f"its name ends in none of {', '.join(formats)}"))
        return
    found = 0
    for block in kind(file, endpoint, key):
        yield block
        found += len(block.flaws)
        if found >= MOST_FLAWS or any(flaw.line == 0 for flaw in block.flaws):
            return


def _csv(file: pa.NativeFile, endpoint: Endpoint, key: bytes) -> Iterator[Block]:
    """CSV as RFC 4180 has it: UTF-8, commas, a header; an empty cell is null."""
    bad: list[Flaw] = []  # by physical row: the header is 1, blank lines do not count

    def skipped(row: pc.InvalidRow) -> str:
        bad.append(Flaw(row.number, "", f"{row.actual_columns} columns instead of {row.expected_columns}"))
        return "skip"

    quotes = Quotes(file)
    texts = {column.name: pa.string() for column in endpoint.columns}
    unfit: list[tuple[int, Flaw]] = []  # by place among the rows that were not skipped
    done = 0
    try:
        reader = pc.open_csv(
            quotes,
            read_options=pc.ReadOptions(block_size=CSV_BYTES, use_threads=False),
            parse_options=pc.ParseOptions(newlines_in_values=True, invalid_row_handler=skipped),
            convert_options=pc.ConvertOptions(
                column_types=texts, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=True
            ),
        )
        if flaw := _header(reader.schema.names, endpoint):
            yield nothing(endpoint, flaw)
            return
        for batch in reader:
            rows, flaws = fitting(endpoint, records_of(batch, endpoint), key)
            unfit += [(done + flaw.line, flaw) for flaw in flaws]
            done += batch.num_rows
            yield Block(rows)
            if len(unfit) + len(bad) >= MOST_FLAWS:
                break
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        yield nothing(endpoint, _unreadable(file, str(error)))
        return
    if quotes.stray >= 0:
        said = f"the quotation mark on line {line_of(file, quotes.stray)} neither opens nor closes a cell"
        yield nothing(endpoint, Flaw(0, "", said))
    elif quotes.count % 2 and not file.read(1):
        *_, last = _beginnings(file)
        yield nothing(endpoint, Flaw(last, "", "a quotation mark is never closed"))
    elif bad or unfit:
        skips = sorted(flaw.line for flaw in bad)
        bad += [Flaw(_physical(place, skips), flaw.place, flaw.reason) for place, flaw in unfit]
        yield Block(empty(endpoint), tuple(_by_line(file, bad)))


def _header(names: list[str], endpoint: Endpoint) -> Flaw | None:
    """What is wrong with the names of the columns; those that are not ours are told by place: they may be data."""
    declared = declared_fields(endpoint)
    strange = [str(n) for n, name in enumerate(names, start=1) if name not in declared]
    twice = sorted({name for name in names if name in declared and names.count(name) > 1})
    missing = absent(endpoint, names)
    if len(names) == 1 and re.search(r"[;\t|]", names[0]):
        return Flaw(1, "", "the columns are not separated by commas")
    if strange:
        return Flaw(1, "", f"the template has no such column: the header's number {', '.join(strange)}")
    if twice:
        return Flaw(1, "", f"a column is there twice: {', '.join(twice)}")
    return Flaw(1, "", f"a column is missing: {', '.join(missing)}") if missing else None


def _unreadable(file: pa.NativeFile, complaint: str) -> Flaw:
    """Why Arrow gave up on a CSV file."""
    file.seek(0)
    for number, line in enumerate(io.BufferedReader(Quotes(file)), start=1):
        try:
            line.decode()
        except UnicodeDecodeError:
            return Flaw(number, "", "not UTF-8")
    return Flaw(0, "", "it is empty, without even a header" if "Empty CSV" in complaint else "it cannot be read as CSV")


def _physical(place: int, skips: list[int]) -> int:
    """The number of a row in the file, from its place (from 1) among those that were not skipped."""
    number = place + 1
    for skip in skips:
        number += skip <= number
    return number


def _by_line(file: pa.NativeFile, flaws: Iterable[Flaw]) -> Iterator[Flaw]:
    """The flaws with the line on which their row begins, where cells may hold line breaks."""
    by_row = sorted(flaws, key=lambda flaw: flaw.line)
    begins = list(islice(_beginnings(file), by_row[-1].line))
    yield from (Flaw(begins[flaw.line - 1], flaw.place, flaw.reason) for flaw in by_row)


def _beginnings(file: pa.NativeFile) -> Iterator[int]:
    """The line on which each row of a CSV file begins; blank lines are none."""
    file.seek(0)
    passed = io.BufferedReader(Quotes(file))
    rows = csv.reader(io.TextIOWrapper(passed, encoding="utf-8-sig", errors="replace", newline=""))
    line = 0
    for row in rows:
        if row:
            yield line + 1
        line = rows.line_num


def _json_lines(file: pa.NativeFile, endpoint: Endpoint, key: bytes) -> Iterator[Block]:
    """JSON lines: an object a line; blank lines do not count."""
    reader, drift = Reader(endpoint, Envelope(endpoint, one_page(), None), key), Drift(endpoint)

    def page(lines: list[bytes]) -> Answered:
        return Answered(Request(""), len(lines), {}, body=b"[" + b",".join(lines) + b"]")

    def flaw_of(line: bytes) -> tuple[str, str] | None:
        try:
            _, misfits = reader.read([page([line])])
        except Again:
            return "", "no readable JSON"
        return (misfits[0].place, misfits[0].reason) if misfits else None

    first = 1
    for piece in _pieces(file):
        if len(piece) > LONGEST_LINE and b"\n" not in piece:  # what comes after it was not read
            yield nothing(endpoint, Flaw(0, "", f"line {first} has more than {LONGEST_LINE >> 20} MB"))
            return
        every = piece.splitlines()
        lines = list(filter(bytes.strip, every))
        drift.look(lines)
        try:
            rows, misfits = reader.read([page(lines)])
            is_whole = not misfits
        except (Again, Changed):
            rows, is_whole = empty(endpoint), False
        reasons = () if is_whole else ((n, flaw_of(line)) for n, line in enumerate(every, start=first) if line.strip())
        flaws = tuple(islice((Flaw(n, *why) for n, why in reasons if why), MOST_FLAWS))
        yield Block(rows, flaws, frozenset(drift.unknown))
        first += len(every)


def _pieces(file: pa.NativeFile) -> Iterator[bytes]:
    """A file of lines in pieces of whole lines."""
    rest = file.read(JSON_BYTES).removeprefix(MARK)
    while more := file.read(JSON_BYTES):
        whole, end, rest = (rest + more).rpartition(b"\n")
        yield whole + end
        if len(rest) > LONGEST_LINE:
            break
    yield rest


def _parquet(file: pa.NativeFile, endpoint: Endpoint, key: bytes) -> Iterator[Block]:
    """Parquet: only the declared columns are read."""
    declared = declared_fields(endpoint)
    done = 0
    try:
        with pq.ParquetFile(file) as found:
            names = found.schema_arrow.names
            if missing := absent(endpoint, names):
                yield nothing(endpoint, Flaw(0, "", f"a column is missing: {', '.join(missing)}"))
                return
            unknown = frozenset(names) - declared
            columns = [name for name in names if name in declared]
            for batch in found.iter_batches(PARQUET_ROWS, columns=columns, use_threads=False):
                rows, flaws = fitting(endpoint, records_of(batch, endpoint), key)
                yield Block(rows, tuple(Flaw(done + f.line, f.place, f.reason) for f in flaws), unknown)
                done += batch.num_rows
    except (pa.ArrowInvalid, OSError):
        file.seek(0)
        while file.read(CSV_BYTES):  # Arrow says OSError of torn data too; this one is raised if it was the way here
            pass
        yield nothing(endpoint, Flaw(0, "", "it cannot be read as Parquet"))
