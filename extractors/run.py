"""One window of one endpoint into the lake: the one place where all parts meet.

A function of (vendor, endpoint, window) and of nothing else: there is no cursor to lose.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Semaphore
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from extractors import files, jobs, landing, plan
from extractors import lake as lakes
from extractors.ahead import InOrder, in_turn
from extractors.drift import Drift
from extractors.envelope import Answered, Envelope
from extractors.errors import Changed, Refused, Stopped
from extractors.fields import Fields
from extractors.landing import Landing
from extractors.paging import Bulk, moment, walk
from extractors.plan import Group, Walk
from extractors.receipt import Receipt
from extractors.records import Misfit, Reader
from extractors.spec import Each, Endpoint, Request, Source, Window
from extractors.transport import Tally, Transport

if TYPE_CHECKING:
    from extractors.auth import Account

Progress = Callable[[str, int], None]  # the endpoint's name and how many more rows of it were read
Read = tuple[pa.Table, list[Misfit]]
Batches = Generator[tuple[Walk, list[Answered]], None, None]
IN_FLIGHT_BYTES, LEAST_BATCH_BYTES = 8 << 20, 2 << 20
READERS = 2  # batches that are read at once, of one walk or of many: more would only wait for each other


def extract(  # noqa: PLR0913, PLR0917 what a window is a function of
    source: Source,
    endpoint_name: str,
    window: Window,
    account: "Account",
    lake: str | Path,
    key: bytes,
    progress: Progress | None = None,
    *,
    now: datetime | None = None,
    parallel: int | None = None,
) -> list[Receipt]:
    """Read an endpoint and its children for a window, with the days before it that each must re-read.

    Every day becomes one partition, whole; the receipts tell what is in them. `parallel` calls may be under way at
    once (the vendor's own number if not given). Busy, Refused or Changed leaves the days of the failed part as they
    were; ValueError for a window that is not over by `now`, or for a child, which is read with its parent.
    """
    endpoint = source.endpoint(endpoint_name)
    if endpoint.each:
        raise ValueError(f"{source.name} {endpoint.name} is read together with {endpoint.each.of}")
    now = now or datetime.now(UTC)
    if window.end_at > now:
        raise ValueError(f"the window ends at {moment(window.end_at)}, which is after now, {moment(now)}")
    if source.reads != "calls":
        return files.extract(source, endpoint, window, account, lake, key, progress)
    streams = parallel or source.parallel
    transport = Transport(source, account, streams + 1)
    run = Run(source, transport.options, transport, lake, key, progress or (lambda *_: None), streams)
    return [receipt for each in source.family(endpoint_name) for receipt in run.read(each, window)]


@dataclass(frozen=True)
class Run:
    """One vendor, one account, one lake."""

    source: Source
    options: Mapping[str, str]
    transport: Transport
    lake: str | Path
    key: bytes
    progress: Progress
    parallel: int
    reading: Semaphore = field(default_factory=lambda: Semaphore(READERS))

    def read(self, endpoint: Endpoint, window: Window) -> list[Receipt]:
        """The endpoint's partitions of the window and of the days before it that must be read again."""
        for kind in ("raw", "rejected"):
            lakes.at(self.lake).sweep(lakes.folder(self.source.name, endpoint.name, kind))
        try:
            if endpoint.each:
                return self._fill(endpoint, window, self._below(endpoint, endpoint.each, window), self.parallel, 1)
            wide = window.back(endpoint.restate_days) if endpoint.by else window
            groups = plan.of_root(endpoint, wide, self.options, self.parallel)
            return self._all(endpoint, window, groups)
        except (Changed, Refused) as error:
            error_type = Changed if isinstance(error, Changed) else Refused
            named = str(error).startswith(f"{self.source.name} ")
            raise error_type(str(error) if named else f"{self.source.name} {endpoint.name}: {error}") from None

    def _below(self, endpoint: Endpoint, each: Each, window: Window) -> Group:
        """The walks of a child, from the rows that its parent has in the lake since a moment ago."""
        parent = self.source.endpoint(each.of)
        days = window.back(parent.restate_days).days if parent.by else window.days[-1:]
        always = next(f.default for f in fields(Each) if f.name == "when")
        columns = sorted({each.take, each.day} - {""}) if each.when is always else None
        rows = landing.read(self.lake, self.source.name, parent.name, days, columns).to_pylist()
        wide = window.back(endpoint.restate_days)
        return plan.of_child(endpoint, rows, wide, days if parent.by else wide.days, self.options)

    def _all(self, endpoint: Endpoint, window: Window, groups: list[Group]) -> list[Receipt]:
        if len(groups) == 1:
            return self._fill(endpoint, window, groups[0], 1, 1)
        with ThreadPoolExecutor(len(groups)) as pool:
            filling = [pool.submit(self._fill, endpoint, window, group, 1, len(groups)) for group in groups]
        failures = [error for done in filling if (error := done.exception())]
        if failures:  # the one that stopped the others, not one that was stopped
            raise next((error for error in failures if not isinstance(error, Stopped)), failures[0])
        return [receipt for done in filling for receipt in done.result()]

    def _fill(self, endpoint: Endpoint, window: Window, group: Group, parallel: int, groups: int) -> list[Receipt]:
        """Walk a group's walks and commit its days."""
        started = datetime.now(UTC)
        land = Landing(self.lake, self.source.name, endpoint, group.days)
        envelope = Envelope(endpoint, endpoint.turn or self.source.turn, self.source.complaint)
        readers = [self._reader(endpoint, envelope) for _ in range(max(READERS // groups, 1))]
        tallies: list[Tally] = []
        drift, asked = Drift(endpoint), Fields(endpoint)
        pages = partial(self._pages, endpoint, envelope, tallies, drift, asked)
        size = max(IN_FLIGHT_BYTES // groups, LEAST_BATCH_BYTES)
        try:
            if endpoint.span.newest_first:
                batches, readers = _singly(group, pages), readers[:1]
            else:
                batches = _batches(InOrder(group.walks, pages, parallel, size), size)
            read = in_turn(readers, batches)
            with closing(batches), closing(read):
                for of, (found, misfits) in read:
                    rows = _keeping(found, endpoint.each.keep, of.parent) if endpoint.each and of.parent else found
                    if endpoint.each and group.filed:
                        land.add_below(rows, endpoint.each.take, group.filed)
                    else:
                        land.add(rows, of.day)
                    land.reject(misfits, of.day)
                    self.progress(endpoint.name, rows.num_rows)
                    if endpoint.span.newest_first and _is_before(rows, endpoint.by, window.back(endpoint.restate_days)):
                        break
            return land.commit(self._receipt(endpoint, window, tallies, drift, asked, started))
        except BaseException:
            self.transport.stopped.set()
            land.abandon()
            raise

    def _reader(self, endpoint: Endpoint, envelope: Envelope) -> Callable[[list[Answered]], Read]:
        """Reads batches of pages, when it has its turn."""
        reader = Reader(endpoint, envelope, self.key)

        def read(pages: list[Answered]) -> Read:
            with self.reading:
                return reader.read(pages)

        return read

    def _pages(  # noqa: PLR0913, PLR0917 where what is learned of them goes
        self, endpoint: Endpoint, envelope: Envelope, tallies: list[Tally], drift: Drift, asked: Fields, of: Walk
    ) -> Iterator[Answered]:
        """The pages of a walk; what they cost and how they differ from the declaration goes to who is given."""
        tally = Tally()
        tallies.append(tally)

        def get(request: Request) -> Answered:
            return self.transport.fetch(request, endpoint, lambda body: envelope.read(request, body), tally)

        def fetch(request: Request) -> Answered:
            return asked.first(request, get) if request is of.request else get(request)

        turn = endpoint.turn or self.source.turn
        before = b""
        for number, page in enumerate(walk(of.request, turn, fetch)):
            if number == 0:
                total = page.values.get(turn.total)
                tally.total = total if isinstance(total, int) else None
                drift.look(envelope.records(page.body))
                if isinstance(endpoint.bulk, Bulk) and endpoint.bulk.is_for(page):
                    yield from jobs.parts(endpoint.bulk, endpoint, page.request, self.transport, tally)
                    return
            elif turn.never_repeats and page.count and page.body == before:
                raise Changed(f"page {number + 1} is page {number} again")
            before = page.body
            yield page

    def _receipt(  # noqa: PLR0913, PLR0917 what it tells of
        self, endpoint: Endpoint, window: Window, tallies: list[Tally], drift: Drift, asked: Fields, started: datetime
    ) -> Receipt:
        """What is known of a group's walks before their rows are counted by day."""
        now = datetime.now(UTC)
        gone = asked.refused if self.source.omits_nulls else asked.refused | drift.absent
        return Receipt(
            vendor=self.source.name,
            endpoint=endpoint.name,
            day="",
            window_start=window.start.isoformat(),
            window_end=window.end.isoformat(),
            pages=sum(tally.pages for tally in tallies),
            requests=sum(tally.requests for tally in tallies),
            api_total=sum(totals) if (totals := [t.total for t in tallies if t.total is not None]) else None,
            unknown_fields=tuple(sorted(drift.unknown - {*self.source.passes_over})),
            gone_fields=tuple(sorted(gone)),
            started_at=moment(started),
            finished_at=moment(now),
            seconds=round((now - started).total_seconds(), 3),
        )


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


def _is_before(rows: pa.Table, by: str, window: Window) -> bool:
    """Whether there are rows and all of them are older than the window."""
    newest = pc.max(rows.column(by)).as_py()
    return newest is not None and newest < window.start_at
