"""simple-salesforce, the client that most people use, reads the sandbox and finds the same records as the extractor."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceMalformedRequest

from extractors.catalog import catalog
from tests.contract.sdk.conftest import SECRETS, Rows

OBJECTS = {
    "accounts": "Account",
    "contacts": "Contact",
    "leads": "Lead",
    "opportunities": "Opportunity",
    "cases": "Case",
    "tasks": "Task",
    "events": "Event",
    "campaigns": "Campaign",
    "campaign_members": "CampaignMember",
}


class ToTheSandbox(HTTPAdapter):
    """The client knows https and hosts of Salesforce only."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:  # noqa: D102
        url = (request.url or "").replace("https://brand.my.salesforce.com", self.address)
        request.url = url.replace("https://127.0.0.1", "http://127.0.0.1")
        return super().send(request, *args, **more)


@pytest.fixture(scope="module")
def client(sandbox: str) -> Iterator[Salesforce]:
    """Logged in with client credentials."""
    with requests.Session() as session:
        session.mount("https://", ToTheSandbox(f"{sandbox}/salesforce"))
        known = SECRETS["salesforce"]
        yield Salesforce(
            consumer_key=known["client_id"],
            consumer_secret=known["client_secret"],
            domain="brand.my",
            session=session,
            version="66.0",
        )


def ids(landed: Rows, endpoint: str) -> set[str]:
    """The ids that the extractor landed."""
    (key,) = catalog()["salesforce"].endpoint(endpoint).key
    return set(landed("salesforce", endpoint)[key].to_pylist())


@pytest.mark.parametrize("endpoint", OBJECTS)
def test_the_client_pages_through_the_records_that_the_extractor_finds(
    client: Salesforce, landed: Rows, endpoint: str
) -> None:
    found = [row["Id"] for row in client.query_all_iter(f"SELECT Id FROM {OBJECTS[endpoint]}", include_deleted=True)]
    assert len(found) == len(set(found))
    assert set(found) == ids(landed, endpoint) != set()


def test_the_client_sees_the_fields_that_it_asks_for(client: Salesforce, landed: Rows) -> None:
    asked = client.query_all("SELECT Id, Email, AccountId, IsDeleted FROM Contact", include_deleted=True)["records"]
    found = {(row["Id"], row["Email"], row["AccountId"], row["IsDeleted"]) for row in asked}
    table = landed("salesforce", "contacts")
    names = ("contact_id", "email", "account_id", "is_deleted")
    assert found == set(zip(*(table[name].to_pylist() for name in names), strict=True))


def test_without_the_deleted_the_client_sees_less(client: Salesforce, landed: Rows) -> None:
    table = landed("salesforce", "contacts")
    pairs = zip(table["contact_id"].to_pylist(), table["is_deleted"].to_pylist(), strict=True)
    standing = {row["Id"] for row in client.query_all_iter("SELECT Id FROM Contact")}
    assert standing == {contact for contact, is_deleted in pairs if not is_deleted} < ids(landed, "contacts")


def test_the_client_reads_a_bulk_job_in_parts(client: Salesforce, landed: Rows) -> None:
    parts = list(client.bulk2.Contact.query_all("SELECT Id, Email FROM Contact", max_records=40))
    rows = [row for part in parts for row in csv.DictReader(io.StringIO(part))]
    assert len(parts) > 1
    table = landed("salesforce", "contacts")
    expected = set(zip(table["contact_id"].to_pylist(), table["email"].to_pylist(), strict=True))
    assert {(row["Id"], row["Email"] or None) for row in rows} == expected
    assert len(rows) == len(expected)


def test_the_client_is_told_of_its_limit_and_of_its_mistakes(client: Salesforce) -> None:
    client.query("SELECT Id FROM User LIMIT 1")
    usage = client.api_usage["api-usage"]
    assert 0 < usage.used < usage.total  # type: ignore[union-attr]
    with pytest.raises(SalesforceMalformedRequest, match="INVALID_FIELD"):
        client.query("SELECT Id, Handle FROM Contact")
