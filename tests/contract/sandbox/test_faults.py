"""Every fault does what it says, where it was asked to, as often as it was asked to."""

import http.client
import json
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from sandbox.faults import KINDS
from sandbox.limited import STYLES
from sandbox.spoiled import ELSEWHERE

CONTACTS = "/crm/v3/objects/contacts"


def listed(caller, **query):
    return caller.ask("hubspot", CONTACTS, **{"limit": 5, **query})


@pytest.mark.parametrize(
    "fault",
    [
        {"vendor": "hubspot", "kind": "no such kind"},
        {"vendor": "hubspot", "kind": "missing_required"},
        {"vendor": "hubspot", "kind": "html", "pth": "x"},
        {"vendor": "hubspot", "kind": "html", "style": "bare"},
        {"kind": "html"},
    ],
)
def test_a_fault_that_would_do_nothing_is_refused(caller, fault):
    assert caller.ask("_sandbox", "/faults", fault).status == 400


def test_a_fault_waits_counts_and_keeps_to_its_path(caller):
    caller.fault(vendor="hubspot", path="/contacts", kind="error5xx", after=1, times=2)
    assert caller.ask("hubspot", "/crm/v3/owners").status == 200
    assert caller.ask("mailchimp", "/3.0/lists").status == 200
    assert [listed(caller).status for _ in range(4)] == [200, 503, 503, 200]


def test_faults_are_switched_off_together(caller):
    caller.fault(vendor="hubspot", kind="error5xx", times=99)
    caller.ask("_sandbox", "/faults", verb="DELETE")
    assert listed(caller).status == 200


@pytest.mark.parametrize("vendor", ["hubspot", "mailchimp", "matomo", "bluesky", "klaviyo"])
def test_a_storm_is_told_in_the_vendors_own_way(caller, vendor):
    caller.fault(vendor=vendor, kind="storm429")
    told = caller.ask(vendor, "/anything")
    assert told.status == 429
    known = {
        "hubspot": "policyName",
        "mailchimp": "Too Many Requests",
        "matomo": "<html>",
        "bluesky": "RateLimitExceeded",
        "klaviyo": "Request was throttled.",
    }
    assert known[vendor] in told.text


def test_a_daily_limit_and_a_throttle_without_a_body(caller):
    caller.fault(vendor="hubspot", kind="daily_limit")
    assert listed(caller).json["policyName"] == "DAILY"
    caller.fault(vendor="mailchimp", kind="throttle403")
    assert (caller.ask("mailchimp", "/3.0/lists").status, caller.ask("mailchimp", "/3.0/lists").status) == (403, 200)


def test_a_token_that_expires_mid_walk_is_worth_nothing_from_then_on(caller):
    path = "/xrpc/app.bsky.notification.listNotifications"
    caller.fault(vendor="bluesky", path="listNotifications", kind="expired_token", after=1)
    told = [caller.ask("bluesky", path) for _ in range(3)]
    assert [t.status for t in told] == [200, 400, 400]
    assert [t.json.get("error") for t in told] == [None, "ExpiredToken", "InvalidToken"]
    assert caller.log_in().ask("bluesky", path).status == 200


def test_maintenance_is_html_with_status_200(caller):
    caller.fault(vendor="hubspot", kind="html")
    told = listed(caller)
    assert (told.status, told.headers["Content-Type"]) == (200, "text/html")


def test_a_repeated_cursor_goes_in_a_ring(caller):
    caller.fault(vendor="hubspot", kind="repeated_cursor", times=9)
    first = listed(caller)
    cursor = first.json["paging"]["next"]["after"]
    assert listed(caller, after=cursor).json == first.json


def test_a_foreign_link_or_a_redirect_leads_elsewhere(caller):
    caller.fault(vendor="hubspot", kind="foreign_link")
    assert listed(caller).json["paging"]["next"]["link"] == ELSEWHERE
    caller.fault(vendor="mailchimp", kind="foreign_link")
    told = caller.ask("mailchimp", "/3.0/lists")
    assert (told.status, told.headers["Location"]) == (302, ELSEWHERE)


def test_rows_that_move_leave_a_gap_in_a_walk_by_offset(caller):
    code = caller.ask("mailchimp", "/3.0/lists").json["lists"][0]["id"]
    path = f"/3.0/lists/{code}/members"
    whole = [m["id"] for m in caller.ask("mailchimp", path, count=40).json["members"]]
    caller.fault(vendor="mailchimp", kind="moving_rows", times=9)
    pages = [caller.ask("mailchimp", path, count=20, offset=o).json["members"] for o in (0, 20)]
    walked = [m["id"] for page in pages for m in page]
    assert walked[:20] == whole[:20]
    assert walked[20:39] == whole[21:40]


def test_a_field_can_go_everywhere_or_in_some_records_or_change_its_type(caller):
    caller.fault(vendor="hubspot", kind="deprecated_field", field="properties.email")
    assert not any("email" in row["properties"] for row in listed(caller).json["results"])
    caller.fault(vendor="hubspot", kind="missing_required", field="createdAt", rows=2)
    assert ["createdAt" in row for row in listed(caller).json["results"]] == [False, False, True, True, True]
    caller.fault(vendor="hubspot", kind="retyped_field", field="createdAt")
    kinds = [type(row["createdAt"]) for row in listed(caller).json["results"]]
    assert kinds == [dict, str, str, str, str]


