"""One window of one endpoint into the lake: the one place where all parts meet.

A function of (vendor, endpoint, window) and of nothing else: there is no cursor to lose.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from threading import Semaphore
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from extractors import budget as budgets
from extractors import lake as lakes
from extractors import landing, plan
from extractors.batches import Read, ReadBatch, read_in_order
from extractors.budget import Budget
from extractors.envelope import Answered, Envelope
from extractors.errors import Changed, Refused, Stopped
from extractors.landing import Landing
from extractors.pages import Pages
from extractors.paging import moment
from extractors.plan import Group
from extractors.reach import Reach
from extractors.receipt import Receipt
from extractors.records import Reader
from extractors.spec import Each, Endpoint, Source, Window
from extractors.transport import Transport

if TYPE_CHECKING:
    from extractors.auth import Account

Progress = Callable[[str, int], None]  # the endpoint's name and how many more rows of it were read
IN_FLIGHT_BYTES, LEAST_BATCH_BYTES = 16 << 20, 2 << 20
NO = {"", "0", "no", "false", "none"}  # options are texts, whatever JSON the connection holds
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
        from extractors import files  # noqa: PLC0415 a tenth of the start-up, which only files need

        return files.extract(source, endpoint, window, account, lake, key, progress)
    streams = parallel or source.parallel
    transport = Transport(source, account, streams + 1)
    budget = budgets.of(source, account, lake)
    run = Run(source, transport.options, transport, lake, key, progress or (lambda *_: None), streams, budget)
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
    budget: Budget | None
    reading: Semaphore = field(default_factory=lambda: Semaphore(READERS))

    def read(self, endpoint: Endpoint, window: Window) -> list[Receipt]:
        """The endpoint's partitions of the window and of the days before it that must be read again."""
        for kind in ("raw", "rejected"):
            lakes.at(self.lake).sweep(lakes.folder(self.source.name, endpoint.name, kind))
        try:
            endpoint = plan.at_home(endpoint, self.options)
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
        is_off = self.options.get(each.unless, "").strip().lower() not in NO
        rows = [] if is_off else landing.read(self.lake, self.source.name, parent.name, days, columns).to_pylist()
        wide = window.back(endpoint.restate_days)
        return plan.of_child(endpoint, rows, wide, days if parent.by else wide.days, self.options)

    def _all(self, endpoint: Endpoint, window: Window, groups: list[Group]) -> list[Receipt]:
        if len(groups) == 1:
            return self._fill(endpoint, window, groups[0], 1, 1)
        with ThreadPoolExecutor(len(groups)) as pool:
            filling = [pool.submit(self._fill, endpoint, window, group, 1, len(groups)) for group in groups]
            try:
                wait(filling)
            except BaseException:  # such as a time that is up: nobody would tell the workers
                self.transport.stopped.set()
                raise
        failures = [error for done in filling if (error := done.exception())]
        if failures:  # the one that stopped the others, not one that was stopped
            raise next((error for error in failures if not isinstance(error, Stopped)), failures[0])
        return [receipt for done in filling for receipt in done.result()]

    def _fill(self, endpoint: Endpoint, window: Window, group: Group, parallel: int, groups: int) -> list[Receipt]:
        """Walk a group's walks and commit its days."""
        started = datetime.now(UTC)
        land = Landing(self.lake, self.source.name, endpoint, group.days)
        pages, reach = Pages(self.source, endpoint, self.transport, self.budget), Reach(endpoint, group)
        readers = [self._reader(endpoint, pages.envelope) for _ in range(max(READERS // groups, 1))]
        size = max(IN_FLIGHT_BYTES // groups, LEAST_BATCH_BYTES)
        try:
            with closing(read_in_order(endpoint, group, pages.of, readers, parallel, size)) as read:
                for of, (rows, misfits) in read:
                    if endpoint.each and group.filed:
                        land.add_below(rows, endpoint.each.take, group.filed)
                    else:
                        land.add(rows, of.day)
                    land.reject(misfits, of.day)
                    reach.see(rows)
                    self.progress(endpoint.name, rows.num_rows)
                    if endpoint.span.newest_first and _is_before(rows, endpoint.by, window.back(endpoint.restate_days)):
                        break
            left_out = reach.left_out(pages.tallies)
            if left_out and not endpoint.by and not endpoint.each:
                land.clear()
            return land.commit(pages.receipt(window, started), left_out)
        except BaseException:
            self.transport.stopped.set()
            land.abandon()
            raise

    def _reader(self, endpoint: Endpoint, envelope: Envelope) -> ReadBatch:
        """Reads batches of pages, when it has its turn."""
        reader = Reader(endpoint, envelope, self.key)

        def read(pages: list[Answered]) -> Read:
            with self.reading:
                return reader.read(pages)

        return read


def _is_before(rows: pa.Table, by: str, window: Window) -> bool:
    """Whether there are rows and all of them are older than the window."""
    newest = pc.max(rows.column(by)).as_py()
    return newest is not None and newest < window.start_at
