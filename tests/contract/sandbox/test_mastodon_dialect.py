"""Mastodon's dialect, rule by rule."""

import re
from datetime import UTC, datetime

import pytest

BRAND = "/api/v1/accounts/109000000000000001"
NEXT = re.compile(r'<http://sandbox\.test/mastodon([^?>]+)\?([^>]+)>; rel="next"')


def walk(caller, path, **query):
    """All records, by the Link header alone, and how many came on each page."""
    found, sizes = [], []
    while True:
        told = caller.ask("mastodon", path, **query)
        assert told.status == 200, told.text
        found += told.json
        sizes.append(len(told.json))
        link = NEXT.search(told.headers.get("Link", ""))
        if not link:
            return found, sizes
        path, query = link[1], dict(pair.split("=") for pair in link[2].split("&"))


def test_the_next_page_stands_in_the_link_header_and_nothing_is_told_twice(caller):
    found, sizes = walk(caller, "/api/v1/notifications", limit=10)
    ids = [int(row["id"]) for row in found]
    assert len(sizes) > 5
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == len(ids)
    assert sizes[-1] == 0  # the last page still names one


@pytest.mark.parametrize(("path", "most"), [(f"{BRAND}/statuses", 40), ("/api/v1/notifications", 80)])
def test_a_limit_above_the_most_is_cut(caller, path, most):
    assert len(caller.ask("mastodon", path, limit=1000).json) == most
    assert len(caller.ask("mastodon", path).json) == most // 2


def test_every_act_is_in_the_lists_of_its_status_too(caller):
    statuses, _ = walk(caller, f"{BRAND}/statuses", limit=40)
    acts, _ = walk(caller, "/api/v1/notifications", limit=80)
    for kind, call in (("favourite", "favourited_by"), ("reblog", "reblogged_by")):
        told = {(act["status"]["id"], act["account"]["id"]) for act in acts if act["type"] == kind}
        listed = {
            (status["id"], account["id"])
            for status in statuses
            if status["reblog"] is None
            for account in walk(caller, f"/api/v1/statuses/{status['id']}/{call}", limit=80)[0]
        }
        assert told == listed != set()


def test_an_account_of_the_own_server_has_no_server_in_its_handle(caller):
    people, _ = walk(caller, f"{BRAND}/followers", limit=80)
    local = [one for one in people if "@" not in one["acct"]]
    assert 0 < len(local) < len(people)
    assert all(one["url"].startswith("https://social.example/@") for one in local)


def test_answers_stand_below_the_status_that_they_are_to(caller):
    acts, _ = walk(caller, "/api/v1/notifications", limit=80)
    answer = next(act["status"] for act in acts if act["type"] == "mention")
    told = caller.ask("mastodon", f"/api/v1/statuses/{answer['in_reply_to_id']}/context").json
    assert answer["id"] in [row["id"] for row in told["descendants"]]
    assert caller.ask("mastodon", "/api/v1/statuses/1/context").status == 404


def test_a_limit_that_is_hit_says_when_it_ends_in_iso_8601(paced):
    told = [paced.ask("mastodon", "/api/v1/notifications", limit=1) for _ in range(301)]
    assert [one.status for one in told[:300]] == [200] * 300
    assert (told[300].status, told[300].json) == (429, {"error": "Too many requests"})
    reset = datetime.fromisoformat(told[300].headers["X-RateLimit-Reset"])
    assert 0 < (reset - datetime.now(UTC)).total_seconds() <= 300
    assert "Retry-After" not in told[300].headers


def test_a_token_that_is_none_is_turned_down(caller):
    told = caller.ask("mastodon", "/api/v1/notifications", headers={"authorization": "Bearer other"})
    assert (told.status, told.json) == (401, {"error": "The access token is invalid"})
