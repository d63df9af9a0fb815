"""X's mentions of the account, all of them answers to one post."""

from dataclasses import dataclass, fields

import numpy as np

from sandbox.chance import Ints
from sandbox.city.social import REPLY
from sandbox.x_records import Timeline, timeline
from tests.contract.checklist.planter import Planter
from tests.contract.checklist.planters.bluesky import likes
from tests.contract.checklist.records import Records, town


@dataclass(frozen=True, eq=False)
class Planted(Timeline):
    """A timeline whose mentions have numbers of their own, so that one more does not rename the others."""

    number: Ints

    def act_id(self, row: int) -> str:
        """The id of a mention."""
        return str(10**18 + int(self.number[row]))


def store(held: Records) -> Planted:
    """The account with one post and these answers to it."""
    known = {f.name: getattr(timeline(town()), f.name) for f in fields(Timeline)}
    fans = np.flatnonzero(known["crowd"].is_on)
    acts = {"social": likes(held, fans[held.number % len(fans)], REPLY), "post_rows": np.zeros(1, np.int64)}
    return Planted(**{**known, **acts}, number=held.number)


PLANTER = Planter(
    source="x",
    endpoint="mentions",
    column="post_id",
    moment="created_at",
    unit=1000,
    page=100,
    path="/mentions",
    store=store,
    keys=lambda held: [str(10**18 + n) for n in held.number.tolist()],
    blank=("lang", "language"),
)
