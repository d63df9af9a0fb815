"""One window of one endpoint into the lake: the one place where all parts meet.

A function of (vendor, endpoint, window) and of nothing else: there is no cursor to lose.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from extractors import budget as budgets
from extractors import lake as lakes
from extractors import landing, plan
from extractors.batches import read_in_order
from extractors.budget import Budget, Spent
from extractors.drift import Drift
from extractors.envelope import Answered, Envelope
from extractors.errors import Changed, Refused, Stopped
from extractors.fields import Fields
from extractors.landing import Landing
from extractors.paging import moment, walk
from extractors.plan import Group, Walk
from extractors.reach import Reach
from extractors.receipt import Receipt
from extractors.records import Reader
from extractors.spec import Answer, Each, Endpoint, Request, Source, Window
from extractors.transport import Gone, Tally, Transport

if TYPE_CHECKING:
    from extractors.auth import Account

Progress = Callable[[str, int], None]  # the endpoint's name and how many more rows of it were read
IN_FLIGHT_BYTES, LEAST_BATCH_BYTES = 8 << 20, 256 << 10
READERS = 2  # batches of a walk that are read at once, where walks are too few to keep two cores busy


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
    streams = parallel or source.parallel
    transport = Transport(source, account, streams + 1)
    budget = budgets.of(source, account, lake)
    run = Run(source, account.options, transport, lake, key, progress or (lambda *_: None), streams, budget)
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
    budget: Budget | None = None

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
        always = next(field.default for field in fields(Each) if field.name == "when")
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
        tallies: list[Tally] = []
        drift, asked, reach = Drift(endpoint), Fields(endpoint), Reach(endpoint, group)
        pages = partial(self._pages, endpoint, envelope, tallies, drift, asked)
        readers = [Reader(endpoint, envelope, self.key).read for _ in range(1 if groups > 2 else READERS)]
        size = max(IN_FLIGHT_BYTES // groups, LEAST_BATCH_BYTES)
        try:
            with closing(read_in_order(endpoint, group, pages, readers, parallel, size)) as read:
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
            left_out = reach.left_out(tallies)
            if left_out and not endpoint.by and not endpoint.each:
                land.clear()
            return land.commit(self._receipt(endpoint, window, tallies, drift, asked, started), left_out)
        except BaseException:
            self.transport.stopped.set()
            land.abandon()
            raise

    def _pages(  # noqa: PLR0913, PLR0917 where what is learned of them goes
        self, endpoint: Endpoint, envelope: Envelope, tallies: list[Tally], drift: Drift, asked: Fields, of: Walk
    ) -> Iterator[Answered]:
        """The pages of a walk; what they cost and how they differ from the declaration goes to who is given."""
        tally = Tally(toll=budgets.toll(self.budget, endpoint))
        tallies.append(tally)

        def get(request: Request) -> Answered:
            def read(answer: Answer) -> Answered:
                page = replace(envelope.read(request, answer.body, answer.headers), take=of.take)
                tally.count(page.count, page.remarks)
                return page

            return self.transport.fetch(request, endpoint, read, tally)

        def fetch(request: Request) -> Answered:
            return asked.first(request, get) if request is of.request else get(request)

        turn = endpoint.turn or self.source.turn
        before = b""
        try:
            for number, page in enumerate(walk(of.request, turn, fetch)):
                if number == 0:
                    drift.look(envelope.records(page.body))
                elif turn.never_repeats and page.count and page.body == before:
                    raise Changed(f"page {number + 1} is page {number} again")
                before = page.body
                yield page
        except Gone:
            tally.toll.settle(0)
        except Spent:
            tally.is_cut = True

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
            unknown_fields=tuple(sorted(drift.unknown)),
            gone_fields=tuple(sorted(gone)),
            started_at=moment(started),
            finished_at=moment(now),
            seconds=round((now - started).total_seconds(), 3),
            remarks=tuple(f"{name} ({n})" for name, n in sorted(sum((t.remarks for t in tallies), Counter()).items())),
            spent=float(sum(tally.toll.dollars for tally in tallies)),
        )


def _is_before(rows: object, by: str, window: Window) -> bool:
    """Whether there are rows and all of them are older than the window."""
    newest = pc.max(rows.column(by)).as_py()  # type: ignore[attr-defined]
    return newest is not None and newest < window.start_at
