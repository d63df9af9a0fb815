"""HubSpot's own client (hubspot-api-client) reads the sandbox, and finds the same objects as the extractor."""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from hubspot import HubSpot
from hubspot.crm.associations.v4 import (
    BatchInputPublicFetchAssociationsBatchRequest,
    PublicFetchAssociationsBatchRequest,
)
from hubspot.crm.companies import BatchReadInputSimplePublicObjectId, SimplePublicObjectId
from hubspot.crm.contacts import PublicObjectSearchRequest
from hubspot.utils.objects import fetch_all

from tests.contract.sdk.conftest import SECRETS, Rows


@pytest.fixture(scope="module")
def hubspot(sandbox: str) -> Iterator[HubSpot]:
    made = []

    def factory(package: ModuleType, name: str, config: dict[str, Any]) -> object:
        configuration = package.Configuration(host=config["host"])
        configuration.access_token = config["access_token"]
        made.append(package.ApiClient(configuration=configuration))
        return getattr(package, name)(api_client=made[-1])

    yield HubSpot(access_token=SECRETS["hubspot"]["token"], host=f"{sandbox}/hubspot", api_factory=factory)
    for client in made:  # it never closes its own connections
        client.rest_client.pool_manager.clear()


@pytest.mark.parametrize(
    ("entity", "single"),
    [("contacts", "contact"), ("companies", "company"), ("deals", "deal"), ("tickets", "ticket")],
)
def test_the_client_lists_the_objects_that_the_extractor_finds(
    hubspot: HubSpot, landed: Rows, entity: str, single: str
) -> None:
    listed = {item.id for item in fetch_all(getattr(hubspot.crm, entity).basic_api)}
    assert listed
    assert listed == set(landed("hubspot", entity)[f"{single}_id"].to_pylist())


def test_the_client_sees_the_properties_that_it_asks_for(hubspot: HubSpot, landed: Rows) -> None:
    asked = fetch_all(hubspot.crm.contacts.basic_api, properties=["email", "site_user_id"])
    found = {(item.id, item.properties["email"], item.properties["site_user_id"]) for item in asked}
    table = landed("hubspot", "contacts")
    names = ("contact_id", "email", "site_user_id")
    assert found == set(zip(*(table[name].to_pylist() for name in names), strict=True)) != set()


def test_the_client_searches_the_contact_of_an_email(hubspot: HubSpot, landed: Rows) -> None:
    table = landed("hubspot", "contacts")
    email, contact = next(
        (e, i) for e, i in zip(table["email"].to_pylist(), table["contact_id"].to_pylist(), strict=True) if e
    )
    wanted = {"propertyName": "email", "operator": "EQ", "value": email}
    asked = PublicObjectSearchRequest(
        filter_groups=[{"filters": [wanted]}], sorts=[], query="", properties=["email"], limit=100, after="0"
    )
    answer = hubspot.crm.contacts.search_api.do_search(public_object_search_request=asked)
    assert contact in {found.id for found in answer.results}
    assert {found.properties["email"] for found in answer.results} == {email}


def test_the_client_sees_the_bin(hubspot: HubSpot, landed: Rows) -> None:
    binned = {item.id for item in fetch_all(hubspot.crm.contacts.basic_api, archived=True)}
    assert binned >= set(landed("hubspot", "contacts_archived")["contact_id"].to_pylist()) != set()


def test_the_client_reads_the_owners(hubspot: HubSpot, landed: Rows) -> None:
    owners = {(owner.id, owner.email) for owner in fetch_all(hubspot.crm.owners.owners_api)}
    table = landed("hubspot", "owners")
    assert owners == set(zip(table["owner_id"].to_pylist(), table["email"].to_pylist(), strict=True)) != set()


def test_the_client_reads_the_contacts_of_the_deals(hubspot: HubSpot, landed: Rows) -> None:
    table = landed("hubspot", "deal_contacts")
    pairs = set(zip(table["deal_id"].to_pylist(), table["contact_id"].to_pylist(), strict=True))
    deals = sorted(set(landed("hubspot", "deals")["deal_id"].to_pylist()))
    inputs = [PublicFetchAssociationsBatchRequest(id=deal) for deal in deals[:100]]
    answer = hubspot.crm.associations.v4.batch_api.get_page(
        "deals", "contacts", BatchInputPublicFetchAssociationsBatchRequest(inputs=inputs)
    )
    found = {(item._from.id, str(to.to_object_id)) for item in answer.results for to in item.to}
    assert found == {pair for pair in pairs if pair[0] in set(deals[:100])} != set()


def test_the_client_lists_the_text_messages(hubspot: HubSpot, landed: Rows) -> None:
    listed = {item.id for item in fetch_all(hubspot.crm.objects.communications.basic_api)}
    assert listed == set(landed("hubspot", "communications")["communication_id"].to_pylist()) != set()


def test_the_client_reads_the_histories_of_the_owners(hubspot: HubSpot, landed: Rows) -> None:
    table = landed("hubspot", "company_histories")
    known = {
        (company, value["value"], value["changed_at"])
        for company, values in zip(table["company_id"].to_pylist(), table["owners"].to_pylist(), strict=True)
        for value in values
    }
    ids = sorted({company for company, *_ in known})[:50]
    inputs = [SimplePublicObjectId(id=company) for company in ids]
    asked = BatchReadInputSimplePublicObjectId(
        inputs=inputs, properties=[], properties_with_history=["hubspot_owner_id"]
    )
    answer = hubspot.crm.companies.batch_api.read(batch_read_input_simple_public_object_id=asked)
    found = {
        (item.id, value.value, value.timestamp)
        for item in answer.results
        for value in item.properties_with_history["hubspot_owner_id"]
    }
    assert found == {one for one in known if one[0] in set(ids)} != set()


def test_the_client_lists_the_marketing_emails(hubspot: HubSpot, landed: Rows) -> None:
    listed = {(item.id, item.subject) for item in fetch_all(hubspot.marketing.emails.marketing_emails_api)}
    table = landed("hubspot", "marketing_emails")
    names = ("marketing_email_id", "subject")
    assert listed == set(zip(*(table[name].to_pylist() for name in names), strict=True)) != set()
