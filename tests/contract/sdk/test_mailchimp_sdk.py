"""Mailchimp's own client (mailchimp-marketing) reads the sandbox, and finds the same objects as the extractor."""

from collections.abc import Callable, Iterator

import pytest
from mailchimp_marketing import Client

from tests.contract.sdk.conftest import SECRETS, Rows

PAGE = 100


@pytest.fixture(scope="module")
def mailchimp(sandbox: str) -> Client:
    client = Client({"api_key": SECRETS["mailchimp"]["key"]})
    client.api_client.host = f"{sandbox}/mailchimp/3.0"
    return client


def every(call: Callable[..., dict[str, object]], of: str, *args: str, **params: object) -> Iterator[dict[str, object]]:
    """All records, page by page."""
    offset = 0
    while True:
        page = call(*args, count=PAGE, offset=offset, **params)[of]
        assert isinstance(page, list)
        yield from page
        if len(page) < PAGE:
            return
        offset += PAGE


def column(rows: Rows, endpoint: str, *names: str) -> set[tuple[object, ...]]:
    """The distinct rows of these columns."""
    table = rows("mailchimp", endpoint)
    return set(zip(*(table[name].to_pylist() for name in names), strict=True))


def test_the_client_reads_the_lists(mailchimp: Client, landed: Rows) -> None:
    found = {(item["id"], item["name"]) for item in every(mailchimp.lists.get_all_lists, "lists")}
    assert found == column(landed, "lists", "list_id", "name") != set()


def test_the_client_reads_the_members(mailchimp: Client, landed: Rows) -> None:
    found = {
        (item["list_id"], item["id"], item["email_address"], item["status"])
        for audience in every(mailchimp.lists.get_all_lists, "lists")
        for item in every(mailchimp.lists.get_list_members_info, "members", str(audience["id"]))
    }
    assert found == column(landed, "members", "list_id", "member_id", "email", "status") != set()


def test_the_client_reads_the_campaigns(mailchimp: Client, landed: Rows) -> None:
    found = {(item["id"], item["status"]) for item in every(mailchimp.campaigns.list, "campaigns")}
    assert found == column(landed, "campaigns", "campaign_id", "status") != set()


def test_the_client_reads_the_reports(mailchimp: Client, landed: Rows) -> None:
    found = {
        (item["id"], item["emails_sent"], item["opens"]["unique_opens"])
        for item in every(mailchimp.reports.get_all_campaign_reports, "reports")
    }
    assert found == column(landed, "reports", "campaign_id", "emails_sent", "unique_opens") != set()


def test_the_client_reads_what_the_recipients_did(mailchimp: Client, landed: Rows) -> None:
    found = {
        (item["campaign_id"], item["email_id"], act["action"])
        for report in every(mailchimp.reports.get_all_campaign_reports, "reports")
        for item in every(mailchimp.reports.get_email_activity_for_campaign, "emails", str(report["id"]))
        for act in item["activity"]
    }
    assert found == column(landed, "email_activity", "campaign_id", "member_id", "action") != set()


def test_the_client_reads_who_unsubscribed(mailchimp: Client, landed: Rows) -> None:
    found = {
        (item["campaign_id"], item["email_id"])
        for report in every(mailchimp.reports.get_all_campaign_reports, "reports")
        for item in every(mailchimp.reports.get_unsubscribed_list_for_campaign, "unsubscribes", str(report["id"]))
    }
    assert found == column(landed, "unsubscribes", "campaign_id", "member_id") != set()
