"""Matomo: every visit of the site with its actions.

https://developer.matomo.org/api-reference/reporting-api#Live, read 2026-11-21. One day at a time, because offset paging
over several days loses visits (matomo-org/matomo#16394). A visit belongs to the day of its last action and changes
while it is open, so the day before is read again. The answer to a bad token has status 200.
"""

from collections.abc import Mapping

from extractors.auth import FormToken
from extractors.paging import offset
from extractors.spec import Column, Complaint, Endpoint, Rate, Request, Source, Span, Value, Verdict, Window

PAGE = 500


def on_the_day(request: Request, window: Window) -> Request:
    """The visits of one day of the site's own calendar."""
    return request.having(period="day", date=window.start.isoformat())


def trouble(values: Mapping[str, Value]) -> Verdict:
    """An error is an object with `result`; a page of visits is a list, which has none."""
    if values.get("result") != "error":
        return ""
    message = str(values.get("message", "")).lower()
    return "refused" if "token" in message or "access" in message or "permission" in message else "changed"


VISITS = Endpoint(
    name="visits",
    path="/index.php",
    method="POST",
    params=(
        ("module", "API"),
        ("method", "Live.getLastVisitsDetails"),
        ("format", "JSON"),
        ("idSite", "{site}"),
        ("filter_sort_order", "asc"),
        ("filter_limit", str(PAGE)),
        ("filter_offset", "0"),
    ),
    columns=(
        Column("visit_id", at="idVisit", sent="integer", required=True),
        Column("site_id", at="idSite", sent="integer"),
        Column("visitor_id", at="visitorId", required=True),
        Column("user_id", at="userId"),
        Column("ip", at="visitIp", personal="ip"),
        Column("referrer_type", at="referrerType"),
        Column("referrer_name", at="referrerName"),
        Column("referrer_keyword", at="referrerKeyword"),
        Column("referrer_url", at="referrerUrl"),
        Column("device_type", at="deviceType"),
        Column("operating_system", at="operatingSystemCode"),
        Column("browser", at="browserCode"),
        Column("country", at="countryCode"),
        Column("visit_duration_in_s", "integer", at="visitDuration"),
        Column("visit_count", "integer", at="visitCount"),
        Column("goal_conversions", "integer", at="goalConversions"),
        Column("first_action_at", "moment", at="firstActionTimestamp", sent="seconds", required=True),
        Column("last_action_at", "moment", at="lastActionTimestamp", sent="seconds", required=True),
        Column(
            "actions",
            "list",
            at="actionDetails",
            of=(
                Column("type"),
                Column("url"),
                Column("page_title", at="pageTitle"),
                Column("event_category", at="eventCategory"),
                Column("event_action", at="eventAction"),
                Column("event_name", at="eventName"),
                Column("time_spent_in_s", "integer", at="timeSpent"),
                Column("position", "integer", at="pageviewPosition"),
                Column("acted_at", "moment", at="timestamp", sent="seconds"),
            ),
        ),
    ),
    key=("visit_id",),
    span=Span(by="last_action_at", ask=on_the_day, each_day=True),
    restate_days=1,
)

SOURCE = Source(
    name="matomo",
    channel="web",
    auth=FormToken("token_auth"),
    turn=offset(PAGE, limit="filter_limit", skip="filter_offset", until_empty=True),
    rate=Rate(calls=50, seconds=1.0),
    parallel=4,
    complaint=Complaint(reads=("result", "message"), judge=trouble),
    endpoints=(VISITS,),
)
