"""Klaviyo's own client (klaviyo-api) reads the sandbox, and finds the same objects as the extractor."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from klaviyo_api import KlaviyoAPI

from tests.contract.sdk.conftest import END, FIRST, SECRETS, Rows

SINCE, UNTIL = f"{FIRST}T00:00:00Z", f"{END}T00:00:00Z"


@pytest.fixture(scope="module")
def klaviyo(sandbox: str) -> KlaviyoAPI:
    return KlaviyoAPI(SECRETS["klaviyo"]["key"], max_retries=3, test_host=f"{sandbox}/klaviyo")


def every(call: Callable[..., Any], *of: str, **params: Any) -> Iterator[dict[str, Any]]:
    """All records, along the links, until there is no next one."""
    cursor = None
    while True:
        page = call(*of, **params, **({"page_cursor": cursor} if cursor else {}))
        page = page if isinstance(page, dict) else page.to_dict()
        yield from page["data"]
        following = page["links"].get("next")
        if not following:
            return
        (cursor,) = parse_qs(urlsplit(following).query)["page[cursor]"]  # the client itself only knows https links


def column(rows: Rows, endpoint: str, *names: str) -> set[tuple[object, ...]]:
    """The distinct rows of these columns."""
    table = rows("klaviyo", endpoint)
    return set(zip(*(table[name].to_pylist() for name in names), strict=True))


def test_the_client_reads_the_profiles(klaviyo: KlaviyoAPI, landed: Rows) -> None:
    asked = every(klaviyo.Profiles.get_profiles, additional_fields_profile=["subscriptions"], page_size=100)
    found = {
        (
            item["id"],
            item["attributes"]["email"],
            item["attributes"]["subscriptions"]["email"]["marketing"]["consent"],
        )
        for item in asked
    }
    assert found == column(landed, "profiles", "profile_id", "email", "email_consent") != set()


def test_the_client_reads_the_metrics(klaviyo: KlaviyoAPI, landed: Rows) -> None:
    found = {(item["id"], item["attributes"]["name"]) for item in every(klaviyo.Metrics.get_metrics)}
    assert found == column(landed, "metrics", "metric_id", "name") != set()


def test_the_client_reads_the_events(klaviyo: KlaviyoAPI, landed: Rows) -> None:
    asked = every(
        klaviyo.Events.get_events,
        filter=f"greater-or-equal(datetime,{SINCE}),less-than(datetime,{UNTIL})",
        include=["profile", "metric"],
        page_size=1000,
    )
    found = {
        (item["id"], item["relationships"]["profile"]["data"]["id"], item["relationships"]["metric"]["data"]["id"])
        for item in asked
    }
    assert found == column(landed, "events", "event_id", "profile_id", "metric_id") != set()


def test_the_client_reads_the_lists_and_who_is_on_them(klaviyo: KlaviyoAPI, landed: Rows) -> None:
    lists = [(item["id"], item["attributes"]["name"]) for item in every(klaviyo.Lists.get_lists)]
    found = {
        (code, item["id"])
        for code, _ in lists
        for item in every(klaviyo.Lists.get_profiles_for_list, code, page_size=100)
    }
    assert set(lists) == column(landed, "lists", "list_id", "name") != set()
    assert found == column(landed, "list_members", "list_id", "profile_id") != set()


CHANNELS = (("email_campaigns", "email"), ("sms_campaigns", "sms"), ("push_campaigns", "mobile_push"))


@pytest.mark.parametrize(("endpoint", "channel"), CHANNELS)
def test_the_client_reads_the_campaigns(klaviyo: KlaviyoAPI, landed: Rows, endpoint: str, channel: str) -> None:
    for shelf, archived in (("", "false"), ("_archived", "true")):
        asked = f"equals(messages.channel,'{channel}'),equals(archived,{archived})"
        told = every(klaviyo.Campaigns.get_campaigns, filter=asked)
        found = {(item["id"], item["attributes"]["status"]) for item in told}
        assert found == column(landed, f"{endpoint}{shelf}", "campaign_id", "status") != set()
