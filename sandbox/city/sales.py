"""What people buy: orders of private customers, and the deals of business customers that take their time."""

from dataclasses import dataclass

import numpy as np

from sandbox.chance import DAY, HOUR, MINUTE, SECOND, Chance, Flags, Ints
from sandbox.city.people import People
from sandbox.city.web import ORDER, Plan, Web
from sandbox.store import NEVER

OPEN, OFFERED, WON, LOST, CANCELLED = 0, 1, 2, 3, 4
STAGES = ("appointmentscheduled", "contractsent", "closedwon", "closedlost", "cancelled")


@dataclass(frozen=True)
class Decisions:
    """Who decided to buy and when, day by day; `visit` is -1 or the planned visit that ends with the order."""

    person: Ints
    day: Ints
    visit: Ints


@dataclass(frozen=True)
class Sales:
    """The purchases, a row a decision; instants in epoch ms, NEVER where it does not come to pass.

    `closed_at` is when it was won or lost, `entered_at` when the CRM learnt of it (later for offline orders),
    `is_double` marks those entered twice by mistake, of which the second is archived a day later.
    """

    person: Ints
    is_b2b: Flags
    cents: Ints
    lines: Ints
    entered_at: Ints
    offered_at: Ints
    closed_at: Ints
    is_won: Flags
    cancelled_at: Ints
    is_double: Flags

    @property
    def is_purchase(self) -> Flags:
        """Whether it was won and not cancelled later."""
        found: Flags = self.is_won & (self.cancelled_at == NEVER)
        return found


def decisions(bought: Flags, visits: Plan, people: People, start: int) -> Decisions:
    """The decisions of each day, tied to the first visit of a private customer on that day."""
    day, person = np.nonzero(bought)
    visit_day = (visits.at - start) // DAY
    key = visit_day * max(1, len(people)) + visits.person
    keys, first = np.unique(key, return_index=True)
    wanted = day * max(1, len(people)) + person
    at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
    has_visit = keys[at] == wanted if len(keys) else np.zeros(len(wanted), bool)
    found = np.where(has_visit & ~people.is_b2b[person], first[at] if len(keys) else 0, -1)
    return Decisions(person, day, found)


def orders_of_visits(made: Decisions, visits: int) -> Ints:
    """The decision that ends each planned visit, or -1."""
    found = np.full(visits, -1)
    tied = made.visit >= 0
    found[made.visit[tied]] = np.flatnonzero(tied)
    return found


def simulate(chance: Chance, people: People, made: Decisions, web: Web, start: int) -> Sales:
    """How every decision came to pass."""
    n = len(made.person)
    is_b2b = people.is_b2b[made.person]
    hours = (8 * HOUR + chance.uniform("sale.hour", n) * 10 * HOUR).astype(np.int64) // SECOND * SECOND
    decided = start + made.day * DAY + hours
    ordered = np.full(n, -1)
    bought = web.action == ORDER
    ordered[web.order[bought]] = web.acted_at[bought]
    late = np.where(chance.flags("sale.late", 0.05, n), (1 + np.arange(n) % 3) * DAY, 20 * MINUTE)
    closing = (3 * DAY + chance.waiting("sale.closing", 5.0 * DAY, n)).astype(np.int64) // SECOND * SECOND
    happened = np.where(ordered >= 0, ordered, decided)
    cancels = chance.flags("sale.cancel", 0.04, n) & ~is_b2b
    size = chance.on("sale.size").standard_normal(n)
    won = ~is_b2b | chance.flags("sale.won", 0.65, n)
    closed = np.where(is_b2b, decided + np.minimum(closing, 40 * DAY), happened)
    return Sales(
        person=made.person,
        is_b2b=is_b2b,
        cents=np.round(np.exp(np.where(is_b2b, 8.0, 4.0) + 0.7 * size) * 100).astype(np.int64),
        lines=1 + np.minimum(chance.waiting("sale.lines", 2.0, n).astype(np.int64), 30),
        entered_at=np.where(is_b2b, decided, np.where(ordered >= 0, ordered + 30 * SECOND, decided + late)),
        offered_at=np.where(is_b2b, decided + closing // 3 // SECOND * SECOND, NEVER),
        closed_at=closed,
        is_won=won,
        cancelled_at=np.where(cancels, happened + 3 * DAY + (1 + np.arange(n) % 4) * DAY + 5 * HOUR, NEVER),
        is_double=chance.flags("sale.double", 0.006, n),
    )