def test_a_call_that_names_a_refused_field_is_refused_and_another_is_not(caller):
    caller.fault(vendor="hubspot", kind="refused_field", field="jobtitle|country", times=9)
    asked = ("email", "jobtitle", "email,country", "jobtitles")
    assert [listed(caller, properties=names).status for names in asked] == [200, 400, 400, 200]


def test_an_empty_answer_can_lack_its_list(caller):
    caller.fault(vendor="hubspot", kind="empty_absent", times=2)
    assert "results" in listed(caller).json
    assert "results" not in listed(caller, after="99999999999").json


def test_rows_can_come_twice(caller):
    caller.fault(vendor="hubspot", kind="duplicate_rows")
    ids = [row["id"] for row in listed(caller).json["results"]]
    assert len(ids) == 8
    assert ids[5:] == ids[2:5]


def test_rows_can_be_lost_although_the_total_counts_them(caller):
    path = "/3.0/campaigns"
    whole = caller.ask("mailchimp", path, count=1000).json
    for lost, more in ((len(whole["campaigns"]) // 2, {}), (1, {"rows": 1})):
        caller.fault(vendor="mailchimp", kind="lost_rows", **more)
        told = caller.ask("mailchimp", path, count=1000).json
        assert told == {**whole, "campaigns": whole["campaigns"][: len(whole["campaigns"]) - lost]}


def test_an_end_can_be_told_where_there_is_none(caller):
    caller.fault(vendor="hubspot", kind="false_end")
    assert "paging" not in listed(caller).json
    assert "paging" in listed(caller).json


def test_a_visit_log_that_is_a_plain_list_is_spoiled_alike(caller):
    caller.fault(vendor="matomo", kind="missing_required", field="idVisit", rows=0)
    assert not any("idVisit" in visit for visit in caller.visits().json)


def test_a_cut_body_is_shorter_than_it_promises(caller, served):
    caller.fault(vendor="hubspot", kind="truncated")
    connection = http.client.HTTPConnection(urlsplit(served).netloc, timeout=10)
    connection.request("GET", f"/hubspot{CONTACTS}", headers=caller.tokens["hubspot"])
    with pytest.raises(http.client.IncompleteRead):
        connection.getresponse().read()
    connection.close()


def test_a_timeout_takes_as_long_as_asked_and_then_answers(caller, served):
    caller.fault(vendor="hubspot", kind="timeout", seconds=0.3)
    connection = http.client.HTTPConnection(urlsplit(served).netloc, timeout=10)
    began = time.monotonic()
    connection.request("GET", f"/hubspot{CONTACTS}", headers=caller.tokens["hubspot"])
    assert json.loads(connection.getresponse().read())["results"]
    assert time.monotonic() - began >= 0.3
    connection.close()


def test_a_slow_body_comes_in_halves_with_a_wait_between(caller, served):
    caller.fault(vendor="hubspot", kind="slow_body", seconds=0.3)
    connection = http.client.HTTPConnection(urlsplit(served).netloc, timeout=10)
    began = time.monotonic()
    connection.request("GET", f"/hubspot{CONTACTS}", headers=caller.tokens["hubspot"])
    answer = connection.getresponse()
    assert time.monotonic() - began < 0.3
    assert json.loads(answer.read())["results"]
    assert time.monotonic() - began >= 0.3
    connection.close()


@pytest.mark.parametrize(
    ("vendor", "path"), [("klaviyo", "/api/profiles"), ("x", "/2/users/1500000000000000001/tweets")]
)
def test_a_cursor_on_the_last_page_leads_to_an_empty_one(caller, vendor, path):
    caller.fault(vendor=vendor, kind="last_cursor", times=99)
    calls = {"klaviyo": ("page[cursor]", {"sort": "updated", "page[size]": 100}), "x": ("pagination_token", {})}
    name, query = calls[vendor]
    pages = []
    while len(pages) < 1 or pages[-1].get("data"):
        found = caller.ask(vendor, path, **query).json
        pages.append(found)
        link = found.get("links", {}).get("next") or ""
        token = found.get("meta", {}).get("next_token") or parse_qs(urlsplit(link).query).get(name, [None])[0]
        query = {**query, name: token}
    assert len(pages) > 2
    assert not token


def test_a_blank_field_is_empty_and_null_in_turn(caller):
    caller.fault(vendor="klaviyo", kind="blank_field", field="attributes.first_name")
    found = caller.ask("klaviyo", "/api/profiles", sort="updated").json["data"]
    assert [row["attributes"]["first_name"] for row in found[:4]] == ["", None, "", None]


@pytest.mark.parametrize("style", STYLES)
def test_a_storm_can_be_told_in_any_vendors_way(caller, style):
    caller.fault(vendor="hubspot", kind="storm429", style=style)
    told = listed(caller)
    assert told.status == 429
    named = {"Retry-After", "RateLimit-Reset", "X-RateLimit-Reset"} & told.headers.keys()
    assert len(named) == (0 if style == "bare" else 1)


def test_every_kind_of_fault_is_tried_here():
    text = Path(__file__).read_text()
    assert all(f'"{kind}"' in text for kind in KINDS)
