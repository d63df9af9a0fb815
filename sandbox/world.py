"""A world that the dialects speak of: the simulated city, or the purchases of a file."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import numpy as np

from sandbox.chance import DAY, Chance, Floats, Ints
from sandbox.city import behaviour, conversations, crm, crowds, mail, objects, sales, social, web
from sandbox.city import people as folk
from sandbox.store import Links, Versions, links

MARGIN_DAYS = 8
LEAD_DAYS = 3  # a meeting stands in the CRM two days before it takes place, a campaign one day before it is sent


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
    noise: float = 1.0


def instant(text: str) -> int:
    """An ISO 8601 instant in epoch ms; UTC where it names no zone."""
    at = datetime.fromisoformat(text)
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)


def build(seed: int, count: int, first: date, now: int, noise: float = 1.0) -> World:
    """The city of so many people from `first` until some days after `now`; the past does not depend on `now`.

    `noise` multiplies the shares of shared devices and mailboxes, second addresses, duplicates, proxies and scanners.
    """
    start = mail.epoch(first)
    days = max(0, (now - start) // DAY + 1 + MARGIN_DAYS) if count else 0
    chance = Chance(seed, noise)
    people, town = folk.people(chance, count)
    keen = behaviour.keenness(chance, people, days)
    letters = mail.simulate(chance, people, keen, first)
    visits = web.plan(chance, people, keen, letters, start)
    fans = social.simulate(chance, people, keen, start)
    talks = conversations.simulate(chance, people, keen, start)
    shape = (days, count)
    came = daily(visits.person, visits.at, shape, start)
    human = mail.visiting(letters)
    did = {"visit": came, "click": daily(letters.act_person[human], letters.act_at[human], shape, start)}
    did["social"] = daily(fans.person, fans.at, shape, start)
    turned = [daily(t.person[t.is_inbound], t.at[t.is_inbound], shape, start) for t in talks.all]
    did["conversation"] = sum(turned, np.zeros(shape))
    points = sum((behaviour.POINTS[name] * each for name, each in did.items()), np.zeros(shape))
    bought = behaviour.purchases(chance, people, points, came)
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
            "contacts": crm.contacts(people, owned, sold, letters, start, crowds.crm_handles(seed, people)),
            "companies": crm.companies(town, owned, people, start),
            **{kind: found for kind, (found, _) in kept.items()},
        },
        links={"companies": crm.staff(people), **{kind: pairs for kind, (_, pairs) in kept.items()}},
        owners=crm.owners(start),
        mail=letters,
        web=site,
        social=fans,
        sales=sold,
        noise=noise,
    )


def daily(who: Ints, at: Ints, shape: tuple[int, int], start: int) -> Floats:
    """How many of these events each person had on each day (days first)."""
    found = np.zeros(shape)
    day = (at - start) // DAY
    inside = (day >= 0) & (day < shape[0])
    np.add.at(found, (day[inside], who[inside]), 1.0)
    return found


def until(world: World, now: int, first: date, count: int) -> World:
    """The same world, simulated further where `now` has come too near to its end."""
    return (
        world if now < world.ends - LEAD_DAYS * DAY or not count else build(world.seed, count, first, now, world.noise)
    )


def only_crm(world: World, kept: dict[str, Versions], pairs: dict[str, Links]) -> World:
    """The world with these CRM records and no others."""
    nothing = np.zeros(0, np.int64)
    none = {kind: world.objects[kind].none() for kind in world.objects}
    return replace(
        world, objects={**none, **kept}, links={**{k: links(nothing, nothing) for k in world.links}, **pairs}
    )
