"""Mastodon.py, the client that most bots use, reads the sandbox, and finds the same objects as the extractor."""

from typing import Any

import pytest
from mastodon import Mastodon

from tests.contract.sdk.conftest import OPTIONS, SECRETS, Rows

ACCOUNT = OPTIONS["mastodon"]["account_id"]


@pytest.fixture(scope="module")
def client(sandbox: str) -> Mastodon:
    token = SECRETS["mastodon"]["token"]
    return Mastodon(access_token=token, api_base_url=f"{sandbox}/mastodon", version_check_mode="none")


def column(rows: Rows, endpoint: str, *names: str) -> list[tuple[object, ...]]:
    """The rows of these columns, in order."""
    table = rows("mastodon", endpoint)
    return sorted(zip(*(table[name].to_pylist() for name in names), strict=True))


def test_the_client_reads_the_statuses(client: Mastodon, landed: Rows) -> None:
    every: list[Any] = client.fetch_remaining(client.account_statuses(ACCOUNT, limit=40))
    found = sorted((str(one.id), one.uri, one.favourites_count, one.created_at) for one in every)
    assert found == column(landed, "statuses", "status_id", "uri", "favourite_count", "created_at") != []


def test_the_client_reads_the_notifications(client: Mastodon, landed: Rows) -> None:
    every: list[Any] = client.fetch_remaining(client.notifications(limit=40))
    found = sorted((str(one.id), str(one.type), str(one.account.id), one.created_at) for one in every)
    assert found == column(landed, "notifications", "notification_id", "type", "actor_id", "created_at") != []


def test_the_client_reads_the_followers(client: Mastodon, landed: Rows) -> None:
    every: list[Any] = client.fetch_remaining(client.account_followers(ACCOUNT, limit=80))
    home = f"@{OPTIONS['mastodon']['domain']}"
    found = sorted((str(one.id), one.acct if "@" in one.acct else one.acct + home) for one in every)
    assert found == column(landed, "followers", "follower_id", "follower_acct") != []


def test_the_client_reads_who_favoured_a_status_and_what_was_answered(client: Mastodon, landed: Rows) -> None:
    favoured = column(landed, "favourites", "status_id", "actor_id")
    for status in {status for status, _ in favoured}:
        every: list[Any] = client.fetch_remaining(client.status_favourited_by(status))
        assert sorted(str(one.id) for one in every) == [actor for told, actor in favoured if told == status]
    answered = dict(column(landed, "replies", "reply_id", "in_reply_to_status_id"))
    own = {status for (status,) in column(landed, "statuses", "status_id")}
    below = [one for status in set(answered.values()) & own for one in client.status_context(status).descendants]
    assert {str(one.id) for one in below} == set(answered) != set()
