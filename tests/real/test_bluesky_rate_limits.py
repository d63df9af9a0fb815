"""The real server says 429: the extractor waits if that is short, says until when if it is long, loses nothing."""

import time
from pathlib import Path

import pytest
import requests

from extractors.errors import Busy
from tests.real.reading import account, partitions, read, rows
from tests.real.story import PASSWORD, Story

LONG = 60.0  # seconds; what is longer than this is left to the scheduler


def spend(story: Story, method: str, body: dict[str, str] | None, leave: int) -> float:
    """Call until only so many calls are left (0: until it says 429); the instant at which the limit is reset."""
    with requests.Session() as session:
        while True:
            address = f"{story.brand.pds}/xrpc/{method}"
            answer = session.post(address, json=body, timeout=30) if body else session.get(address, timeout=30)
            spent = answer.status_code == 429 if leave == 0 else int(answer.headers["RateLimit-Remaining"]) <= leave
            if spent:
                return float(answer.headers["RateLimit-Reset"])


def contents(lake: Path) -> dict[Path, bytes]:
    """Every partition and what is in it."""
    return {path: path.read_bytes() for path in partitions("interactions", lake)}


def test_when_the_log_ins_are_spent_it_says_until_when(story: Story, tmp_path: Path) -> None:
    log_in = {"identifier": story.brand.handle, "password": PASSWORD}
    reset = spend(story, "com.atproto.server.createSession", log_in, leave=0)
    with pytest.raises(Busy) as busy:
        read("interactions", account(story), tmp_path)
    assert busy.value.retry_after == pytest.approx(reset - time.time(), abs=5)
    assert not contents(tmp_path)


def test_a_walk_cut_short_by_the_limit_loses_nothing_and_ends_when_it_may_go_on(story: Story, tmp_path: Path) -> None:
    by_did = account(story, identifier=story.brand.did)  # another identifier, whose log-ins are not spent
    read("interactions", by_did, tmp_path)
    before = contents(tmp_path)
    reset = spend(story, "com.atproto.server.describeServer", None, leave=3)
    assert reset - time.time() > LONG
    with pytest.raises(Busy):
        read("interactions", by_did, tmp_path)
    assert contents(tmp_path) == before

    time.sleep(max(0.0, reset - LONG / 2 - time.time()))
    read("interactions", by_did, tmp_path)
    assert time.time() >= reset
    found = rows("interactions", tmp_path, "interaction_uri", "reason", "subject_uri", "actor_did")
    assert sorted(map(str, found)) == sorted(map(str, story.interactions))
