"""Bluesky's dialect, rule by rule."""

import re
from dataclasses import replace

import pytest

NOTIFICATIONS = "/xrpc/app.bsky.notification.listNotifications"
FEED = "/xrpc/app.bsky.feed.getAuthorFeed"
FOLLOWERS = "/xrpc/app.bsky.graph.getFollowers"
SESSION = "/xrpc/com.atproto.server.createSession"


def walk(caller, path, records, **query):
    """Every page until one has no cursor."""
    pages, cursor = [], {}
    while True:
        told = caller.ask("bluesky", path, **query, **cursor).json
        pages.append(told[records])
        if "cursor" not in told:
            return pages
        cursor = {"cursor": told["cursor"]}


def test_a_wrong_password_is_refused_and_a_half_log_in_is_bad(caller):
    wrong = caller.ask("bluesky", SESSION, {"identifier": "brand.example", "password": "x"})
    assert (wrong.status, wrong.json["error"]) == (401, "AuthenticationRequired")
    assert caller.ask("bluesky", SESSION, {"identifier": "brand.example"}).status == 400


def test_no_token_is_401_and_a_bad_one_400(caller):
    none = caller.ask("bluesky", NOTIFICATIONS, headers={})
    assert (none.status, none.json["error"]) == (401, "AuthMissing")
    bad = caller.ask("bluesky", NOTIFICATIONS, headers={"authorization": "Bearer nonsense"})
    assert (bad.status, bad.json["error"]) == (400, "InvalidToken")


def test_a_refreshed_session_has_a_token_that_works(caller):
    session = {"identifier": "brand.example", "password": "sandbox-bluesky-password"}
    refresh = {"authorization": f"Bearer {caller.ask('bluesky', SESSION, session).json['refreshJwt']}"}
    told = caller.ask("bluesky", "/xrpc/com.atproto.server.refreshSession", b"", headers=refresh).json
    fresh = {"authorization": f"Bearer {told['accessJwt']}"}
    assert caller.ask("bluesky", NOTIFICATIONS, headers=fresh).status == 200


@pytest.mark.parametrize("limit", ["500", "0", "many"])
def test_a_limit_past_a_hundred_is_bad(caller, limit):
    told = caller.ask("bluesky", NOTIFICATIONS, limit=limit)
    assert (told.status, told.json["error"]) == (400, "InvalidRequest")


def test_an_unknown_method_is_501(caller):
    assert caller.ask("bluesky", "/xrpc/app.bsky.feed.nothing").status == 501


@pytest.mark.parametrize(
    ("path", "records", "at"),
    [(NOTIFICATIONS, "notifications", "indexedAt"), (FEED, "feed", "post.indexedAt")],
)
def test_rows_come_newest_first_and_the_last_short_page_still_has_a_cursor(caller, path, records, at):
    pages = walk(caller, path, records, limit=30)
    assert pages[-1] == []
    assert 0 < len(pages[-2]) < 30
    rows = [row for page in pages for row in page]
    times = [row["post"]["indexedAt"] if at.startswith("post") else row[at] for row in rows]
    assert times == sorted(times, reverse=True)
    assert len({row.get("uri") or row["post"]["uri"] for row in rows}) == len(rows) > 30


@pytest.mark.parametrize(("path", "records"), [(NOTIFICATIONS, "notifications"), (FEED, "feed")])
def test_a_page_in_the_middle_can_be_empty_and_the_walk_goes_on(caller, path, records):
    pages = walk(caller, path, records, limit=7)
    assert [] in pages[1:-1]
    whole = [row for page in walk(caller, path, records, limit=100) for row in page]
    assert [row for page in pages for row in page] == whole


def test_posts_that_share_an_instant_are_all_shown(caller):
    world = caller.sandbox.world
    together = world.social.post_at // 86_400_000 * 86_400_000
    caller.sandbox.world = replace(world, social=replace(world.social, post_at=together))
    uris = [row["post"]["uri"] for page in walk(caller, FEED, "feed", limit=1) for row in page]
    assert len(uris) == len(set(uris)) == int((together <= caller.sandbox.now).sum())
    assert len(set(together.tolist())) < len(together)


def test_interactions_are_of_every_kind_and_a_follow_is_about_no_post(caller):
    rows = [row for page in walk(caller, NOTIFICATIONS, "notifications", limit=100) for row in page]
    assert {row["reason"] for row in rows} == {"like", "repost", "reply", "quote", "follow"}
    posts = {row["post"]["uri"] for page in walk(caller, FEED, "feed", limit=100) for row in page}
    for row in rows:
        assert ("reasonSubject" in row) == (row["reason"] != "follow")
        assert row.get("reasonSubject") in (posts | {None})
        assert re.fullmatch(r"did:plc:[a-z2-7]{24}", row["author"]["did"])


def test_the_counts_of_a_post_are_those_of_its_notifications(caller):
    rows = [row for page in walk(caller, NOTIFICATIONS, "notifications", limit=100) for row in page]
    for item in caller.ask("bluesky", FEED, limit=50).json["feed"]:
        about = [row["reason"] for row in rows if row.get("reasonSubject") == item["post"]["uri"]]
        assert item["post"]["likeCount"] == about.count("like")
        assert item["post"]["quoteCount"] == about.count("quote")


def test_the_brand_answers_and_the_filter_leaves_answers_out(caller):
    with_answers = [row for page in walk(caller, FEED, "feed", limit=100) for row in page]
    without = [row for page in walk(caller, FEED, "feed", limit=100, filter="posts_no_replies") for row in page]
    answers = [row for row in with_answers if "reply" in row["post"]["record"]]
    assert answers
    assert len(without) == len(with_answers) - len(answers)


def test_followers_are_those_who_follow_now(caller):
    pages = walk(caller, FOLLOWERS, "followers", limit=10, actor="brand.example")
    dids = [row["did"] for page in pages for row in page]
    assert len(dids) == len(set(dids)) == caller.ask("bluesky", FOLLOWERS).json["subject"]["followersCount"]
    caller.sandbox.now += 60 * 86_400_000
    later = {row["did"] for page in walk(caller, FOLLOWERS, "followers", limit=100) for row in page}
    assert later - set(dids)
    assert set(dids) - later


def test_the_thirty_first_log_in_is_too_many_and_tells_the_reset_but_not_the_wait(paced):
    told = [paced.ask("bluesky", SESSION, {"identifier": "brand.example", "password": "x"}) for _ in range(30)]
    assert [t.status for t in told] == [401] * 29 + [429]
    assert told[-1].json["error"] == "RateLimitExceeded"
    assert told[-1].headers["RateLimit-Policy"] == "30;w=300"
    assert told[-1].headers["RateLimit-Reset"].isdigit()
    assert "Retry-After" not in told[-1].headers
