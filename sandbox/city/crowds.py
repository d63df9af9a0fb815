"""The brand's other social networks: who of the city is there, under which names, and what they do."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

from sandbox.chance import DAY, Chance, Flags
from sandbox.city import behaviour, social
from sandbox.city.people import PLAIN, People

if TYPE_CHECKING:
    from sandbox.world import World

SHARE = {"mastodon": 0.1, "x": 0.16}
KNOWN = 0.6
OWN_SERVER = "social.example"
SERVERS = (OWN_SERVER, "fedi.example", "toots.example")


@dataclass(frozen=True)
class Crowd:
    """A row a person: who has an account, its id and handle ("" where they have none), and whether the CRM knows it."""

    is_on: Flags
    account_id: list[str]
    handle: list[str]
    crm_knows: Flags


def crowd(seed: int, people: People, network: str) -> Crowd:
    """The people's accounts on "mastodon" (user@server) or "x" (at most 15 letters)."""
    chance, n = Chance(seed), len(people)
    is_on = chance.flags(f"{network}.on", SHARE[network], n)
    server = chance.pick(f"{network}.server", len(SERVERS), n)
    first = [name.lower().translate(PLAIN) for name in people.first_name]
    handle = [f"{name.title()}_{i}"[-15:] for i, name in enumerate(first)]
    if network == "mastodon":
        handle = [f"{name}{i}@{SERVERS[server[i]]}" for i, name in enumerate(first)]
    start = 110_000_000_000_000_000 if network == "mastodon" else 1_500_000_000_000_000_000
    return Crowd(
        is_on=is_on,
        account_id=[str(start + i * 7919) if is_on[i] else "" for i in range(n)],
        handle=[handle[i] if is_on[i] else "" for i in range(n)],
        crm_knows=is_on & people.in_crm & chance.flags(f"{network}.known", KNOWN, n),
    )


def crm_handles(seed: int, people: People) -> dict[str, list[str | None]]:
    """What the CRM knows of them, by the name of its property, a row a person."""
    found = {}
    for name, network, mark in (("mastodon_handle", "mastodon", "@"), ("twitterhandle", "x", "")):
        there = crowd(seed, people, network)
        found[name] = [f"{mark}{h}" if k else None for h, k in zip(there.handle, there.crm_knows, strict=True)]
    return found


@lru_cache(maxsize=4)
def gathering(world: "World", network: str) -> tuple[Crowd, social.Social]:
    """The crowd of a network and what it does, simulated when first asked for."""
    there = crowd(world.seed, world.people, network)
    days = (world.ends - world.start) // DAY if len(world.people) else 0
    keen = behaviour.keenness(Chance(world.seed), world.people, days)
    own_dice = Chance(crc32(f"{world.seed}/{network}".encode()))
    return there, social.simulate(own_dice, replace(world.people, on_social=there.is_on), keen, world.start)
