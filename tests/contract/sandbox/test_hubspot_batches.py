"""HubSpot's batches: associations and their pages, records by id, histories."""

import dataclasses

import numpy as np
import pytest

from sandbox.store import links
from sandbox.world import instant


def test_associations_come_as_numbers_and_ids_without_any_as_errors_in_a_207(caller):
    deals = [{"id": row["id"]} for row in caller.search("deals", limit=50).json["results"]]
    path = "/crm/v4/associations/deals/contacts/batch/read"
    told = caller.ask("hubspot", path, {"inputs": [*deals, {"id": "1"}]})
    assert told.status == 207
    assert told.json["numErrors"] == len(told.json["errors"]) >= 1
    assert told.json["errors"][-1]["context"] == {"fromObjectId": ["1"]}
    assert all(isinstance(end["toObjectId"], int) for row in told.json["results"] for end in row["to"])
    alone = caller.ask("hubspot", path, {"inputs": [{"id": told.json["results"][0]["from"]["id"]}]})
    assert alone.status == 200
    assert "errors" not in alone.json


def test_associations_past_a_page_come_with_the_cursor_of_their_object(caller):
    world = caller.sandbox.world
    contacts, companies = world.objects["contacts"], world.objects["companies"]
    living = contacts.as_of(caller.sandbox.now)
    living = contacts.ids[living[~contacts.archived[living]]]
    one, other = np.unique(companies.ids)[:2]
    staff = np.tile(living, 3)[:700]
    crowd = links(np.append(np.full(700, one), other), np.append(staff, living[0]))
    caller.sandbox.world = dataclasses.replace(world, links={**world.links, "companies": crowd})
    path, asked, found = (
        "/crm/v4/associations/companies/contacts/batch/read",
        [{"id": str(one)}, {"id": str(other)}],
        [],
    )
    for pages in ([500, 1], [200]):
        told = caller.ask("hubspot", path, {"inputs": asked}).json["results"]
        assert [len(result["to"]) for result in told] == pages
        found += [end["toObjectId"] for result in told for end in result["to"] if result["from"]["id"] == str(one)]
        asked = [{"id": r["from"]["id"], "after": r["paging"]["next"]["after"]} for r in told if "paging" in r]
    assert asked == []
    assert sorted(found) == sorted(staff.tolist())


@pytest.mark.parametrize("kind", ["contacts", "companies", "deals"])
def test_a_history_agrees_with_what_was_told_of_its_record_at_the_time(caller, kind):
    name = "dealstage" if kind == "deals" else "hubspot_owner_id"
    path, now = f"/crm/v3/objects/{kind}/batch/read", caller.sandbox.now
    ids = [row["id"] for row in caller.search(kind).json["results"]]
    told = [
        row
        for at in range(0, len(ids), 50)
        for row in caller.ask(
            "hubspot", path, {"inputs": [{"id": i} for i in ids[at : at + 50]], "propertiesWithHistory": [name]}
        ).json["results"]
    ]
    most = max(told, key=lambda row: len(row["propertiesWithHistory"][name]))
    values = most["propertiesWithHistory"][name]
    assert len(values) > 1
    assert values == sorted(values, key=lambda value: value["timestamp"], reverse=True)
    for value in values:
        caller.sandbox.now = instant(value["timestamp"])
        then = caller.ask("hubspot", f"/crm/v3/objects/{kind}/{most['id']}", properties=name).json
        assert (then["properties"][name] or "") == value["value"]
    caller.sandbox.now = now


def test_a_batch_with_history_takes_fifty(caller):
    asked = {"inputs": [{"id": str(n)} for n in range(51)], "propertiesWithHistory": ["lifecyclestage"]}
    assert caller.ask("hubspot", "/crm/v3/objects/contacts/batch/read", asked).status == 400
    assert caller.ask("hubspot", "/crm/v3/objects/contacts/batch/read", {"inputs": asked["inputs"]}).status == 207


def test_no_association_leads_to_an_archived_contact(caller):
    listed = caller.ask("hubspot", "/crm/v3/objects/contacts", archived="true", limit=100).json["results"]
    binned = {int(row["id"]) for row in listed}
    orphans = [
        (kind, int(number))
        for kind, links in caller.sandbox.world.links.items()
        for number, contact in zip(links.objects, links.contacts, strict=True)
        if int(contact) in binned
    ]
    assert orphans
    kind, number = orphans[0]
    path = f"/crm/v4/associations/{kind}/contacts/batch/read"
    told = caller.ask("hubspot", path, {"inputs": [{"id": str(number)}]}).json["results"]
    assert not binned & {end["toObjectId"] for row in told for end in row["to"]}


def test_a_batch_read_names_the_ids_that_are_not_there(caller):
    there = caller.search("contacts", limit=1).json["results"][0]["id"]
    asked = {"inputs": [{"id": there}, {"id": "3"}], "properties": ["email"]}
    told = caller.ask("hubspot", "/crm/v3/objects/contacts/batch/read", asked)
    assert told.status == 207
    assert [row["id"] for row in told.json["results"]] == [there]
    assert told.json["errors"][0]["context"] == {"ids": ["3"]}
