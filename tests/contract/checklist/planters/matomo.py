"""Matomo's visits of one action each."""

from dataclasses import dataclass, replace

import numpy as np

from sandbox.chance import Ints
from sandbox.city.web import PAGE, Web
from sandbox.world import World
from tests.contract.checklist.planter import Planter
from tests.contract.checklist.records import Records, town


@dataclass(frozen=True)
class Planted(Web):
    """Visits with numbers of their own, so that one more does not rename the others."""

    number: Ints

    def visit_id(self, row: int) -> str:
        """The number that a visit goes by."""
        return str(self.number[row])


def store(held: Records) -> World:
    """The city with these visits and no others."""
    zeros = np.zeros(len(held), np.int64)
    who = {"person": zeros, "session": zeros, "device": zeros, "is_signed_in": zeros == 1, "referrer": zeros}
    acts = {"action": zeros + PAGE, "page": zeros, "acted_at": held.at, "spent_in_s": zeros, "depth": zeros}
    spans = {"campaign": zeros - 1, "order": zeros - 1, "started_at": held.at, "offset": np.arange(len(held) + 1)}
    return replace(town(), web=Planted(**who, **acts, **spans, number=held.number))


PLANTER = Planter(
    source="matomo",
    endpoint="visits",
    column="visit_id",
    moment="last_action_at",
    unit=1000,
    page=500,
    path="",
    store=store,
    keys=lambda held: [str(n) for n in held.number],
    changes=True,
    blank=("browserCode", "browser"),
)
