"""Mastodon's notifications of favourites of one status."""

from dataclasses import replace

import numpy as np

from sandbox.chance import Ints
from sandbox.mastodon_records import Instance, instance
from sandbox.store import NEVER
from tests.contract.checklist.planter import Planter
from tests.contract.checklist.planters.bluesky import likes
from tests.contract.checklist.records import Records, records, town


def in_order(held: Records) -> Records:
    """One for each number up to the last, because they are paged by it; those that are not there never happen."""
    numbers: Ints = np.arange(held.number.max(initial=-1) + 1)
    at = np.full(len(numbers), NEVER)
    at[held.number] = held.at
    found = records(numbers, at)
    return found[np.argsort(found.number)]


def store(held: Records) -> Instance:
    """The account with one status and these favourites of it."""
    known, every = instance(town()), in_order(held)
    fans = np.flatnonzero(known.crowd.is_on)
    return replace(known, social=likes(every, fans[every.number % len(fans)]), post_rows=np.zeros(1, np.int64))


PLANTER = Planter(
    source="mastodon",
    endpoint="notifications",
    column="notification_id",
    moment="created_at",
    unit=1,
    page=80,
    path="/notifications",
    store=store,
    keys=lambda held: [str(n + 1) for n in held.number],
    blank=("account.display_name", "actor_name"),
)
