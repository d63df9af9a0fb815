"""The real server says 429: the extractor waits if that is short, says until when if it is long, loses nothing."""

import time
from pathlib import Path

import pytest
import requests

from extractors.auth import Account
from extractors.errors import Busy
from tests.real.reading import account, partitions, read, rows
from tests.real.story import PASSWORD, Story

SOON = 30.0  # seconds to the reset that the extractor waits for by itself; more than 60 are left to the scheduler
WHAT = ("interaction_uri", "reason", "subject_uri", "actor_did")
ANY_CALL = "com.atproto.server.describeServer"  # counts against the limit of all calls together, 3,000 in five minutes


def spend(story: Story, method: str, body: dict[str, str] | None, leave: int) -> float:
    """Call until only so many calls are left (-1: until it says 429); the instant at which the limit is reset."""
    with requests.Session() as session:
        address = f"{story.brand.pds}/xrpc/{method}"
        while True:
            answer = session.post(address, json=body, timeout=30) if body else session.get(address, timeout=30)
            left = -1 if answer.status_code == 429 else int(answer.headers["RateLimit-Remaining"])
            if left <= leave:
                return float(answer.headers["RateLimit-Reset"])


def other(story: Story) -> Account:
    """The same account under its other identifier, because log-ins are counted by identifier."""
    return account(story, identifier=story.brand.did)


def contents(lake: Path) -> dict[Path, bytes]:
    """Every partition and what is in it."""
    return {path: path.read_bytes() for path in partitions("interactions", lake)}


def test_when_the_log_ins_are_spent_it_says_until_when(story: Story, tmp_path: Path) -> None:
    log_in = {"identifier": story.brand.handle, "password": PASSWORD}
    reset = spend(story, "com.atproto.server.createSession", log_in, leave=-1)
    with pytest.raises(Busy) as busy:
        read("interactions", account(story), tmp_path)
    assert busy.value.retry_after == pytest.approx(reset - time.time(), abs=5)
    assert not contents(tmp_path)


def test_a_short_wait_in_the_middle_of_a_walk_is_waited_for(story: Story, tmp_path: Path) -> None:
    time.sleep(max(0.0, spend(story, ANY_CALL, None, leave=200) - SOON - time.time()))
    reset = spend(story, ANY_CALL, None, leave=3)
    assert 0 < reset - time.time() <= SOON
    read("interactions", other(story), tmp_path)
    assert time.time() >= reset
    assert sorted(map(str, rows("interactions", tmp_path, *WHAT))) == sorted(map(str, story.interactions))


def test_a_long_wait_in_the_middle_of_a_walk_ends_it_and_leaves_the_days_as_they_were(
    story: Story, tmp_path: Path
) -> None:
    read("interactions", other(story), tmp_path)
    before = contents(tmp_path)
    reset = spend(story, ANY_CALL, None, leave=3)
    with pytest.raises(Busy) as busy:
        read("interactions", other(story), tmp_path)
    assert busy.value.retry_after == pytest.approx(reset - time.time(), abs=5)
    assert busy.value.retry_after > SOON
    assert contents(tmp_path) == before != {}
