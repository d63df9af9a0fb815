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
    """Every conversation by kind; tickets are closed `closed_at`, messages count for nobody's keenness."""

    calls: Talks
    meetings: Talks
    emails: Talks
    tickets: Talks
    ticket_closed_at: Ints
    messages: Talks

    @property
    def all(self) -> tuple[Talks, ...]:
        """Every kind that tells how keen somebody is, in turn."""
        return self.calls, self.meetings, self.emails, self.tickets


@dataclass(frozen=True)
class Surveys:
    """Survey answers, in the order they came."""

    person: Ints
    at: Ints
    kind: Ints
    score: Ints


@dataclass(frozen=True)
class Habit:
    """How a kind of conversation goes: its topic, the share that people begin, and how long before it is entered."""

    topic: str
    inbound: float
    lead: int = 0


def _talks(chance: Chance, habit: Habit, rate: Floats, start: int) -> Talks:
    topic = habit.topic
    day, who = np.nonzero(chance.uniform(topic, *rate.shape) < rate)
    n = len(day)
    hour = (8 * HOUR + chance.uniform(f"{topic}.hour", n) * 9 * HOUR).astype(np.int64) // SECOND * SECOND
    at = start + day * DAY + hour
    late = np.where(chance.flags(f"{topic}.late", LATE_SHARE, n), 1 + np.arange(n) % 3, 0) * DAY
    entered = at - habit.lead if habit.lead else at + late + 90 * SECOND
    order = np.lexsort((who, entered))
    is_inbound = chance.flags(f"{topic}.inbound", habit.inbound, n)
    draw = chance.uniform(f"{topic}.draw", n)
    return Talks(who[order], at[order], entered[order], is_inbound[order], draw[order])


def simulate(chance: Chance, people: People, keen: Floats, start: int) -> Conversations:
    """The conversations of the city: mostly with business customers, more with the keen ones."""
    known = people.in_crm[None, :] & (np.arange(len(keen))[:, None] > people.joined[None, :] + 2)
    eager = np.minimum(keen, 5) * known
    business = people.is_b2b[None, :]
    tickets = _talks(chance, Habit("ticket", 1.0), 0.002 * eager, start)
    takes = (HOUR + chance.waiting("ticket.takes", 2.0 * DAY, len(tickets.person))).astype(np.int64)
    return Conversations(
        calls=_talks(chance, Habit("call", 0.35), np.where(business, 0.012, 0.001) * eager, start),
        meetings=_talks(chance, Habit("meeting", 1.0, 2 * DAY), np.where(business, 0.006, 0.0) * eager, start),
        emails=_talks(chance, Habit("letter", 0.45), np.where(business, 0.03, 0.004) * eager, start),
        tickets=tickets,
        ticket_closed_at=tickets.at + takes // SECOND * SECOND,
        messages=_talks(chance, Habit("message", 0.5), np.where(business, 0.008, 0.002) * eager, start),
    )


def surveys(chance: Chance, people: People, sales: Sales, talks: Conversations) -> Surveys:
    """Answers after purchases (CSAT next day, NPS a week later) and after closed tickets (CES)."""
    tickets = talks.tickets.person
    asked = (
        (CSAT, sales.person, sales.closed_at + DAY, 0.3 * sales.is_purchase, 5),
        (NPS, sales.person, sales.closed_at + 7 * DAY, 0.25 * sales.is_purchase, 11),
        (CES, tickets, talks.ticket_closed_at + HOUR, np.full(len(tickets), 0.4), 7),
    )
    parts: list[tuple[Ints, ...]] = []
    for kind, who, at, share, scale in asked:
        answers = chance.uniform(f"survey{kind}", len(who)) < share
        scores = _scores(chance, f"survey{kind}.mood", people.level[who], scale)
        parts.append((who[answers], (at + who % 7000 * SECOND)[answers], np.full(answers.sum(), kind), scores[answers]))
    person, when, kinds, score = stacked(parts, 4)
    order = np.lexsort((kinds, person, when))
    return Surveys(person[order], when[order], kinds[order], score[order])


def _scores(chance: Chance, topic: str, level: Floats, scale: int) -> Ints:
    """Scores on a scale of so many steps (NPS from 0, else from 1), higher for the keen."""
    mood = 0.68 + 0.12 * level + 0.2 * chance.on(topic).standard_normal(len(level))
    least = 0 if scale == 11 else 1
    found: Ints = least + np.clip(np.round(mood * (scale - 1)), 0, scale - 1).astype(np.int64)
    return found
