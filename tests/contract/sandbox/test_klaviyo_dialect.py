"""Klaviyo's dialect, rule by rule."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from sandbox.chance import DAY
from sandbox.klaviyo_records import shop
from sandbox.world import instant

KEY = {"authorization": "Klaviyo-API-Key sandbox-klaviyo-key"}


def ask(caller, path, **query):
    return caller.ask("klaviyo", f"/api/{path}", **query)


def every(caller, path, **query):
    """The records of all pages, along the links."""
    told = ask(caller, path, **query).json
    found = told["data"]
    while told["links"]["next"]:
        following = urlsplit(told["links"]["next"])
        told = ask(caller, path, **dict(parse_qsl(following.query))).json
        found += told["data"]
    return found


def refused(told):
    """The status of an error, and what it says of its place."""
    error = told.json["errors"][0]
    assert {"id", "status", "code", "title", "detail", "source"} <= error.keys()
    return told.status, error["source"]


def test_a_wrong_key_and_a_missing_one_are_told_as_json_api(caller):
    for headers in ({}, {"authorization": "Bearer sandbox-klaviyo-key", "revision": "2026-07-15"}):
        told = caller.ask("klaviyo", "/api/metrics", headers=headers)
        assert (told.status, told.json["errors"][0]["status"]) == (401, 401)


@pytest.mark.parametrize(("revision", "status"), [("", 400), ("soon", 400), ("2024-02-15", 410), ("2026-07-15", 200)])
def test_a_revision_is_required_and_lives_for_two_years(caller, revision, status):
    told = caller.ask("klaviyo", "/api/metrics", headers={**KEY, "revision": revision})
    assert told.status == status


@pytest.mark.parametrize(
    ("path", "query", "parameter"),
    [
        ("profiles", {"page[size]": 101}, "page[size]"),
        ("events", {"page[size]": 1001}, "page[size]"),
        ("profiles", {"filter": "greater-or-equal(updated,2026-08-01T00:00:00Z)"}, "filter"),
        ("profiles", {"filter": "nonsense"}, "filter"),
        ("events", {"filter": "less-than(datetime,yesterday)"}, "filter"),
        ("events", {"sort": "name"}, "sort"),
        ("events", {"page[cursor]": "bm9uc2Vuc2U="}, "page[cursor]"),
        ("campaigns", {}, "filter"),
    ],
)
def test_a_parameter_that_is_none_is_a_400_that_names_it(caller, path, query, parameter):
    assert refused(ask(caller, path, **query)) == (400, {"parameter": parameter})


def test_a_cursor_that_is_none_is_told_in_klaviyos_words(caller):
    assert ask(caller, "events", **{"page[cursor]": "x"}).json["errors"][0]["detail"] == "Invalid cursor provided."


def test_pages_follow_whole_urls_to_a_null_and_hold_everything_once(caller):
    found = every(caller, "profiles", **{"page[size]": 7, "sort": "updated"})
    assert len({row["id"] for row in found}) == len(found) > 100
    assert [r["attributes"]["updated"] for r in found] == sorted(r["attributes"]["updated"] for r in found)
    assert {row["id"] for row in found} == {row["id"] for row in every(caller, "profiles", **{"sort": "-updated"})}


def test_a_bound_of_profiles_leaves_its_instant_out_and_one_of_events_takes_it_in(caller):
    people = every(caller, "profiles", **{"page[size]": 100})
    at = people[len(people) // 2]["attributes"]["updated"]
    later = every(caller, "profiles", filter=f"greater-than(updated,{at})")
    assert at not in {row["attributes"]["updated"] for row in later}
    told = ask(caller, "events", **{"page[size]": 1000}).json["data"]
    at = told[500]["attributes"]["datetime"]
    found = ask(caller, "events", filter=f"greater-or-equal(datetime,{at})").json["data"]
    assert found[0]["attributes"]["datetime"] == at


def test_many_imported_profiles_and_many_sends_share_one_second(caller):
    updated = [row["attributes"]["updated"] for row in every(caller, "profiles", **{"page[size]": 100})]
    assert max(updated.count(at) for at in set(updated)) > 60
    events = shop(caller.sandbox.world).events
    assert max(events.at.tolist().count(at) for at in set(events.at.tolist()[:2000])) > 60


def test_an_event_points_to_its_profile_and_metric_only_when_they_are_included(caller):
    plain = ask(caller, "events").json
    assert "included" not in plain
    assert "data" not in plain["data"][0]["relationships"]["profile"]
    told = ask(caller, "events", include="profile,metric", **{"fields[profile]": "id", "fields[metric]": "name"}).json
    linked = {
        (kind, row["relationships"][kind]["data"]["id"]) for row in told["data"] for kind in ("profile", "metric")
    }
    assert linked == {(item["type"], item["id"]) for item in told["included"]}
    assert {tuple(item["attributes"]) for item in told["included"]} == {(), ("name",)}


def test_some_events_lie_ahead_and_some_are_told_days_late(caller):
    now = caller.sandbox.now
    assert ask(caller, "events", filter="greater-than(datetime,2026-09-04T06:00:00Z)").json["data"]
    events = shop(caller.sandbox.world).events
    lags = (events.seen_at - events.at)[events.at < now]
    assert lags.max() > 2 * DAY
    assert lags.max() < 4 * DAY


def test_machines_are_flagged_and_not_all_of_them(caller):
    told = every(caller, "events", **{"page[size]": 1000})
    clicks = [r["attributes"]["event_properties"] for r in told if "Bot Click" in r["attributes"]["event_properties"]]
    assert {row["Bot Click"] for row in clicks} == {True, False}
    spellings = {row["attributes"]["datetime"][10] for row in told}
    assert spellings == {"T", " "}


def test_subscriptions_come_only_when_they_are_asked_for(caller):
    assert "subscriptions" not in ask(caller, "profiles").json["data"][0]["attributes"]
    more = {"additional-fields[profile]": "subscriptions", "page[size]": 100}
    told = [row["attributes"]["subscriptions"]["email"]["marketing"] for row in every(caller, "profiles", **more)]
    assert {row["consent"] for row in told} >= {"SUBSCRIBED", "NEVER_SUBSCRIBED"}
    assert any(row["suppression"] for row in told) or not any(row["consent"] == "CLEANED" for row in told)


def test_a_missing_text_is_null_or_empty_as_the_profile_came(caller):
    told = {row["attributes"]["external_id"] for row in every(caller, "profiles", **{"page[size]": 100})}
    assert {None, ""} <= told


def test_archived_campaigns_come_only_when_they_are_asked_for(caller):
    email = "equals(messages.channel,'email')"
    kept = every(caller, "campaigns", filter=email)
    archived = every(caller, "campaigns", filter=f"{email},equals(archived,true)")
    assert {row["attributes"]["archived"] for row in kept} == {False}
    assert {row["attributes"]["archived"] for row in archived} == {True}
    assert {"Draft", "Sent"} <= {row["attributes"]["status"] for row in kept}


def test_members_of_a_list_come_by_when_they_joined(caller):
    lists = ask(caller, "lists").json["data"]
    members = every(caller, f"lists/{lists[0]['id']}/profiles", **{"page[size]": 100})
    joined = [row["attributes"]["joined_group_at"] for row in members]
    assert joined == sorted(joined)
    since = every(caller, f"lists/{lists[0]['id']}/profiles", filter=f"greater-or-equal(joined_group_at,{joined[50]})")
    assert len(since) == sum(at >= joined[50] for at in joined)
    assert refused(ask(caller, "lists/none/profiles"))[0] == 404


def test_the_limit_of_a_second_answers_with_retry_after_in_place_of_the_rate_headers(paced):
    told = [ask(paced, "metrics") for _ in range(11)]
    assert [one.status for one in told] == [200] * 10 + [429]
    assert told[0].headers["RateLimit-Limit"] == "10, 10;w=1, 150;w=60"
    assert int(told[9].headers["RateLimit-Remaining"]) == 0
    assert told[10].headers["Retry-After"] == "1"
    assert not any(name.startswith("RateLimit") for name in told[10].headers)
    assert ask(paced, "profiles").status == 200


def test_orders_carry_the_numbers_that_the_crm_has(caller):
    metrics = {row["attributes"]["name"]: row["id"] for row in every(caller, "metrics")}
    placed = every(caller, "events", filter=f"equals(metric_id,'{metrics['Placed Order']}')")
    numbers = {row["attributes"]["event_properties"]["OrderId"] for row in placed}
    told = caller.ask("hubspot", "/crm/v3/objects/deals", limit=100, properties="order_number").json["results"]
    assert numbers & {row["properties"]["order_number"] for row in told}
    assert len(numbers) == len(placed)


def test_an_address_is_known_by_the_crm_too(caller):
    ours = {row["attributes"]["email"] for row in every(caller, "profiles", **{"page[size]": 100})}
    theirs = {r["properties"]["email"] for r in caller.search("contacts", properties=["email"]).json["results"]}
    assert len(ours & theirs) > 50


def test_a_profile_that_changed_leaves_its_old_window_for_the_new_one(caller):
    kept = caller.sandbox.now
    caller.sandbox.now = instant("2026-08-01T00:00:00Z")
    before = "less-than(updated,2026-08-01T00:00:00Z)"
    then = {row["id"] for row in every(caller, "profiles", filter=before, **{"page[size]": 100})}
    caller.sandbox.now = kept
    now = {row["id"] for row in every(caller, "profiles", filter=before, **{"page[size]": 100})}
    assert now < then


def test_a_comma_and_the_word_and_say_the_same_with_either_kind_of_quotes(caller):
    metric = ask(caller, "metrics").json["data"][0]["id"]
    bounds = "greater-or-equal(datetime,2026-08-20T00:00:00Z)"
    plain = every(caller, "events", filter=f"equals(metric_id,'{metric}'),{bounds}")
    assert plain
    assert every(caller, "events", filter=f'and(equals(metric_id,"{metric}"),{bounds})') == plain
    epoch = instant("2026-08-20T00:00:00Z") // 1000
    by_stamp = f"equals(metric_id,'{metric}'),greater-or-equal(timestamp,{epoch})"
    assert every(caller, "events", filter=by_stamp) == plain
    assert len(every(caller, "events", filter=f"equals(metric_id,'{metric}')")) > len(plain)


def test_campaigns_are_told_by_when_they_changed(caller):
    email = "equals(messages.channel,'email')"
    found = every(caller, "campaigns", filter=email)
    last = max(one["attributes"]["updated_at"] for one in found)
    later = every(caller, "campaigns", filter=f"{email},greater-or-equal(updated_at,{last})")
    assert later == [one for one in found if one["attributes"]["updated_at"] == last]
    assert len(later) < len(found)
