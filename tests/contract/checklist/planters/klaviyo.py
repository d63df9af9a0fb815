"""Klaviyo's events of one metric and one person."""

from dataclasses import replace

import numpy as np

from sandbox.klaviyo_records import NAMES, Events, Shop, shop
from sandbox.klaviyo_wire import event_id
from tests.contract.checklist.planter import Planter
from tests.contract.checklist.records import Records, town

METRIC = np.int64(NAMES.index("Active on Site")) << 55


def store(held: Records) -> Shop:
    """The account with these events, each told at once."""
    return replace(shop(town()), events=Events(held.at, METRIC | held.number << 10, held.at))


def keys(held: Records) -> list[str]:
    """The ids that Klaviyo gives them."""
    known = store(held)
    return [event_id(known, row) for row in range(len(held))]


PLANTER = Planter(
    source="klaviyo",
    endpoint="events",
    column="event_id",
    moment="happened_at",
    unit=1000,
    page=1000,
    path="/api/events",
    store=store,
    keys=keys,
    blank=("attributes.event_properties.$message", "message_id"),
)
