"""Klaviyo's profiles, changed at their instant: the filter whose bounds are both strict."""

from dataclasses import replace

import numpy as np

from sandbox.klaviyo_records import Shop, shop
from sandbox.store import versions
from tests.contract.checklist.planter import Planter
from tests.contract.checklist.records import MOST, Records, crowd, town


def name(number: int) -> str:
    """The id of a profile."""
    return f"{number:026d}"


def store(held: Records) -> Shop:
    """The account with these profiles."""
    profiles = versions(held.number, held.at, held.at, {"said": ["SUBSCRIBED"] * len(held)})
    who = {"people": crowd(), "profile_ids": [name(n) for n in range(MOST)], "texted": np.zeros(MOST, bool)}
    return replace(shop(town()), **who, profiles=profiles)


PLANTER = Planter(
    source="klaviyo",
    endpoint="profiles",
    column="profile_id",
    moment="updated_at",
    unit=1000,
    page=100,
    path="/api/profiles",
    store=store,
    keys=lambda held: [name(n) for n in held.number],
    changes=True,
    blank=("attributes.last_event_date", "last_event_at"),
)
