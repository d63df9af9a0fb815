"""Pages of many walks, read in batches, in the order of the walks."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing

import pyarrow as pa

from extractors.ahead import InOrder, in_turn
from extractors.envelope import Answered
from extractors.plan import Group, Walk
from extractors.records import Misfit
from extractors.spec import Endpoint

Batches = Generator[tuple[Walk, list[Answered]], None, None]
Read = tuple[pa.Table, list[Misfit]]
ReadBatch = Callable[[list[Answered]], Read]


def read_in_order(  # noqa: PLR0913, PLR0917 what a group is read with
    endpoint: Endpoint,
    group: Group,
    pages: Callable[[Walk], Iterator[Answered]],
    readers: Sequence[ReadBatch],
    parallel: int,
    size: int,
) -> Generator[tuple[Walk, Read], None, None]:
    """What the readers make of a group's pages, in the order of its walks, with what each row keeps of its parent."""
    if endpoint.span.newest_first:
        batches, readers = _singly(group, pages), readers[:1]
    else:
        batches = _batches(InOrder(group.walks, pages, parallel, size), size)
    read = in_turn(readers, batches)
    with closing(batches), closing(read):
        for of, (rows, misfits) in read:
            kept = _keeping(rows, endpoint.each.keep, of.parent) if endpoint.each and of.parent else rows
            yield of, (kept, misfits)


def _singly(group: Group, pages: Callable[[Walk], Iterator[Answered]]) -> Batches:
    """Page by page, because each decides whether there is another."""
    for of in group.walks:
        for page in pages(of):
            yield of, [page]


def _batches(pages: InOrder[Walk], size: int) -> Batches:
    """Pages in batches of about `size` bytes, each of walks whose rows are filed alike."""
    batch: list[Answered] = []
    last: Walk | None = None
    held = 0
    for of, page in pages:
        if last is not None and (held >= size or (of.day, of.parent) != (last.day, last.parent)):
            yield last, batch
            batch, held = [], 0
        last = of
        batch.append(page)
        held += len(page.body)
    if last is not None:
        yield last, batch


def _keeping(rows: pa.Table, column: str, parent: str) -> pa.Table:
    """The rows of one parent, with its value in their column."""
    at = rows.schema.get_field_index(column)
    return rows.set_column(at, rows.schema.field(at), pa.repeat(parent, rows.num_rows))
