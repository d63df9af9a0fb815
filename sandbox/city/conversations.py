"""What is said between people and the company: calls, meetings, emails, tickets and survey answers."""

from dataclasses import dataclass

import numpy as np

from sandbox.chance import DAY, HOUR, SECOND, Chance, Flags, Floats, Ints, stacked
from sandbox.city.people import People
from sandbox.city.sales import Sales

NPS, CSAT, CES = 0, 1, 2
SURVEYS = ("NPS", "CSAT", "CES")
LATE_SHARE = 0.05


@dataclass(frozen=True)
class Talks:
    """Conversations of one kind, in the order they were entered; instants in epoch ms.

    `draw` is a uniform number that decides what else there is to say about each.
    """

    person: Ints
    at: Ints
    entered_at: Ints
    is_inbound: Flags
    draw: Floats


@dataclass(frozen=True)
class Conversations:
    """Every conversation by kind; tickets are closed `closed_at`, surveys have a kind and a score."""

    calls: Talks
    meetings: Talks
    emails: Talks
    tickets: Talks
    ticket_closed_at: Ints

    def points(self, shape: tuple[int, int], start: int) -> Floats:
        """How many times each person turned to the company on each day (days first)."""
        found = np.zeros(shape)
        for talks in (self.calls, self.meetings, self.emails, self.tickets):
            day = (talks.at - start) // DAY
            inside = talks.is_inbound & (day < shape[0])
            np.add.at(found, (day[inside], talks.person[inside]), 1.0)
        return found


@dataclass(frozen=True)
class Surveys:
    """Survey answers, in the order they came."""

    person: Ints
    at: Ints
    kind: Ints
    score: Ints


def _talks(chance: Chance, topic: str, rate: Floats, inbound: float, lead: int, start: int) -> Talks:
    day, who = np.nonzero(chance.uniform(topic, *rate.shape) < rate)
    n = len(day)
    hour = (8 * HOUR + chance.uniform(f"{topic}.hour", n) * 9 * HOUR).astype(np.int64) // SECOND * SECOND
    at = start + day * DAY + hour
    late = np.where(chance.flags(f"{topic}.late", LATE_SHARE, n), 1 + np.arange(n) % 3, 0) * DAY
    entered = at - lead if lead else at + late + 90 * SECOND
    order = np.lexsort((who, entered))
    is_inbound = chance.flags(f"{topic}.inbound", inbound, n)
    draw = chance.uniform(f"{topic}.draw", n)
    return Talks(who[order], at[order], entered[order], is_inbound[order], draw[order])


def simulate(chance: Chance, people: People, keen: Floats, start: int) -> Conversations:
    """The conversations of the city: mostly with business customers, more with the keen ones."""
    known = people.in_crm[None, :] & (np.arange(len(keen))[:, None] > people.joined[None, :] + 2)
    eager = np.minimum(keen, 5) * known
    business = people.is_b2b[None, :]
    tickets = _talks(chance, "ticket", 0.002 * eager, 1.0, 0, start)
    takes = (HOUR + chance.waiting("ticket.takes", 2.0 * DAY, len(tickets.person))).astype(np.int64)
    return Conversations(
        calls=_talks(chance, "call", np.where(business, 0.012, 0.001) * eager, 0.35, 0, start),
        meetings=_talks(chance, "meeting", np.where(business, 0.006, 0.0) * eager, 1.0, 2 * DAY, start),
        emails=_talks(chance, "letter", np.where(business, 0.03, 0.004) * eager, 0.45, 0, start),
        tickets=tickets,
        ticket_closed_at=tickets.at + takes // SECOND * SECOND,
    )


def surveys(chance: Chance, people: People, sales: Sales, talks: Conversations) -> Surveys:
    """Answers after purchases (CSAT next day, NPS a week later) and after closed tickets (CES)."""
    n = len(sales.person)
    bought = sales.is_purchase
    asked = ((CSAT, 1, 0.3, 5), (NPS, 7, 0.25, 11))
    parts: list[tuple[Ints, ...]] = []
    for kind, days, share, scale in asked:
        answers = bought & chance.flags(f"survey{kind}", share, n)
        who = sales.person[answers]
        at = sales.closed_at[answers] + days * DAY + who % 7000 * SECOND
        parts.append(
            (who, at, np.full(len(who), kind), _score(chance, people, who, f"survey{kind}", n, answers, scale))
        )
    closed = chance.flags("survey2", 0.4, len(talks.ticket_closed_at))
    who = talks.tickets.person[closed]
    score = _score(chance, people, who, "survey2", len(closed), closed, 7)
    parts.append((who, talks.ticket_closed_at[closed] + HOUR, np.full(len(who), CES), score))
    person, at, kind, score = stacked(parts, 4)
    order = np.lexsort((kind, person, at))
    return Surveys(person[order], at[order], kind[order], score[order])


def _score(chance: Chance, people: People, who: Ints, topic: str, n: int, answers: Flags, scale: int) -> Ints:
    """A score on the scale (NPS 0 to 10, else from 1), higher for the keen."""
    mood = 0.68 + 0.12 * people.level[who] + 0.2 * chance.on(f"{topic}.mood").standard_normal(n)[answers]
    least = 0 if scale == 11 else 1
    score: Ints = least + np.clip(np.round(mood * (scale - 1)), 0, scale - 1).astype(np.int64)
    return score
