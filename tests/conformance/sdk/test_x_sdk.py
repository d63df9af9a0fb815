"""tweepy, the client that most programs use for X, reads the sandbox, and finds the same objects as the extractor."""

from typing import Any

import pytest
import tweepy
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from tests.contract.sdk.conftest import OPTIONS, SECRETS, Rows

ACCOUNT = OPTIONS["x"]["user_id"]
HOST = "https://api.twitter.com"


class Elsewhere(HTTPAdapter):
    """Takes the calls to X's host, which the client does not let anyone choose, to the sandbox."""

    def __init__(self, base: str) -> None:
        self.base = base
        super().__init__()

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        """The sandbox's answer."""
        request.url = str(request.url).replace(HOST, self.base)
        return super().send(request, *args, **options)


@pytest.fixture(scope="module")
def client(sandbox: str) -> tweepy.Client:
    made = tweepy.Client(SECRETS["x"]["token"])
    made.session.mount(HOST, Elsewhere(f"{sandbox}/x"))
    return made


def column(rows: Rows, endpoint: str, *names: str) -> list[tuple[object, ...]]:
    """The rows of these columns, in order."""
    table = rows("x", endpoint)
    return sorted(zip(*(table[name].to_pylist() for name in names), strict=True))


def every(call: Any, number: str, **options: Any) -> list[tweepy.Response]:
    """All pages."""
    return list(tweepy.Paginator(call, number, **options))


def test_the_client_reads_the_posts(client: tweepy.Client, landed: Rows) -> None:
    fields = ["created_at", "public_metrics"]
    pages = every(client.get_users_tweets, ACCOUNT, max_results=100, tweet_fields=fields, exclude="retweets")
    posts = [post for page in pages for post in page.data or []]
    found = sorted((str(p.id), p.text, p.public_metrics["like_count"], p.created_at) for p in posts)
    assert found == column(landed, "posts", "post_id", "text", "like_count", "created_at") != []


def test_the_client_reads_the_mentions_with_their_authors(client: tweepy.Client, landed: Rows) -> None:
    pages = every(client.get_users_mentions, ACCOUNT, max_results=100, expansions="author_id")
    posts = [post for page in pages for post in page.data or []]
    handles = {user.id: user.username for page in pages for user in page.includes.get("users", [])}
    found = sorted((str(post.id), str(post.author_id), handles.get(post.author_id) or "") for post in posts)
    table = column(landed, "mentions", "post_id", "author_id")
    known = {row["post_id"]: row["author_handle"] or "" for row in landed("x", "mentions").to_pylist()}
    assert found == [(post, author, known[str(post)]) for post, author in table] != []


def test_the_client_reads_who_likes_reposts_and_quotes_a_post(client: tweepy.Client, landed: Rows) -> None:
    calls = {"likes": client.get_liking_users, "reposts": client.get_retweeters}
    for endpoint, call in calls.items():
        listed = column(landed, endpoint, "post_id", "user_id", "user_handle")
        assert listed
        for post in sorted({str(row[0]) for row in listed})[:9]:
            users = [user for page in every(call, post, max_results=100) for user in page.data or []]
            found = sorted((str(user.id), user.username) for user in users)
            assert found == [(user, handle) for told, user, handle in listed if told == post]


def test_the_client_reads_the_followers(client: tweepy.Client, landed: Rows) -> None:
    pages = every(client.get_users_followers, ACCOUNT, max_results=1000)
    found = sorted((str(user.id), user.username) for page in pages for user in page.data or [])
    assert found == column(landed, "followers", "follower_id", "follower_handle") != []
