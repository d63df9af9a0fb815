"""Mailchimp's dialect, rule by rule."""

import hashlib
from datetime import datetime, timedelta

import pytest

from sandbox.world import instant


@pytest.fixture
def list_id(caller):
    return caller.ask("mailchimp", "/3.0/lists").json["lists"][0]["id"]


@pytest.fixture
def report(caller):
    """A campaign that tracks opens and was sent a while ago."""
    reports = caller.ask("mailchimp", "/3.0/reports", count=1000).json["reports"]
    return next(r for r in reports[2:] if r["opens"]["opens_total"] and r["bounces"]["soft_bounces"])


def members(caller, list_id, **query):
    return caller.ask("mailchimp", f"/3.0/lists/{list_id}/members", **query).json


def activity(caller, report, **query):
    return caller.ask("mailchimp", f"/3.0/reports/{report['id']}/email-activity", **{"count": 1000, **query}).json[
        "emails"
    ]


def test_a_wrong_key_is_answered_as_a_problem(caller):
    told = caller.ask("mailchimp", "/3.0/lists", headers={"authorization": "Basic eDp5"})
    assert told.status == 401
    assert told.headers["Content-Type"].startswith("application/problem+json")
    assert {"type", "title", "status", "detail", "instance"} == told.json.keys()


def test_the_key_works_as_a_bearer_token_too(caller):
    told = caller.ask("mailchimp", "/3.0/ping", headers={"authorization": "Bearer sandbox-mailchimp-key-us1"})
    assert told.status == 200


@pytest.mark.parametrize("query", [{"count": "ten"}, {"offset": "-1"}, {"since_last_changed": "x"}, {"status": "dead"}])
def test_a_parameter_that_is_none_is_a_400_that_names_it(caller, list_id, query):
    told = caller.ask("mailchimp", f"/3.0/lists/{list_id}/members", **query)
    assert told.status == 400
    assert told.json["errors"][0]["field"] in query


def test_ten_rows_come_unless_asked_and_a_thousand_at_most(caller, list_id):
    assert len(members(caller, list_id)["members"]) == 10
    total = members(caller, list_id)["total_items"]
    assert len(members(caller, list_id, count=1001)["members"]) == min(total, 1000)


def test_a_member_is_named_by_the_md5_of_the_lower_case_address(caller, list_id):
    rows = members(caller, list_id, count=1000)["members"]
    assert all(r["id"] == hashlib.md5(r["email_address"].lower().encode()).hexdigest() for r in rows)  # noqa: S324
    assert any(r["email_address"] != r["email_address"].lower() for r in rows)


