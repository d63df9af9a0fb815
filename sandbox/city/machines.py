"""Who else opens and clicks: the image proxies of mail programs, and the gateways of companies that try every message.

Invented shares, after what is known of each kind: Apple's proxy fetches everything, at once or hours later; Gmail's
fetches as the reader looks, and now and then ahead of that; gateways try all links within seconds, or one later, some
from addresses that everybody knows and some from anywhere. So no rule finds all of them, and none is always right.
"""

from dataclasses import dataclass

import numpy as np

from sandbox.chance import HOUR, MINUTE, SECOND, Chance, Flags, Floats, Ints
from sandbox.city.people import People

APPLE, GMAIL, GATEWAY, CLOUD, ANYWHERE = 0x113A0000, 0x42F95000, 0xD1DE5000, 0x22500000, 0xC6120000
AT_ONCE, ONE_LINK, PATIENT, QUIET = range(4)
MANNERS = (0.6, 0.2, 0.15, 0.05)  # of the gateways
GMAIL_AHEAD = 0.3  # the share of messages whose pictures Gmail fetches before the reader looks
LINKS = 4
BY_CLOUD = 67  # every so many readers go out through a cloud, as those do whose firm has no network of its own


@dataclass(frozen=True)
class Touch:
    """Acts of machines, a row each: whose message, when it was tried (epoch ms), from where, which link."""

    who: Ints
    at: Ints
    ip: Ints
    link: Ints


def home_ip(people: Ints) -> Ints:
    """A stable address of a person, from the ranges reserved for documentation; of some, a cloud's."""
    home = np.where(people % 2 == 0, 0xC6336400, 0xCB007100) + people % 254 + 1
    return np.where(people % BY_CLOUD == BY_CLOUD - 1, CLOUD + people % 60_000, home)


def reads_gmail(people: People, who: Ints) -> Flags:
    """Whose pictures Gmail fetches; those of the others with a proxy Apple does."""
    found: Flags = people.has_image_proxy[who] & (who % 3 == 0)
    return found


def manner(who: Ints) -> Ints:
    """What the gateway of each does: AT_ONCE, ONE_LINK, PATIENT or QUIET."""
    return np.searchsorted(np.cumsum(MANNERS[:-1]), who * 37 % 100 / 100, "right")


def tries_link(who: Ints, link: int) -> Flags:
    """Whose gateway follows that link: all of them, or one that depends on the reader."""
    found: Flags = np.isin(manner(who), (AT_ONCE, PATIENT)) | (who % LINKS == link)
    return found


def pause(who: Ints, link: Ints | int) -> Ints:
    """How long (ms) after its first a gateway follows that link."""
    found: Ints = np.where(manner(who) == PATIENT, link * (20 + who % 70), link // 2) * SECOND
    return found


def _delays(chance: Chance, topic: str, n: int) -> tuple[Floats, Floats]:
    return chance.uniform(f"{topic}.proxy", n), chance.waiting(f"{topic}.later", 1.0, n)


def _starts(people: People, seen: Ints, at: Ints, soon: Floats, later: Floats) -> Ints:
    """When the machine of each comes: within seconds, or Apple's hours later and some gateways minutes."""
    at_once = (2 + soon[seen] * 40).astype(np.int64) * SECOND
    mean = np.array([0, 20 * MINUTE, 30 * MINUTE, HOUR])[manner(seen)]
    gateway = (mean * later[seen]).astype(np.int64)
    waits = ~reads_gmail(people, seen) & (soon[seen] > 0.7)
    proxy = (waits * np.minimum(later[seen] * 3, 20) * HOUR).astype(np.int64)
    found: Ints = at + at_once + np.where(people.has_scanner[seen], gateway, proxy) // SECOND * SECOND
    return found


def opens(chance: Chance, topic: str, people: People, got: Ints, at: Ints) -> Touch:
    """Each message that a machine fetches, once; `at` is when each of `got` was delivered."""
    ahead = chance.uniform(f"{topic}.ahead", len(people))[got] < GMAIL_AHEAD
    has = people.has_scanner[got] | people.has_image_proxy[got] & (ahead | ~reads_gmail(people, got))
    seen = got[has]
    when = _starts(people, seen, at[has], *_delays(chance, topic, len(people)))
    proxy = np.where(reads_gmail(people, seen), GMAIL + seen % 250, APPLE + seen % 60_000)
    return Touch(seen, when, np.where(people.has_scanner[seen], _gateway_ip(seen), proxy), np.zeros_like(seen))


def clicks(chance: Chance, topic: str, people: People, got: Ints, at: Ints) -> Touch:
    """The links that gateways follow: all of them, at once or one after the other, or one alone."""
    has = people.has_scanner[got]
    scanned = got[has]
    start = _starts(people, scanned, at[has], *_delays(chance, topic, len(people))) + 2 * SECOND
    links, rows = np.nonzero(np.stack([tries_link(scanned, link) for link in range(LINKS)]))
    who = scanned[rows]
    return Touch(who, start[rows] + pause(who, links), _gateway_ip(who), links)


def _gateway_ip(who: Ints) -> Ints:
    how = manner(who)
    known = np.where(how == PATIENT, CLOUD + who % 60_000, GATEWAY + who % 2048)
    return np.where((how == QUIET) | (how == AT_ONCE) & (who % 2 == 0), ANYWHERE + who % 60_000, known)
