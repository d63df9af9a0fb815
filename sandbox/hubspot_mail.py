"""The marketing emails that the CRM sends: to business contacts, on Mondays, and what comes of each, event by event.

Made when first asked for, from the same people as everything else: who was unsubscribed or gone on the mailing lists
when one of them goes out does not get it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from sandbox.chance import DAY, HOUR, SECOND, Chance, Flags, Ints, stacked
from sandbox.city.machines import LINKS, pause, reads_gmail, tries_link
from sandbox.city.mail import SUBSCRIBED
from sandbox.city.people import People
from sandbox.world import World

SENT, DELIVERED, BOUNCE, OPEN, CLICK, STATUSCHANGE, DROPPED = range(7)
HUMAN, SCANNER, PROXY, OBSOLETE, MISSED, MISTAKEN = range(6)
FILTERED = (SCANNER, MISTAKEN)  # what HubSpot's own bot filter takes out
MACHINES = (SCANNER, PROXY, MISSED)
TYPES = ("SENT", "DELIVERED", "BOUNCE", "OPEN", "CLICK", "STATUSCHANGE", "DROPPED")
WEEK = 7 * DAY
TOPICS = ("Tips for your team", "What is new this month", "A customer's story", "Invitation: the product hour")


@dataclass(frozen=True, eq=False)
class Letters:
    """A row an event, sorted by instant; `nth` tells events of one kind, reader and email apart.

    `email` counts the emails, which were sent `sent_at`, each reader's at `left_at`. Of the causes HubSpot's own bot
    filter finds SCANNER and, of what people do, MISTAKEN; it knows neither the image proxies nor the scanners that it
    MISSED; what is OBSOLETE was taken back by a bounce.
    """

    sent_at: Ints
    email: Ints
    person: Ints
    kind: Ints
    at: Ints
    nth: Ints
    left_at: Ints
    cause: Ints

    def event_id(self, seed: int, row: int) -> str:
        """The id of an event."""
        return event_id(seed, *(int(part[row]) for part in (self.email, self.person, self.kind, self.nth)))


def event_id(seed: int, *what: int) -> str:
    """An id that depends on the seed and on what it names alone."""
    return str(uuid.UUID(bytes=blake2b(f"{seed}/{what}".encode(), digest_size=16).digest(), version=4))


@lru_cache(maxsize=2)
def letters(world: World) -> Letters:
    """Every event of every marketing email of a world."""
    first_monday = world.start + (-(world.start // DAY + 3) % 7) * DAY + 8 * HOUR
    sent_at = np.arange(first_monday, world.ends, WEEK, dtype=np.int64)
    parts: list[tuple[Ints, ...]] = []
    left = np.zeros(len(world.people), bool)
    for email, at in enumerate(sent_at.tolist()):
        parts += _sent(world, email, at, left)
    return _sorted(sent_at, stacked(parts, 7))


def _sent(world: World, email: int, at: int, left: Flags) -> list[tuple[Ints, ...]]:
    """What comes of one email; who leaves because of it is marked in `left`."""
    people, chance, n = world.people, Chance(world.seed), len(world.people)
    knows = people.in_crm & people.is_b2b & (people.joined < (at - world.start) // DAY) & _wants(world, at)
    who = np.flatnonzero(knows & chance.flags(f"letter{email}.chosen", 0.6, n))
    mine = at + who % 90 * SECOND
    draw = {name: chance.uniform(f"letter{email}.{name}", n)[who] for name in ("fate", "open", "click", "leave")}
    delay = (120 + chance.waiting(f"letter{email}.delay", 5 * 3600.0, n)[who]).astype(np.int64) * SECOND
    parts: list[tuple[Ints, ...]] = []

    def note(some: Flags, kind: int, after: Ints | int, nth: int = 0, cause: Ints | int = HUMAN) -> None:
        whats = (np.broadcast_to(value, who.shape)[some] for value in (email, kind, nth, cause))
        parts.append((who[some], (mine + after)[some], mine[some], *whats))

    goes = ~left[who]
    bounces = goes & (draw["fate"] < 0.03)
    got = goes & ~bounces
    opens = got & (draw["open"] < 0.15 + 0.25 * np.clip(people.level[who], 0, 2))
    clicks, leaves = opens & (draw["click"] < 0.25), opens & (draw["leave"] < 0.1)
    note(~goes, DROPPED, 0)
    note(goes, SENT, 0)
    note(got, DELIVERED, 3 * SECOND)
    note(bounces, DELIVERED, 3 * SECOND, cause=OBSOLETE)  # the other server took it, and sent it back
    note(bounces, BOUNCE, 9 * SECOND)
    _machines(note, people, email, who, got)
    human = np.where((who * 7 + email) % 200 == 1, MISTAKEN, HUMAN)
    note(opens, OPEN, delay, cause=human)
    note(clicks, CLICK, delay + 20 * SECOND, cause=human)
    note(leaves, STATUSCHANGE, delay + 40 * SECOND)
    left[who[leaves]] = True
    return parts


def _machines(note: Callable[..., None], people: People, email: int, who: Ints, got: Flags) -> None:
    wait = np.where(reads_gmail(people, who), 20 * SECOND, who % 9 * HOUR)  # Apple's proxy comes in its own time
    note(got & people.has_image_proxy[who], OPEN, wait, nth=1, cause=PROXY)
    scanned = got & people.has_scanner[who]
    found = np.where((who + email) % 10 == 0, MISSED, SCANNER)
    for link in range(LINKS):
        note(scanned & tries_link(who, link), CLICK, 6 * SECOND + pause(who, link), nth=1 + link, cause=found)


def _sorted(sent_at: Ints, columns: list[Ints]) -> Letters:
    person, at, mine, email, kind, nth, cause = columns
    order = np.lexsort((nth, kind, person, email, at))
    return Letters(sent_at, *(column[order] for column in (email, person, kind, at, nth, mine, cause)))


def _wants(world: World, at: int) -> Flags:
    """Who stands on no mailing list as unsubscribed, cleaned or archived at that instant."""
    mail, wants = world.mail, np.ones(len(world.people), bool)
    known = np.flatnonzero(mail.status_at <= at)
    known = known[np.lexsort((mail.status_at[known], mail.status_list[known], mail.status_person[known]))]
    who, which = mail.status_person[known], mail.status_list[known]
    is_last = np.append((who[1:] != who[:-1]) | (which[1:] != which[:-1]), True)[: len(who)]
    wants[who[is_last & (mail.status[known] != SUBSCRIBED)]] = False
    return wants
