"""What the unchanged extractor brings back from a real Bluesky network is exactly what happened on it."""

from pathlib import Path

import pytest

from extractors.errors import Refused
from tests.real.reading import account, landed, read, rows
from tests.real.story import Story


def test_the_posts_are_exactly_those_of_the_account(story: Story, tmp_path: Path) -> None:
    receipts = read("posts", account(story), tmp_path)
    found = rows("posts", tmp_path, "post_uri", "listed_because", "reply_to_uri")
    assert sorted(map(str, found)) == sorted(map(str, story.posts))
    assert max(receipt.pages for receipt in receipts) > 1


def test_every_post_carries_the_likes_that_it_got(story: Story, tmp_path: Path) -> None:
    read("posts", account(story), tmp_path)
    found = {str(uri): count for uri, count in rows("posts", tmp_path, "post_uri", "like_count")}
    assert sum(story.like_counts.values()) > 0
    assert {uri: found[uri] for uri in story.like_counts} == dict(story.like_counts)


def test_the_interactions_are_exactly_those_that_happened(story: Story, tmp_path: Path) -> None:
    receipts = read("interactions", account(story), tmp_path)
    found = rows("interactions", tmp_path, "interaction_uri", "reason", "subject_uri", "actor_did")
    assert sorted(map(str, found)) == sorted(map(str, story.interactions))
    assert max(receipt.pages for receipt in receipts) > 2
    assert sum(receipt.rejected for receipt in receipts) == 0


def test_an_actor_is_known_by_the_same_digest_in_every_table(story: Story, tmp_path: Path) -> None:
    for endpoint in ("interactions", "followers"):
        read(endpoint, account(story), tmp_path)
    acted = dict(rows("interactions", tmp_path, "actor_did", "actor_handle_digest"))
    follow = dict(rows("followers", tmp_path, "follower_did", "follower_handle_digest"))
    assert follow.items() <= acted.items()
    assert len(set(follow.values())) == len(story.followers)


def test_the_followers_are_exactly_those_who_follow(story: Story, tmp_path: Path) -> None:
    receipts = read("followers", account(story), tmp_path)
    found = rows("followers", tmp_path, "follower_did", "follower_handle")
    assert sorted(map(str, found)) == sorted(map(str, story.followers))
    assert max(receipt.pages for receipt in receipts) > 1


def test_reading_again_gives_the_same_rows(story: Story, tmp_path: Path) -> None:
    once = read("interactions", account(story), tmp_path)
    again = read("interactions", account(story), tmp_path)
    assert [r.content_digest for r in once] == [r.content_digest for r in again]
    assert landed("interactions", tmp_path).num_rows == len(story.interactions)


def test_a_wrong_password_is_refused_and_lands_nothing(story: Story, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read("posts", account(story, password="not-the-password"), tmp_path)
    assert "not-the-password" not in str(refused.value)
    assert not list(tmp_path.rglob("*.parquet"))
