"""How Salesforce is asked: queryAll by what changed, its cursor, bulk jobs for what is long, its limits.

https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest (queryAll, Sforce-Limit-Info) and
/docs/platform/api-asynch/guide (Bulk API 2.0), read 2026-11-21. Windows are on SystemModstamp, which automatic changes
move too (LastModifiedDate they do not). queryAll also gives what was deleted or merged while it is in the bin (15
days). The pages of a query come from a cursor of the server's, so that rows may share an instant or move meanwhile.
What is longer than LONG is asked for once more as a bulk job, without an order, which would keep it from being split.
"""

import json
from dataclasses import replace

from extractors.paging import Bulk, moment
from extractors.spec import Answer, Column, Endpoint, Page, Request, Span, Wait, Window

LONG = 10_000  # from so many records on, Salesforce recommends a bulk job
LEFT_TO_OTHERS = 0.05  # of the calls that the account may make in a day
IN_ORDER = " ORDER BY Id"
CHANGED = "SystemModstamp"
GONE_FOR_NOW = {"LIMIT_EXCEEDED", "INVALID_QUERY_LOCATOR"}  # jobs of today, a cursor that only a new query brings back


def named(request: Request, columns: tuple[Column, ...]) -> Request:
    """The same query with the fields of the columns named; others do not come."""
    fields = dict.fromkeys(place for column in columns for place in column.places)
    rest = dict(request.params)["q"].partition(" FROM ")[2]
    return request.having(q=f"SELECT {', '.join(fields)} FROM {rest}")  # noqa: S608 SOQL, of declared names only


def changed_in(sobject: str) -> Span:
    """Ask for what changed in the window, deleted or not; SOQL compares instants half-open as written."""

    def ask(request: Request, window: Window) -> Request:
        start, end = moment(window.start_at), moment(window.end_at)
        which = f"{CHANGED} >= {start} AND {CHANGED} < {end}"
        return request.having(q=f"SELECT Id FROM {sobject} WHERE {which}{IN_ORDER}")  # noqa: S608 as above

    return Span(by="modified_at", ask=ask)


def next_records(page: Page) -> Request | None:
    """The rest of the cursor lies at `nextRecordsUrl`, a path; the last page has none and says that it is `done`.

    One that does neither ends in the same call again, which no walk makes.
    """
    if url := page.values.get("nextRecordsUrl"):
        return Request(str(url))
    return None if page.values.get("done") is True else page.request


def job(first: Request) -> Request:
    """The same query as a bulk job."""
    query = dict(first.params)["q"].removesuffix(IN_ORDER)
    body = {
        "operation": "queryAll",
        "query": query,
        "contentType": "CSV",
        "columnDelimiter": "COMMA",
        "lineEnding": "LF",
    }
    return replace(
        first, path=first.path.replace("/queryAll", "/jobs/query"), method="POST", params=(), body=json.dumps(body)
    )


def throttle(answer: Answer) -> Wait | None:
    """Stop before the day's calls are gone, which others need too; errors are a list of objects with an `errorCode`."""
    for said in answer.headers.get("sforce-limit-info", "").split(","):
        name, _, usage = said.strip().partition("=")
        used, _, most = usage.partition("/")
        is_told = name == "api-usage" and used.isdecimal() and most.isdecimal()
        if is_told and int(used) >= int(most) * (1 - LEFT_TO_OTHERS):
            return Wait(stop=True)
    if answer.status not in (400, 403):
        return None
    try:
        errors = {str(error["errorCode"]): str(error.get("message", "")) for error in json.loads(answer.body)}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if "REQUEST_LIMIT_EXCEEDED" in errors:
        is_crowd = "concurrent" in errors["REQUEST_LIMIT_EXCEEDED"].lower()
        return Wait(seconds=5.0 * answer.attempt) if is_crowd else Wait(stop=True)
    if errors.keys() & GONE_FOR_NOW:
        return Wait(stop=True)
    return Wait(seconds=5.0 * answer.attempt) if "QUERY_TIMEOUT" in errors else None


def entity(name: str, sobject: str, key: str, *columns: Column) -> Endpoint:
    """An object type with the fields that all of them have, read by what changed."""
    every = (
        Column(key, at="Id", required=True),
        *columns,
        Column("is_deleted", "boolean", at="IsDeleted", required=True),
        Column("created_at", "moment", at="CreatedDate", required=True),
        Column("modified_at", "moment", at=CHANGED, required=True),
    )
    return Endpoint(
        name=name,
        path="/services/data/v{api_version}/queryAll",
        records="records",
        columns=every,
        key=(key,),
        span=changed_in(sobject),
        fields=named,
        restate_days=1,
        bulk=Bulk(above=LONG, create=job, total="totalSize"),
    )
