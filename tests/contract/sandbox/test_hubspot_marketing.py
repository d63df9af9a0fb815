"""HubSpot's marketing emails and the events of their recipients."""

from collections import Counter
from datetime import UTC, datetime

from sandbox.world import instant

DAY = instant("2026-07-20T00:00:00Z")
NEXT = instant("2026-07-21T00:00:00Z")


def events(caller, **query):
    """Every event between two instants, page by page."""
    found, offset = [], {}
    while True:
        told = caller.ask("hubspot", "/email/public/v1/events", **query, **offset).json
        found += told["events"]
        offset = {"offset": told["offset"]}
        if not told["hasMore"]:
            return found


def test_emails_are_listed_a_page_at_a_time_until_a_day_before_they_go_out(caller):
    first = caller.ask("hubspot", "/marketing/v3/emails", limit=6).json
    rest = caller.ask("hubspot", "/marketing/v3/emails", limit=6, after=first["paging"]["next"]["after"]).json
    listed = [*first["results"], *rest["results"]]
    assert "paging" not in rest
    assert len({row["id"] for row in listed}) == len(listed) == first["total"] == 9
    assert {row["state"] for row in listed} == {"PUBLISHED"}
    assert all(datetime.fromisoformat(row["publishDate"]).weekday() == 0 for row in listed)
    caller.sandbox.now = instant("2026-09-06T12:00:00Z")
    coming = caller.ask("hubspot", "/marketing/v3/emails", limit=100).json["results"][-1]
    assert (coming["state"], coming["publishedAt"], coming["isPublished"]) == ("SCHEDULED", None, False)
    caller.sandbox.now = instant("2026-09-04T06:00:00Z")


def test_with_statistics_records_are_missing_and_nothing_says_so(caller):
    told = caller.ask("hubspot", "/marketing/v3/emails", limit=100, includeStats="true").json
    assert len(told["results"]) < told["total"]
    assert "stats" in told["results"][0]


def test_events_come_newest_first_and_both_bounds_are_included(caller):
    found = events(caller, startTimestamp=DAY, endTimestamp=NEXT - 1, limit=7)
    times = [event["created"] for event in found]
    assert times == sorted(times, reverse=True)
    assert len({event["id"] for event in found}) == len(found) > 50
    exact = events(caller, startTimestamp=times[-1], endTimestamp=times[0], limit=1000)
    assert [event["id"] for event in exact] == [event["id"] for event in found]
    assert caller.ask("hubspot", "/email/public/v1/events", limit=1001).status == 400
    assert caller.ask("hubspot", "/email/public/v1/events", offset="nonsense").status == 400


def test_the_last_page_has_a_token_too(caller):
    told = caller.ask("hubspot", "/email/public/v1/events", startTimestamp=DAY, endTimestamp=NEXT - 1, limit=1000).json
    assert told["hasMore"] is False
    assert told["offset"]


def test_every_act_names_the_email_that_it_answers(caller):
    found = events(caller, limit=1000)
    kinds = Counter(event["type"] for event in found)
    assert set(kinds) == {"SENT", "DELIVERED", "BOUNCE", "OPEN", "CLICK", "STATUSCHANGE", "DROPPED"}
    assert kinds["DELIVERED"] == kinds["SENT"]
    sent = {event["id"]: event for event in found if event["type"] == "SENT"}
    for event in found:
        if event["type"] not in ("SENT", "DROPPED"):
            to = sent[event["sentBy"]["id"]]
            assert (to["recipient"], to["created"]) == (event["recipient"], event["sentBy"]["created"])
    back = {event["obsoletedBy"]["id"] for event in found if "obsoletedBy" in event}
    assert back == {event["id"] for event in found if event["type"] == "BOUNCE"} != set()


def test_what_the_bot_filter_finds_can_be_left_out(caller):
    found = events(caller, limit=1000)
    human = events(caller, limit=1000, excludeFilteredEvents="true")
    assert {event["id"] for event in human} == {event["id"] for event in found if not event.get("filteredEvent")}
    assert len(human) < len(found)


def test_nobody_who_had_left_a_mailing_list_is_written_to(caller):
    left = {}
    for audience in caller.ask("mailchimp", "/3.0/lists", count=10).json["lists"]:
        for status in ("unsubscribed", "cleaned"):
            told = caller.ask("mailchimp", f"/3.0/lists/{audience['id']}/members", count=1000, status=status).json
            left |= {row["email_address"].lower(): row["last_changed"] for row in told["members"]}
    sent = events(caller, limit=1000, eventType="SENT")
    met = [
        event
        for event in sent
        if event["recipient"] in left
        and datetime.fromtimestamp(event["created"] / 1000, UTC) > datetime.fromisoformat(left[event["recipient"]])
    ]
    assert sent
    assert left
    assert met == []