def test_the_lower_bound_is_left_out_and_the_upper_one_is_in(caller, list_id):
    rows = members(caller, list_id, count=1000, sort_field="last_changed", sort_dir="ASC")["members"]
    changed = [r["last_changed"] for r in rows]
    assert changed == sorted(changed)
    at = changed[len(changed) * 3 // 4]
    tied = changed.count(at)
    after = members(caller, list_id, since_last_changed=at)["total_items"]
    until = members(caller, list_id, before_last_changed=at)["total_items"]
    second_before = (datetime.fromisoformat(at) - timedelta(seconds=1)).isoformat()
    assert members(caller, list_id, since_last_changed=second_before)["total_items"] == after + tied
    assert until == sum(c <= at for c in changed)


def test_many_imported_members_share_one_second(caller, list_id):
    rows = members(caller, list_id, count=1000)["members"]
    assert sum(r["last_changed"] == "2026-07-03T00:05:00+00:00" for r in rows) > 50


def test_archived_members_come_only_when_asked_for(caller, list_id):
    assert "archived" not in {r["status"] for r in members(caller, list_id, count=1000)["members"]}
    archived = members(caller, list_id, count=1000, status="archived")["members"]
    assert {r["status"] for r in archived} == {"archived"}


def test_members_unsubscribe_and_some_come_back(caller, list_id):
    mail = caller.sandbox.world.mail
    left = set(mail.status_person[mail.status == 1].tolist())
    assert left
    assert {r["status"] for r in members(caller, list_id, count=1000)["members"]} >= {"subscribed", "unsubscribed"}


def test_a_time_that_has_not_come_is_an_empty_text(caller):
    campaigns = caller.ask("mailchimp", "/3.0/campaigns", count=1000).json["campaigns"]
    assert [c["send_time"] for c in campaigns if c["status"] == "save"] == [""]
    reports = caller.ask("mailchimp", "/3.0/reports", count=1000).json["reports"]
    untracked = [r for r in reports if r["opens"]["opens_total"] == 0]
    assert untracked
    assert {r["opens"]["last_open"] for r in untracked} == {""}


def test_email_activity_returns_every_recipient_and_filters_only_what_they_did(caller, report):
    everything = activity(caller, report)
    late = (datetime.fromisoformat(report["send_time"]) + timedelta(hours=12)).isoformat()
    since = activity(caller, report, since=late)
    assert len(since) == len(everything) == report["emails_sent"]
    assert any(row["activity"] == [] for row in since)
    told = [act for row in since for act in row["activity"]]
    assert told
    assert all(act["timestamp"] > late for act in told)


def test_the_exact_second_of_since_is_left_out(caller, report):
    acts = sorted(act["timestamp"] for row in activity(caller, report) for act in row["activity"])
    at = acts[len(acts) // 2]
    later = [act["timestamp"] for row in activity(caller, report, since=at) for act in row["activity"]]
    assert sorted(later) == [t for t in acts if t > at]


def test_opens_have_an_ip_clicks_a_url_too_and_bounces_only_a_type(caller, report):
    acts = [act for row in activity(caller, report) for act in row["activity"]]
    shapes = {act["action"]: set(act) for act in acts}
    assert shapes == {
        "open": {"action", "timestamp", "ip"},
        "click": {"action", "timestamp", "ip", "url"},
        "bounce": {"action", "timestamp", "type"},
    }


def test_a_bounce_is_seen_four_minutes_late(caller, report):
    bounce = next(a for row in activity(caller, report) for a in row["activity"] if a["action"] == "bounce")
    at = instant(bounce["timestamp"])

    def bounces():
        return [a for row in activity(caller, report) for a in row["activity"] if a == bounce]

    caller.sandbox.now = at + 239_000
    assert not bounces()
    caller.sandbox.now = at + 240_000
    assert bounces()


def test_image_proxies_open_within_minutes_and_most_scanners_click_every_link(caller, report):
    sent = datetime.fromisoformat(report["send_time"])
    machine_opens, bursts = 0, 0
    for row in activity(caller, report):
        at_once = [a for a in row["activity"] if (datetime.fromisoformat(a["timestamp"]) - sent).total_seconds() < 300]
        machine_opens += any(a["action"] == "open" and a["ip"].startswith(("17.", "66.249.")) for a in at_once)
        bursts += len({a["url"] for a in at_once if a["action"] == "click"}) == 4
    assert machine_opens > 10
    assert bursts > 3


def test_the_report_counts_what_the_activity_tells(caller, report):
    acts = [act for row in activity(caller, report) for act in row["activity"]]
    assert report["opens"]["opens_total"] == sum(a["action"] == "open" for a in acts)
    assert report["clicks"]["clicks_total"] == sum(a["action"] == "click" for a in acts)
    assert report["opens"]["last_open"] == max(a["timestamp"] for a in acts if a["action"] == "open")


def test_sent_to_tells_the_fate_of_each_message(caller, report):
    rows = caller.ask("mailchimp", f"/3.0/reports/{report['id']}/sent-to", count=1000).json["sent_to"]
    assert len(rows) == report["emails_sent"]
    assert sum(r["status"] == "soft" for r in rows) == report["bounces"]["soft_bounces"]
    assert {r["last_open"] == "" for r in rows if r["open_count"] == 0} == {True}


def test_who_left_is_told_by_the_campaign(caller):
    for report in caller.ask("mailchimp", "/3.0/reports", count=1000).json["reports"]:
        told = caller.ask("mailchimp", f"/3.0/reports/{report['id']}/unsubscribed", count=1000).json
        assert told["total_items"] == report["unsubscribed"]
        assert all(row["timestamp"] >= report["send_time"] and row["reason"] for row in told["unsubscribes"])


def test_a_campaign_that_was_not_sent_yet_has_no_report(caller):
    code = caller.sandbox.world.mail.campaigns.code[-1]
    told = caller.ask("mailchimp", f"/3.0/reports/{code}/email-activity")
    assert (told.status, told.json["title"]) == (404, "Resource Not Found")


def test_the_eleventh_connection_is_too_many_and_says_nothing(paced):
    connections = paced.sandbox.dialects["mailchimp"].connections
    for _ in range(9):
        connections.enter()
    assert paced.ask("mailchimp", "/3.0/lists").status == 200
    connections.enter()
    told = paced.ask("mailchimp", "/3.0/lists")
    assert told.status == 429
    assert told.headers.keys() == {"Content-Type"}
    assert not told.text.startswith("{")


def test_campaigns_are_told_of_one_status_and_in_order(caller):
    every = caller.ask("mailchimp", "/3.0/campaigns", count=1000).json["campaigns"]
    sent = caller.ask(
        "mailchimp", "/3.0/campaigns", count=1000, status="sent", sort_field="send_time", sort_dir="DESC"
    ).json["campaigns"]
    assert [row["id"] for row in sent] == [
        row["id"] for row in sorted(every, key=lambda row: row["send_time"], reverse=True) if row["status"] == "sent"
    ]
    assert 0 < len(sent) < len(every)
    assert caller.ask("mailchimp", "/3.0/campaigns", status="bogus").status == 400
    assert caller.ask("mailchimp", "/3.0/campaigns", sort_field="title").status == 400
