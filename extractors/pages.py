"""The pages of an endpoint's walks, and what is learned of them on the way."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from extractors import budget as budgets
from extractors import jobs
from extractors.budget import Budget, Spent
from extractors.drift import Drift
from extractors.envelope import Answered, Envelope
from extractors.errors import Changed
from extractors.fields import Fields
from extractors.paging import Bulk, moment, walk
from extractors.plan import Walk
from extractors.receipt import Receipt
from extractors.spec import Answer, Endpoint, Request, Source, Window
from extractors.tally import Tally
from extractors.transport import Gone, Transport


class Pages:
    """Asks for the pages of one endpoint, for any number of walks and threads at once."""

    def __init__(self, source: Source, endpoint: Endpoint, transport: Transport, budget: Budget | None) -> None:
        self._source, self._endpoint, self._transport, self._budget = source, endpoint, transport, budget
        self._turn = endpoint.turn or source.turn
        self._drift, self._fields = Drift(endpoint), Fields(endpoint)
        self.envelope = Envelope(endpoint, self._turn, source.complaint)
        self.tallies: list[Tally] = []

    @property
    def refused(self) -> frozenset[str]:
        """The names of the columns that the vendor refused."""
        return self._fields.refused

    def first(self, request: Request) -> Answered:
        """A walk's first page and no more; Spent where it could cost too much, Gone where its parent is no more."""
        return self._first(self._tally(), request)

    def of(self, of: Walk) -> Iterator[Answered]:
        """The pages of a walk to its end, or to the day's ceiling; none where its parent is no more."""
        tally = self._tally()

        def fetch(request: Request) -> Answered:
            return self._first(tally, request) if request is of.request else self._get(tally, request)

        before = b""
        try:
            for number, page in enumerate(walk(of.request, self._turn, fetch)):
                if number == 0:
                    total = page.values.get(self._turn.total)
                    tally.total = total if isinstance(total, int) else None
                    self._drift.look(self.envelope.records(page.body))
                    bulk = self._endpoint.bulk
                    if isinstance(bulk, Bulk) and bulk.is_for(page):
                        yield from jobs.parts(bulk, self._endpoint, page.request, self._transport, tally)
                        return
                elif self._turn.never_repeats and page.count and page.body == before:
                    raise Changed(f"page {number + 1} is page {number} again")
                before = page.body
                yield page
        except Gone:
            tally.toll.settle(0)
        except Spent:
            tally.is_cut = True

    def receipt(self, window: Window, started: datetime) -> Receipt:
        """What is known of all walks before their rows are counted by day."""
        now = datetime.now(UTC)
        gone = self.refused if self._source.omits_nulls else self.refused | self._drift.absent
        remarks = sum((tally.remarks for tally in self.tallies), Counter[str]())
        return Receipt(
            vendor=self._source.name,
            endpoint=self._endpoint.name,
            day="",
            window_start=window.start.isoformat(),
            window_end=window.end.isoformat(),
            pages=sum(tally.pages for tally in self.tallies),
            requests=sum(tally.requests for tally in self.tallies),
            api_total=sum(totals) if (totals := [t.total for t in self.tallies if t.total is not None]) else None,
            unknown_fields=tuple(sorted(self._drift.unknown - {*self._source.passes_over})),
            gone_fields=tuple(sorted(gone)),
            started_at=moment(started),
            finished_at=moment(now),
            seconds=round((now - started).total_seconds(), 3),
            remarks=tuple(f"{name} ({count})" for name, count in sorted(remarks.items())),
            spent=float(sum(tally.toll.dollars for tally in self.tallies)),
        )

    def _tally(self) -> Tally:
        tally = Tally(toll=budgets.toll(self._budget, self._endpoint))
        self.tallies.append(tally)
        return tally

    def _first(self, tally: Tally, request: Request) -> Answered:
        return self._fields.first(request, partial(self._get, tally))

    def _get(self, tally: Tally, request: Request) -> Answered:
        def read(answer: Answer) -> Answered:
            page = self.envelope.read(request, answer.body, answer.headers)
            tally.count(page.count, page.remarks)
            return page

        return self._transport.fetch(request, self._endpoint, read, tally)
