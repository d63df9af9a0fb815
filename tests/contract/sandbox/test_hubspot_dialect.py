"""HubSpot's dialect, rule by rule."""

import pytest

from sandbox.hubspot import SEARCH_LAG
from sandbox.world import instant


def at_least(name, value):
    return {"propertyName": name, "operator": "GTE", "value": str(value)}


def above(value):
    return {"propertyName": "hs_object_id", "operator": "GT", "value": str(value)}


def test_a_call_without_the_token_is_refused(caller):
    told = caller.ask("hubspot", "/crm/v3/owners", headers={})
    assert told.status == 401
    assert told.json["category"] == "INVALID_AUTHENTICATION"
    assert {"status", "message", "correlationId"} <= told.json.keys()


def test_a_refresh_token_buys_an_access_token(caller):
    form = b"grant_type=refresh_token&refresh_token=sandbox-hubspot-refresh"
    assert caller.ask("hubspot", "/oauth/v1/token", form).json["expires_in"] == 1800
    assert caller.ask("hubspot", "/oauth/v1/token", b"refresh_token=stolen").status == 400


def test_search_refuses_a_body_with_a_key_missing(caller):
    told = caller.ask("hubspot", "/crm/v3/objects/contacts/search", {"filterGroups": [], "limit": 5})
    assert told.status == 400
    assert told.json["category"] == "VALIDATION_ERROR"


@pytest.mark.parametrize(
    "more",
    [
        {"limit": 201},
        {"after": "9900"},
        {"after": "abc"},
        {"sorts": ["a", "b"]},
        {"query": "x" * 3000},
        {"filterGroups": [{"filters": [above(0)] * 7}]},
        {"filterGroups": [{"filters": [above(0)]}] * 6},
        {"filterGroups": [{"filters": [{"propertyName": "hs_object_id", "operator": "GT", "value": 5}]}]},
        {"filterGroups": [{"filters": [{"propertyName": "no_such_thing", "operator": "EQ", "value": "5"}]}]},
    ],
)
def test_search_refuses_what_is_past_its_limits(caller, more):
    assert caller.search("contacts", **more).status == 400


def test_paging_by_after_reaches_the_cap_and_paging_by_id_passes_it(caller):
    assert caller.search("contacts", after="9800").status == 200
    assert caller.search("contacts", after="9801").status == 400
    seen, last = [], 0
    while rows := caller.search("contacts", above(last), limit=100).json["results"]:
        seen += [row["id"] for row in rows]
        last = rows[-1]["id"]
    assert len(seen) == len(set(seen)) == caller.search("contacts").json["total"]


def test_after_of_a_search_is_a_number_as_text_and_ends_on_the_last_page(caller):
    first = caller.search("contacts", limit=150).json
    assert first["paging"]["next"]["after"] == "150"
    assert "paging" not in caller.search("contacts", limit=150, after="150").json


def test_search_bounds_are_half_open_by_operator(caller):
    born = instant("2026-07-03T00:10:00Z")
    made = {"propertyName": "createdate", "operator": "GTE", "value": str(born)}
    with_it = caller.search("contacts", made).json["total"]
    without = caller.search("contacts", {**made, "operator": "GT"}).json["total"]
    tied = caller.search("contacts", {**made, "operator": "EQ"}).json["total"]
    assert tied > 100
    assert with_it == without + tied


def test_only_requested_properties_come_back_and_all_of_them_as_text_or_null(caller):
    rows = caller.search("deals", properties=["amount", "closedate", "line_count", "hs_is_closed_won", "nonsense"])
    for row in rows.json["results"]:
        asked = {"amount", "closedate", "line_count", "hs_is_closed_won"}
        assert row["properties"].keys() == asked | {"createdate", "hs_lastmodifieddate", "hs_object_id"}
        assert all(value is None or isinstance(value, str) for value in row["properties"].values())
        assert row["properties"]["hs_is_closed_won"] in ("true", "false")
        assert row["id"].isdigit()


def test_the_search_index_lags_behind_the_list(caller):
    kept = caller.sandbox.world.objects["deals"]
    caller.sandbox.now = int(kept.created[kept.created < caller.sandbox.now].max())
    newest = {"propertyName": "createdate", "operator": "GTE", "value": str(caller.sandbox.now)}
    assert caller.search("deals", newest).json["total"] == 0
    caller.sandbox.now += SEARCH_LAG
    assert caller.search("deals", newest).json["total"] == 1


