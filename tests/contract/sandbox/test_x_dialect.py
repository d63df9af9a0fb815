"""X's dialect, rule by rule."""

import time

import pytest

BRAND = "/2/users/1500000000000000001"


def walk(caller, path, **query):
    """All pages, by the token in `meta`."""
    pages, token = [], {}
    while True:
        told = caller.ask("x", path, **query, **token)
        assert told.status == 200, told.text
        pages.append(told.json)
        if "next_token" not in told.json["meta"]:
            return pages
        token = {"pagination_token": told.json["meta"]["next_token"]}


def test_pages_come_newest_first_and_the_last_names_no_other(caller):
    pages = walk(caller, f"{BRAND}/tweets", max_results=10)
    posts = [post for page in pages for post in page["data"]]
    assert len(pages) > 5
    assert [int(post["id"]) for post in posts] == sorted({int(post["id"]) for post in posts}, reverse=True)
    assert [page["meta"]["result_count"] for page in pages] == [len(page["data"]) for page in pages]


def test_an_empty_page_has_no_data(caller):
    told = caller.ask("x", f"{BRAND}/mentions", start_time="2026-09-04T05:59:00Z")
    assert told.json == {"meta": {"result_count": 0}}


def test_the_first_instant_is_in_and_the_last_is_not(caller):
    posts = walk(caller, f"{BRAND}/tweets", max_results=100)[0]["data"]
    first, last = posts[5]["created_at"][:19] + "Z", posts[2]["created_at"][:19] + "Z"
    told = caller.ask("x", f"{BRAND}/tweets", max_results=100, start_time=first, end_time=last).json["data"]
    assert [post["id"] for post in told] == [post["id"] for post in posts[3:6]]
    assert caller.ask("x", f"{BRAND}/tweets", start_time="yesterday").status == 400


@pytest.mark.parametrize(
    ("path", "size"),
    [(f"{BRAND}/tweets", 4), (f"{BRAND}/mentions", 101), (f"{BRAND}/followers", 1001), (f"{BRAND}/tweets", "x")],
)
def test_a_size_that_is_not_allowed_is_refused_and_named(caller, path, size):
    told = caller.ask("x", path, max_results=size)
    assert told.status == 400
    assert told.json["errors"][0]["parameters"] == {"max_results": [str(size)]}


def test_authors_stand_beside_the_posts_and_those_that_cannot_be_given_among_the_errors(caller):
    told = [p for p in walk(caller, f"{BRAND}/mentions", max_results=100, expansions="author_id") if "data" in p]
    for page in told:
        authors = {post["author_id"] for post in page["data"]}
        given = {user["id"] for user in page["includes"]["users"]}
        lost = {error["resource_id"] for error in page.get("errors", [])}
        assert given | lost == authors
        assert not given & lost
    assert any("errors" in page for page in told)
    assert "includes" not in caller.ask("x", f"{BRAND}/mentions").json


def test_what_is_not_there_is_an_error_without_data_and_with_status_200(caller):
    told = caller.ask("x", "/2/tweets/1/liking_users")
    assert told.status == 200
    assert told.json.keys() == {"errors"}
    assert told.json["errors"][0]["type"].endswith("/resource-not-found")


def test_the_counts_of_a_post_are_its_lists(caller):
    posts = [post for page in walk(caller, f"{BRAND}/tweets", max_results=100) for post in page["data"]]
    post = max(posts, key=lambda one: one["public_metrics"]["like_count"])
    for call, count in (
        ("liking_users", "like_count"),
        ("retweeted_by", "retweet_count"),
        ("quote_tweets", "quote_count"),
    ):
        pages = walk(caller, f"/2/tweets/{post['id']}/{call}")
        assert sum(page["meta"]["result_count"] for page in pages) == post["public_metrics"][count]


def test_limits_are_kept_by_call_and_end_at_an_epoch_second(paced):
    told = [paced.ask("x", f"{BRAND}/followers") for _ in range(16)]
    assert [one.status for one in told] == [200] * 15 + [429]
    assert 0 < int(told[-1].headers["x-rate-limit-reset"]) - time.time() <= 901
    assert paced.ask("x", f"{BRAND}/tweets").status == 200
