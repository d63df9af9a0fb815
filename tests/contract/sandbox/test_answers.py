"""What holds for every vendor: declared fields are there, one city gives the same bytes, the truth stays hidden."""

import json
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from extractors.catalog import catalog
from extractors.spec import WHOLE, Request, Window
from sandbox.truth import tables
from sandbox.world import instant

NOW = instant("2026-09-04T06:00:00Z")
DAY = Window(date(2026, 7, 20), date(2026, 7, 21))
MONTHS = Window(date(2026, 7, 3), date(2026, 9, 4))
KLAVIYO = ("profiles", "metrics", "events", "lists")


def everything(caller):
    """The bytes of every endpoint of every vendor."""
    told = {}
    for kind in caller.sandbox.world.objects:
        told[kind] = caller.search(kind).text
        for archived in ("false", "true"):
            told[f"{kind} {archived}"] = caller.ask(
                "hubspot", f"/crm/v3/objects/{kind}", limit=100, archived=archived
            ).text
    told["owners"] = caller.ask("hubspot", "/crm/v3/owners").text
    for kind in caller.sandbox.world.links:
        ids = [{"id": row["id"]} for row in json.loads(told[kind])["results"]]
        told[f"{kind} links"] = caller.ask(
            "hubspot", f"/crm/v4/associations/{kind}/contacts/batch/read", {"inputs": ids}
        ).text
    told["marketing emails"] = caller.ask("hubspot", "/marketing/v3/emails", limit=100).text
    told["email events"] = caller.ask("hubspot", "/email/public/v1/events", limit=1000).text
    past = {"inputs": [{"id": row["id"]} for row in json.loads(told["companies"])["results"]][:50]}
    past["propertiesWithHistory"] = ["hubspot_owner_id"]
    told["histories"] = caller.ask("hubspot", "/crm/v3/objects/companies/batch/read", past).text
    for name in ("lists", "campaigns", "reports"):
        told[name] = caller.ask("mailchimp", f"/3.0/{name}", count=1000).text
    for audience in json.loads(told["lists"])["lists"]:
        for status in ("", "archived"):
            path = f"/3.0/lists/{audience['id']}/members"
            told[f"{path} {status}"] = caller.ask("mailchimp", path, count=1000, status=status).text
    for report in json.loads(told["reports"])["reports"]:
        for child in ("email-activity", "sent-to", "unsubscribed"):
            path = f"/3.0/reports/{report['id']}/{child}"
            told[path] = caller.ask("mailchimp", path, count=1000).text
    for day in MONTHS.days:
        told[f"visits {day}"] = caller.visits(date=day.isoformat(), filter_limit=-1).text
    for method in ("feed.getAuthorFeed", "notification.listNotifications", "graph.getFollowers"):
        told[method] = caller.ask("bluesky", f"/xrpc/app.bsky.{method}", limit=100).text
    for endpoint in catalog()["salesforce"].endpoints:
        told[f"salesforce {endpoint.name}"] = json.dumps(rows_of(caller, endpoint, "salesforce"))
    return told | klaviyo(caller)


def klaviyo(caller):
    """The bytes of Klaviyo's endpoints."""
    told = {f"klaviyo {name}": caller.ask("klaviyo", f"/api/{name}").text for name in KLAVIYO}
    for audience in json.loads(told["klaviyo lists"])["data"]:
        told[audience["id"]] = caller.ask("klaviyo", f"/api/lists/{audience['id']}/profiles").text
    for channel in ("email", "sms", "mobile_push"):
        told[channel] = caller.ask("klaviyo", "/api/campaigns", filter=f"equals(messages.channel,'{channel}')").text
    return told


def test_the_same_seed_and_clock_give_the_same_bytes_however_long_the_city_lives_on(another_city):
    first = everything(another_city(7, NOW, built_until=NOW))
    assert first == everything(another_city(7, NOW, built_until=instant("2026-11-20T00:00:00Z")))
    assert first["contacts"] != everything(another_city(8, NOW, built_until=NOW))["contacts"]


def test_a_clock_moved_on_tells_what_a_city_started_then_tells(another_city):
    moved = another_city(7, NOW - 5 * 86_400_000, built_until=NOW - 5 * 86_400_000)
    assert moved.ask("_sandbox", "/clock", {"now": "2026-09-04T06:00:00Z"}).status == 200
    assert everything(moved) == everything(another_city(7, NOW, built_until=NOW))