def test_a_record_of_the_future_does_not_exist_yet(caller):
    total = caller.search("emails").json["total"]
    caller.sandbox.now = instant("2026-08-01T00:00:00Z")
    earlier = caller.search("emails").json
    assert 0 < earlier["total"] < total
    assert all(row["updatedAt"] < "2026-08-01" for row in earlier["results"])


def test_meetings_lie_ahead_of_the_clock(caller):
    caller.sandbox.now = instant("2026-08-05T12:00:00Z")
    rows = caller.search("meetings", properties=["hs_timestamp", "hs_meeting_outcome"]).json["results"]
    ahead = [row["properties"] for row in rows if row["properties"]["hs_timestamp"] > "2026-08-05T12:00"]
    assert ahead
    assert {row["hs_meeting_outcome"] for row in ahead} == {"SCHEDULED"}


def test_archived_records_are_listed_apart_and_never_found(caller):
    binned = caller.ask("hubspot", "/crm/v3/objects/contacts", archived="true", limit=100).json["results"]
    found = {row["id"] for row in caller.search("contacts").json["results"]}
    listed = {row["id"] for row in caller.ask("hubspot", "/crm/v3/objects/contacts", limit=100).json["results"]}
    assert binned
    assert all(row["archived"] and row["archivedAt"] for row in binned)
    assert not {row["id"] for row in binned} & (found | listed)


def test_a_merged_contact_is_gone_and_named_by_the_one_that_took_it_in(caller):
    rows = caller.search("contacts", properties=["hs_merged_object_ids", "hs_additional_emails"]).json["results"]
    merged = [row["properties"] for row in rows if row["properties"]["hs_merged_object_ids"]]
    assert merged
    for properties in merged:
        gone = properties["hs_merged_object_ids"]
        assert caller.ask("hubspot", f"/crm/v3/objects/contacts/{gone}").status == 404
        assert "@second.example" in properties["hs_additional_emails"] or "+news@" in properties["hs_additional_emails"]


def test_the_list_pages_by_an_opaque_cursor_with_a_link_of_the_same_host(caller):
    seen, query = [], {"limit": 100}
    while True:
        told = caller.ask("hubspot", "/crm/v3/objects/emails", **query).json
        seen += [row["id"] for row in told["results"]]
        if "paging" not in told:
            break
        assert told["paging"]["next"]["link"].startswith("http://sandbox.test/hubspot/crm/v3/objects/emails?")
        query["after"] = told["paging"]["next"]["after"]
    assert len(seen) == len(set(seen)) > 100
    assert caller.ask("hubspot", "/crm/v3/objects/emails", limit=101).status == 400


def test_the_owner_who_left_is_archived(caller):
    caller.sandbox.now = instant("2026-09-30T00:00:00Z")
    here = caller.ask("hubspot", "/crm/v3/owners", limit=100).json["results"]
    left = caller.ask("hubspot", "/crm/v3/owners", limit=100, archived="true").json["results"]
    assert (len(here), len(left)) == (7, 1)


def test_the_sixth_search_in_a_second_is_too_many_and_carries_no_rate_headers(paced):
    told = [paced.search("contacts", limit=1) for _ in range(6)]
    assert [t.status for t in told] == [200] * 5 + [429]
    assert told[-1].json["policyName"] == "SECONDLY"
    assert told[-1].json["errorType"] == "RATE_LIMIT"
    assert not any("ratelimit" in name.lower() for t in told for name in t.headers)


def test_the_hundred_and_first_call_in_ten_seconds_is_too_many(paced):
    told = [paced.ask("hubspot", "/crm/v3/owners", limit=1) for _ in range(101)]
    assert [t.status for t in told] == [200] * 100 + [429]
    assert told[-1].json["policyName"] == "TEN_SECONDLY_ROLLING"
    assert told[0].headers["X-HubSpot-RateLimit-Remaining"] == "99"
    assert told[-1].headers["X-HubSpot-RateLimit-Remaining"] == "0"


def test_a_type_has_its_properties_under_its_name_for_one_and_for_many(caller):
    told = caller.ask("hubspot", "/crm/v3/properties/contacts").json["results"]
    assert {"email", "createdate", "lastmodifieddate", "hs_object_id"} <= {one["name"] for one in told}
    assert caller.ask("hubspot", "/crm/v3/properties/contact").json["results"] == told
    assert caller.ask("hubspot", "/properties/v2/contact/properties").json == told
    assert caller.ask("hubspot", "/crm/v3/properties/unicorns").status == 404
    one, many = (caller.ask("hubspot", f"/crm/v3/objects/{name}").json["results"] for name in ("deal", "deals"))
    assert one == many != []
