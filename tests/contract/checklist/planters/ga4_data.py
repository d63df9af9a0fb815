"""GA4's reports: a record is a channel on a day."""

from datetime import date

from sandbox.chance import DAY
from sandbox.ga4_data import Totals, TotalsOf
from tests.contract.checklist.planter import Planter
from tests.contract.checklist.records import Records, midnight


def keys(held: Records) -> list[str]:
    """The names of the channels."""
    return [f"Channel {n:05d}" for n in held.number]


def store(held: Records) -> TotalsOf:
    """The property with these channels on their days."""
    of_day: dict[int, Totals] = {}
    for name, at in zip(keys(held), held.at.tolist(), strict=True):
        of_day.setdefault(at, {})[name] = (5, 4, 3, 9)

    def totals(day: date, _: int) -> Totals:
        return of_day.get(midnight(day), {})

    return totals


PLANTER = Planter(
    source="ga4_data",
    endpoint="reports",
    column="default_channel_group",
    moment="day_at",
    unit=DAY,
    page=10_000,
    path="runReport",
    store=store,
    keys=keys,
)
