"""Matomo's dialect, rule by rule."""

from datetime import date, timedelta

from sandbox.world import instant


def test_a_bad_token_is_an_error_with_status_200(caller):
    told = caller.visits(token="wrong")
    assert told.status == 200
    assert told.json["result"] == "error"
    assert "token" in told.json["message"]


def test_the_token_is_not_taken_from_the_url(caller):
    told = caller.visits(token_auth="sandbox-matomo-token")
    assert told.json["result"] == "error"


def test_what_is_asked_wrongly_is_an_error_with_status_200(caller):
    for wrong in ({"method": "Live.nothing"}, {"idSite": 9}, {"date": "yesterdayish"}, {"filter_limit": "many"}):
        told = caller.visits(**wrong)
        assert (told.status, told.json["result"]) == (200, "error")


def test_one_day_is_complete_page_by_page_and_holds_that_day_only(caller):
    everything = caller.visits(filter_limit=-1).json
    paged = caller.pages(7)
    assert paged == everything
    assert len({v["idVisit"] for v in paged}) == len(paged) > 14
    assert {v["serverDate"] for v in paged} == {"2026-07-20"}


def test_ten_visits_come_unless_asked(caller):
    assert len(caller.visits(filter_limit=10).json) == 10
    asked = caller.visits(filter_limit="10", filter_sort_order="desc").json
    assert [v["lastActionTimestamp"] for v in asked] == sorted((v["lastActionTimestamp"] for v in asked), reverse=True)


def test_offset_paging_over_several_days_loses_visits(caller):
    span = {"period": "range", "date": "2026-07-20,2026-07-22"}
    each = [caller.visits(date=(date(2026, 7, 20) + timedelta(days=n)).isoformat()).json for n in range(3)]
    whole = sum(map(len, each))
    paged = caller.pages(7, **span)
    assert len(caller.visits(**span, filter_limit=-1).json) == whole
    assert len(paged) < whole


def test_the_lower_timestamp_is_left_out(caller):
    ends = [v["lastActionTimestamp"] for v in caller.visits().json]
    at = ends[len(ends) // 2]
    assert [v["lastActionTimestamp"] for v in caller.visits(minTimestamp=at).json] == [e for e in ends if e > at]


def test_a_visit_changes_while_it_is_open(caller):
    whole = max(caller.visits().json, key=lambda v: len(v["actionDetails"]))
    second = whole["actionDetails"][1]["timestamp"]
    caller.sandbox.now = second * 1000
    (half,) = (v for v in caller.visits().json if v["idVisit"] == whole["idVisit"])
    assert len(half["actionDetails"]) == 2 < len(whole["actionDetails"])
    assert half["lastActionTimestamp"] == second < whole["lastActionTimestamp"]
    assert half["firstActionTimestamp"] == whole["firstActionTimestamp"]


def test_a_visit_ends_at_midnight_and_its_session_goes_on(caller):
    web = caller.sandbox.world.web
    halves = [s for s in set(web.session.tolist()) if (web.session == s).sum() > 1]
    assert halves
    (first, second) = (int(i) + 1 for i in (web.session == halves[0]).nonzero()[0])
    day = date(1970, 1, 1) + timedelta(days=int(web.started_at[second - 1]) // 86_400_000)
    (late,) = (v for v in caller.visits(date=day.isoformat()).json if v["idVisit"] == str(second))
    assert late["lastActionTimestamp"] // 86400 == late["firstActionTimestamp"] // 86400
    assert first < second


def test_some_visits_are_signed_in_and_the_others_have_a_null(caller):
    users = {v["userId"] for v in caller.visits().json}
    assert None in users
    assert any(u and u.startswith("u") for u in users)


def test_actions_are_of_every_kind(caller):
    kinds = set()
    for n in range(20):
        day = date(2026, 7, 10) + timedelta(days=n)
        kinds |= {a["type"] for v in caller.visits(date=day.isoformat()).json for a in v["actionDetails"]}
    assert kinds == {"action", "download", "search", "goal", "event", "ecommerceOrder"}


def test_a_click_in_an_email_brings_a_visit_with_its_campaign(caller):
    sent = [c for c in caller.ask("mailchimp", "/3.0/campaigns", count=100).json["campaigns"] if c["status"] == "sent"]
    day = sent[4]["send_time"][:10]
    brought = [v for v in caller.visits(date=day).json if v["referrerType"] == "campaign"]
    assert brought
    assert all(f"mc_cid={sent[4]['id']}" in v["actionDetails"][0]["url"] for v in brought)
    assert {v["referrerName"] for v in brought} == {sent[4]["settings"]["title"]}


def test_a_day_that_has_not_begun_is_empty(caller):
    caller.sandbox.now = instant("2026-07-19T23:59:59Z")
    assert caller.visits().json == []


def test_actions_can_be_left_out(caller):
    assert all(v["actionDetails"] == [] for v in caller.visits(doNotFetchActions=1).json)
