"""The AT Protocol's own client (atproto) reads the sandbox, and finds the same objects as the extractor."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from atproto import Client

from tests.contract.sdk.conftest import OPTIONS, SECRETS, Rows

ACTOR = OPTIONS["bluesky"]["actor"]


@pytest.fixture(scope="module")
def bluesky(sandbox: str) -> Iterator[Client]:
    client = Client(base_url=f"{sandbox}/bluesky")
    client.login(SECRETS["bluesky"]["identifier"], SECRETS["bluesky"]["password"], fetch_bsky_profile=False)
    yield client
    client.request.close()


def every(call: Callable[..., Any], of: str, **params: str) -> Iterator[Any]:
    """All records, page by page, until no cursor comes."""
    cursor = None
    while True:
        page = call({**params, "limit": 100, **({"cursor": cursor} if cursor else {})})
        yield from getattr(page, of)
        cursor = page.cursor
        if not cursor:
            return


def column(rows: Rows, endpoint: str, *names: str) -> list[tuple[object, ...]]:
    """The rows of these columns, in order."""
    table = rows("bluesky", endpoint)
    return sorted(zip(*(table[name].to_pylist() for name in names), strict=True))


def test_the_client_reads_the_posts(bluesky: Client, landed: Rows) -> None:
    feed = every(bluesky.app.bsky.feed.get_author_feed, "feed", actor=ACTOR, filter="posts_with_replies")
    found = sorted((item.post.uri, item.post.record.text, item.post.like_count) for item in feed)
    assert found == column(landed, "posts", "post_uri", "text", "like_count") != []


def test_the_client_reads_the_notifications(bluesky: Client, landed: Rows) -> None:
    told = every(bluesky.app.bsky.notification.list_notifications, "notifications")
    found = sorted((item.uri, item.reason, item.author.handle) for item in told)
    assert found == column(landed, "interactions", "interaction_uri", "reason", "actor_handle") != []


def test_the_client_reads_the_followers(bluesky: Client, landed: Rows) -> None:
    follow = every(bluesky.app.bsky.graph.get_followers, "followers", actor=ACTOR)
    found = sorted((item.did, item.handle) for item in follow)
    assert found == column(landed, "followers", "follower_did", "follower_handle") != []
