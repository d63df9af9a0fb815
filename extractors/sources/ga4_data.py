"""GA4 Data API: the property's own totals per day and channel, only to reconcile the export (source `ga4`) with.

https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/properties/runReport and
/docs/…/quotas, read 2026-11-21. No person is in it. One report a day, so that what Google says of a report (sampled,
thresholded, rows rolled into "(other)") stands beside the rows of that day. Days are the property's own; they move for
two days and longer, so three days before are read again. An empty report is a day without rows.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

from extractors.auth import Bearer
from extractors.spec import (
    Answer,
    Column,
    Complaint,
    Endpoint,
    Page,
    Rate,
    Request,
    Source,
    Span,
    Turn,
    Value,
    Verdict,
    Wait,
    Window,
)

PAGE = 10_000  # the API's own default; the most it gives is 250,000
DIMENSIONS = ("sessionDefaultChannelGroup", "date")
METRICS = ("sessions", "engagedSessions", "activeUsers", "eventCount")
LAST_DATE = "rows[-1].dimensionValues[-1].value"
KIND = "analyticsData#runReport"


def on_the_day(request: Request, window: Window) -> Request:
    """The report of one day of the property's calendar, in a stable order; int64 travels as text."""
    day = window.start.isoformat()
    body = {
        "dateRanges": [{"startDate": day, "endDate": day}],
        "dimensions": [{"name": name} for name in DIMENSIONS],
        "metrics": [{"name": name} for name in METRICS],
        "orderBys": [{"dimension": {"dimensionName": name}} for name in DIMENSIONS],
        "limit": str(PAGE),
        "offset": "0",
    }
    return replace(request, body=json.dumps(body, separators=(",", ":")))


def further(page: Page) -> Request | None:
    """The same report from the next row on, until as many were read as the report has.

    A report of another day than was asked for, as a cache might give, ends in the same call again, which no walk makes.
    """
    body = json.loads(page.request.body)
    if str(page.values[LAST_DATE] or "") not in ("", body["dateRanges"][0]["startDate"].replace("-", "")):
        return page.request
    offset = int(body["offset"]) + PAGE
    if offset >= int(str(page.values["rowCount"] or 0)):
        return None
    return replace(page.request, body=json.dumps({**body, "offset": str(offset)}, separators=(",", ":")))


def trouble(values: Mapping[str, Value]) -> Verdict:
    """A report says that it is one; anything else would read as an empty day."""
    return "" if values.get("kind") == KIND else "changed"


def throttle(answer: Answer) -> Wait | None:
    """Quotas: a day's tokens are over for this run, an hour's come back within the hour, the rest passes soon."""
    if answer.status != 429:
        return None
    if b"per day" in answer.body:
        return Wait(stop=True)
    return Wait(seconds=3600.0) if b"per hour" in answer.body else None


REPORTS = Endpoint(
    name="reports",
    path="/v1beta/properties/{property}:runReport",
    method="POST",
    records=".",
    explode="rows",
    columns=(
        Column("default_channel_group", at="rows.dimensionValues[0].value", required=True),
        Column("time_zone", at="metadata.timeZone"),
        Column("currency", at="metadata.currencyCode"),
        Column("session_count", "integer", at="rows.metricValues[0].value", sent="text", required=True),
        Column("engaged_session_count", "integer", at="rows.metricValues[1].value", sent="text", required=True),
        Column("active_user_count", "integer", at="rows.metricValues[2].value", sent="text", required=True),
        Column("event_count", "integer", at="rows.metricValues[3].value", sent="text", required=True),
        Column("has_other_row", "boolean", at="metadata.dataLossFromOtherRow", sometimes=True),
        Column("is_thresholded", "boolean", at="metadata.subjectToThresholding", sometimes=True),
        Column(
            "samples",
            "list",
            at="metadata.samplingMetadatas",
            sometimes=True,
            of=(
                Column("read_count", "integer", at="samplesReadCount", sent="text"),
                Column("space_size", "integer", at="samplingSpaceSize", sent="text"),
            ),
        ),
        Column("day_at", "moment", at="rows.dimensionValues[1].value", required=True),
    ),
    key=("day_at", "default_channel_group"),
    span=Span(by="day_at", ask=on_the_day, each_day=True),
    restate_days=3,
    scope="https://www.googleapis.com/auth/analytics.readonly",
)

SOURCE = Source(
    name="ga4_data",
    channel="web",
    base="https://analyticsdata.googleapis.com",
    auth=Bearer("token", refresh_path="https://oauth2.googleapis.com/token"),
    turn=Turn(further, reads=("rowCount", LAST_DATE), never_repeats=True),
    rate=Rate(calls=10, seconds=1.0),
    parallel=4,
    throttle=throttle,
    complaint=Complaint(reads=("kind",), judge=trouble),
    endpoints=(REPORTS,),
)
