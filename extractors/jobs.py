"""Long walks, answered by a job that the vendor runs: made, waited for, and its result read in parts of CSV.

The protocol is that of Salesforce's Bulk API 2.0, https://developer.salesforce.com/docs/platform/api-asynch/guide, read
2026-11-21. A job that nobody reads to its end is harmless: the vendor deletes it after a week.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import TypeVar

import msgspec
import pyarrow as pa

from extractors import delimited, waiting
from extractors.envelope import Answered
from extractors.errors import Busy
from extractors.paging import Bulk, walk
from extractors.spec import Answer, Endpoint, Page, Request, Turn
from extractors.tally import Tally
from extractors.transport import Again, Transport

T = TypeVar("T")
LONGEST_JOB = 3600.0  # seconds
UNDER_WAY, DONE = ("UploadComplete", "InProgress"), "JobComplete"
LOCATOR, NUMBER = "sforce-locator", "sforce-numberofrecords"


class Job(msgspec.Struct, rename="camel"):
    """What the vendor says of a job."""

    id: str
    state: str
    number_records_processed: int = 0


def parts(bulk: Bulk, endpoint: Endpoint, first: Request, transport: Transport, tally: Tally) -> Iterator[Answered]:
    """The parts of a walk's result, one at a time; Busy where the job failed or gave another number of records."""

    def ask(request: Request, read: Callable[[Answer], T]) -> T:
        return transport.fetch(request, endpoint, read, tally)

    where = f"{transport.vendor} {endpoint.name}"
    create = bulk.create(first)
    job = ask(create, _job)
    at = f"{create.path}/{job.id}"
    waits = (waiting.backoff(attempt) for attempt in count(1))
    left = LONGEST_JOB
    while job.state in UNDER_WAY:
        wait = next(waits)
        left -= wait
        if left < 0:
            raise Busy(f"{where}: the vendor's job is not done after {LONGEST_JOB:.0f} s")
        transport.rest(wait, where)
        job = ask(Request(at), _job)
    if job.state != DONE:
        raise Busy(f"{where}: the vendor's job ended as {'Aborted' if job.state == 'Aborted' else 'Failed'}")
    came = 0
    result = Request(f"{at}/results", params=(("maxRecords", str(bulk.size)),))
    for part in walk(result, Turn(_following), lambda request: ask(request, partial(_part, request, endpoint))):
        came += part.count
        yield part
    if came != job.number_records_processed:
        raise Busy(f"{where}: {came} records came of a job of {job.number_records_processed}")


def _job(answer: Answer) -> Job:
    try:
        return msgspec.json.decode(answer.body, type=Job)
    except msgspec.MsgspecError:
        raise Again("the answer does not tell of a job") from None


def _part(request: Request, endpoint: Endpoint, answer: Answer) -> Answered:
    """A part whose records are as many as its header says."""
    try:
        rows = delimited.rows_of(answer.body, endpoint.columns)
    except pa.ArrowInvalid:
        raise Again("the part is not CSV") from None
    if str(len(rows)) != answer.headers.get(NUMBER):
        raise Again("the part holds another number of records than it says")
    return Answered(request, len(rows), {LOCATOR: answer.headers.get(LOCATOR)}, body=answer.body, rows=rows)


def _following(part: Page) -> Request | None:
    """The next part; the last one says "null"."""
    locator = part.values.get(LOCATOR)
    return part.request.having(locator=str(locator)) if locator not in (None, "", "null") else None