def test_a_clock_set_forward_tells_more_and_set_back_the_same_again(caller):
    before = caller.search("emails").text
    assert caller.ask("_sandbox", "/clock", {"now": "2026-12-24T06:00:00Z"}).status == 200
    assert caller.search("emails").json["total"] > json.loads(before)["total"]
    caller.ask("_sandbox", "/clock", {"now": "2026-09-04T06:00:00Z"})
    assert caller.search("emails").text == before


def test_the_truth_is_in_no_answer(caller):
    told = "".join(everything(caller).values())
    people = tables(caller.sandbox.world, NOW)["people"]
    assert not any(person in told for person in people["person_id"].to_pylist())
    for word in ("is_machine", "latent", "session_id", "is_shared", "truth"):
        assert word not in told
    for path in ("/truth", "/people.parquet", "/truth/people.parquet"):
        assert caller.ask("_sandbox", path).status == 404
        assert all(caller.ask(vendor, path).status in (404, 501) for vendor in caller.sandbox.dialects)


def at(record, places):
    """The first value of a record at any of the dotted places, and whether one of them is there at all."""
    there = False
    for place in places:
        value, found = record, True
        *path, last = place.replace("]", "").replace("[", ".").split(".")
        for name in path:
            value = (
                value[int(name)] if isinstance(value, list) else value.get(name) if isinstance(value, dict) else None
            )
        found = isinstance(value, dict) and last in value
        there = there or found
        if found and value[last] is not None:
            return value[last], True
    return None, there


def rows_of(caller, endpoint, vendor, parent=None):
    """Some records of an endpoint, asked as its declaration says."""
    request = endpoint.span.ask(request_for(endpoint, parent), DAY if endpoint.span.each_day else MONTHS)
    request = endpoint.fields(request, endpoint.columns) if endpoint.fields else request
    body = request.body.encode() or None
    if vendor == "matomo":
        body = b"token_auth=sandbox-matomo-token"
    query = dict(request.params)
    told = caller.ask(vendor, request.path, body, verb=request.method, **query)
    assert told.status in (200, 207), told.text
    rows = told.json
    while isinstance(told.json, dict) and (following := told.json.get("links", {}).get("next")):
        told = caller.ask(vendor, request.path, **dict(parse_qsl(urlsplit(following).query)))
        rows["data"] += told.json["data"]
    for name in filter(None, endpoint.records.split(".")):
        rows = rows.get(name, [])
    rows = [rows] if endpoint.records == WHOLE else rows
    if endpoint.explode:
        rows = [{**row, endpoint.explode: item} for row in rows for item in row[endpoint.explode]]
    return rows


def request_for(endpoint, parent):
    filled = {
        "actor": "brand.example",
        "site": "1",
        "property": "314159",
        "api_version": "66.0",
        "account_id": "109000000000000001",
        "user_id": "1500000000000000001",
    }
    path, body = endpoint.path, endpoint.body
    if parent is not None:
        taken = [str(value) for value in parent]
        filled |= {endpoint.each.take: taken[0]}
        body = endpoint.each.body(tuple(taken)) if endpoint.each.body else body
    params = tuple((name, value.format(**filled)) for name, value in endpoint.params)
    return Request(path.format(**filled), endpoint.method, params, body)


ONLY_WHEN_TRUE = {("ga4_data", name) for name in ("has_other_row", "is_thresholded", "samples")}


@pytest.mark.parametrize(
    ("vendor", "name"),
    [
        (source.name, endpoint.name)
        for source in catalog().values()
        for endpoint in source.endpoints
        if source.reads == "calls"
    ],
)
def test_every_declared_field_stands_where_the_vendor_puts_it(caller, vendor, name):
    source = catalog()[vendor]
    endpoint = source.endpoint(name)
    parent = None
    if endpoint.each:
        mother = source.endpoint(endpoint.each.of)
        (column,) = (c for c in mother.columns if c.name == endpoint.each.take)
        parent = [at(row, column.places)[0] for row in rows_of(caller, mother, vendor)]
        parent = parent[: endpoint.each.batch if endpoint.each.body else 19]
    walks = [[one] for one in parent] if parent and endpoint.each.body is None else [parent]
    rows = [row for taken in walks for row in rows_of(caller, endpoint, vendor, taken)]
    assert rows
    for column in endpoint.own:
        told = [at(row, column.places) for row in rows]
        assert any(there for _, there in told) or (vendor, column.name) in ONLY_WHEN_TRUE, column.name
        if column.required:
            assert all(value is not None for value, _ in told), column.name
