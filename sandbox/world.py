"""A world that the dialects speak of: the simulated city, or the purchases of a file."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import numpy as np

from sandbox.chance import DAY, Chance
from sandbox.city import behaviour, conversations, crm, mail, objects, sales, social, web
from sandbox.city import people as folk
from sandbox.store import Links, Versions, links

MARGIN_DAYS = 8


@dataclass(frozen=True, eq=False)
class World:
    """Everything that ever is in the vendors' systems; what stands at an instant is asked of the parts.

    `start` is the first instant in epoch ms, `ends` the first that has not been simulated.
    """

    seed: int
    start: int
    ends: int
    people: folk.People
    objects: dict[str, Versions]
    links: dict[str, Links]
    owners: list[dict[str, object]]
    mail: mail.Mail
    web: web.Web
    social: social.Social
    sales: sales.Sales


def instant(text: str) -> int:
    """An ISO 8601 instant in epoch ms; UTC where it names no zone."""
    at = datetime.fromisoformat(text)
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)


def build(seed: int, count: int, first: date, now: int) -> World:
    """The city of so many people from `first` until some days after `now`; the past does not depend on `now`."""
    start = mail.epoch(first)
    days = max(0, (now - start) // DAY + 1 + MARGIN_DAYS) if count else 0
    chance = Chance(seed)
    people, town = folk.people(chance, count)
    keen = behaviour.keenness(chance, people, days)
    letters = mail.simulate(chance, people, keen, first)
    visits = web.plan(chance, people, keen, letters, start)
    fans = social.simulate(chance, people, keen, start)
    talks = conversations.simulate(chance, people, keen, start)
    points = _points(people, letters, visits, fans, talks, (days, count), start)
    bought = behaviour.purchases(chance, people, points, web.visits_a_day(visits, (days, count), start))
    made = sales.decisions(bought, visits, people, start)
    site = web.simulate(chance, people, visits, start, sales.orders_of_visits(made, len(visits)))
    sold = sales.simulate(chance, people, made, site, start)
    owned = crm.assignments(chance, len(town), days, start)
    kept = {"deals": objects.deals(sold)}
    kept |= objects.talked(people, talks, conversations.surveys(chance, people, sold, talks))
    return World(
        seed=seed,
        start=start,
        ends=start + days * DAY,
        people=people,
        objects={
            "contacts": crm.contacts(chance, people, owned, sold, letters, start),
            "companies": crm.companies(town, owned),
            **{kind: found for kind, (found, _) in kept.items()},
        },
        links={kind: pairs for kind, (_, pairs) in kept.items()},
        owners=crm.owners(start),
        mail=letters,
        web=site,
        social=fans,
        sales=sold,
    )


def _points(
    people: folk.People,
    letters: mail.Mail,
    visits: web.Plan,
    fans: social.Social,
    talks: conversations.Conversations,
    shape: tuple[int, int],
    start: int,
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    points = behaviour.POINTS["visit"] * web.visits_a_day(visits, shape, start)
    points += behaviour.POINTS["conversation"] * talks.points(shape, start)
    human = (letters.act == mail.CLICK) & ~letters.act_is_machine
    for who, at, name in (
        (letters.act_person[human], letters.act_at[human], "click"),
        (fans.person, fans.at, "social"),
    ):
        day = (at - start) // DAY
        inside = day < shape[0]
        np.add.at(points, (day[inside], who[inside]), behaviour.POINTS[name])
    return points


def until(world: World, now: int, first: date, count: int) -> World:
    """The same world, simulated further where `now` has come too near to its end."""
    return world if now < world.ends - DAY or not count else build(world.seed, count, first, now)


def only_crm(world: World, kept: dict[str, Versions], pairs: dict[str, Links]) -> World:
    """The world with these CRM records and no others."""
    nothing = np.zeros(0, np.int64)
    none = {kind: world.objects[kind].none() for kind in world.objects}
    return replace(
        world, objects={**none, **kept}, links={**{k: links(nothing, nothing) for k in world.links}, **pairs}
    )
