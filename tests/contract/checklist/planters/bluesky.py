"""Bluesky's likes of one post."""

from dataclasses import dataclass, fields

import numpy as np

from sandbox.bluesky_records import Network, network
from sandbox.chance import Ints
from sandbox.city.social import LIKE, Social
from tests.contract.checklist.planter import Planter
from tests.contract.checklist.records import FIRST, Records, midnight, town


@dataclass(frozen=True, eq=False)
class Planted(Network):
    """A network whose acts have numbers of their own, so that one more does not rename the others."""

    number: Ints

    def act_uri(self, row: int) -> str:
        """Where a like stands."""
        return f"at://{self.people.did[int(self.social.person[row])]}/app.bsky.feed.like/{self.number[row]}"


def likes(held: Records, who: Ints, kind: int = LIKE) -> Social:
    """That act about one post, at these instants, by these people."""
    one, zeros, never = np.zeros(1, np.int64), np.zeros(len(held), np.int64), np.full(len(town().people), 1 << 62)
    return Social(one + midnight(FIRST), one, one - 1, zeros + kind, who, zeros, held.at, never)


def store(held: Records) -> Planted:
    """The account with one post and these likes of it."""
    fans = np.flatnonzero(town().people.on_social)
    known = {f.name: getattr(network(town()), f.name) for f in fields(Network)}
    acts = {"social": likes(held, fans[held.number % len(fans)]), "post_order": np.zeros(1, np.int64)}
    return Planted(**{**known, **acts}, number=held.number)


def keys(held: Records) -> list[str]:
    """Where each like stands."""
    known = store(held)
    return [known.act_uri(row) for row in range(len(held))]


PLANTER = Planter(
    source="bluesky",
    endpoint="interactions",
    column="interaction_uri",
    moment="indexed_at",
    unit=1,
    page=100,
    path="listNotifications",
    store=store,
    keys=keys,
    blank=("author.displayName", "actor_name"),
)
