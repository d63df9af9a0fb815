"""What a Klaviyo account of the city holds: its profiles, its own mailings, and the events of its metrics.

The shop mails to its private customers by itself, a day after the newsletters, so that nobody's acts are told twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np

from sandbox.chance import DAY, HOUR, MINUTE, SECOND, Chance, Flags, Ints
from sandbox.city import behaviour, mail
from sandbox.city.machines import reads_gmail
from sandbox.city.people import People
from sandbox.city.web import GOODS, PAGE, PAGES
from sandbox.store import NEVER, Versions, versions
from sandbox.world import World

ULID = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHORT = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
KLAVIYO, SHOP, API = ("Klaviyo", "Internal"), ("Shop", "eCommerce"), ("API", "API")
METRICS = (
    ("Received Email", KLAVIYO), ("Opened Email", KLAVIYO), ("Clicked Email", KLAVIYO), ("Bounced Email", KLAVIYO),
    ("Unsubscribed from Email Marketing", KLAVIYO), ("Subscribed to Email Marketing", KLAVIYO),
    ("Received SMS", KLAVIYO), ("Clicked SMS", KLAVIYO), ("Active on Site", API), ("Viewed Product", API),
    ("Placed Order", SHOP), ("Cancelled Order", SHOP), ("Finished Quiz", API), ("Subscription Renews", API),
)  # fmt: skip
NAMES = tuple(name for name, _ in METRICS)
LATER = 26 * HOUR  # how long after the newsletters of the city the shop's own go out
USUAL_LAG, LONGEST_LAG = 20 * SECOND, 3 * DAY
AHEAD = 10 * DAY  # a renewal is known so long before it happens
TEXTS_EVERY = 14 * DAY
APPLE, MACHINE, BOT, FLOW = 1, 2, 4, 8
Tell = Callable[..., None]  # a metric's name, whose events, when, and what else they tell
PRODUCTS = np.array([i for i, (path, _) in enumerate(PAGES) if path.startswith("/products/")])


@dataclass(frozen=True, eq=False)
class Events:
    """Every event, by instant and then by `rank`, which is unique within an instant and holds metric, person, more.

    `seen_at` is when Klaviyo first tells it: later than it happened, or earlier where it lies ahead.
    """

    at: Ints
    rank: Ints
    seen_at: Ints

    def metric(self, row: int) -> str:
        """The metric's name."""
        return NAMES[int(self.rank[row]) >> 55]

    def person(self, row: int) -> int:
        """Whose event it is."""
        return int(self.rank[row]) >> 34 & 0x1FFFFF

    def detail(self, row: int) -> int:
        """A link, a page, a purchase, a kind of bounce, or flags: what the metric needs."""
        return int(self.rank[row]) >> 10 & 0xFFFFFF

    def campaign(self, row: int) -> int:
        """The campaign that it belongs to, -1 for none."""
        return (int(self.rank[row]) & 0x3FF) - 1


@dataclass(frozen=True, eq=False)
class Shop:
    """The account, ready to be asked. `joined_*`: a row a membership of a list."""

    world: World
    people: People
    mail: mail.Mail
    profile_ids: list[str]
    created: Ints
    texted: Flags
    profiles: Versions
    events: Events
    texts_at: Ints
    joined_list: Ints
    joined_person: Ints
    joined_at: Ints
    removed_at: Ints

    def code(self, topic: str, length: int = 6, alphabet: str = SHORT) -> str:
        """An id of the account's own."""
        return Chance(self.world.seed).code(f"klaviyo {topic}", length, alphabet)


@lru_cache(maxsize=2)
def shop(world: World) -> Shop:
    """The account of a world."""
    chance, people = Chance(world.seed), world.people
    n = len(people)
    has_profile = (people.in_crm & ~people.is_b2b) | chance.flags("klaviyo.profile", 0.4, n)
    wants_mail = has_profile & chance.flags("klaviyo.subscribes", 0.7, n)
    letters = programme(world, replace(people, in_mail=wants_mail))
    joined = np.maximum(people.joined, 0) * DAY + world.start
    created = np.where(people.joined < 0, world.start + MINUTE, joined + 9 * HOUR + np.arange(n) % 3600 * SECOND)
    has_phone = np.array([bool(phone) for phone in people.phone], bool)
    texted = has_profile & has_phone & chance.flags("klaviyo.sms", 0.5, n)
    who = np.flatnonzero(has_profile)
    texts_at = np.arange(world.start + 4 * DAY + 11 * HOUR, max(world.ends, world.start), TEXTS_EVERY)
    membership = letters.status_list * (n + 1) + letters.status_person
    joins, leaves = letters.status == mail.SUBSCRIBED, letters.status == mail.ARCHIVED
    pairs, rows = np.unique(membership[joins], return_index=True)
    removed = dict(zip(membership[leaves].tolist(), letters.status_at[leaves].tolist(), strict=True))
    return Shop(
        world=world,
        people=people,
        mail=letters,
        profile_ids=[chance.code(f"klaviyo profile {i}", 26, ULID) for i in range(n)],
        created=created,
        texted=texted,
        profiles=statements(letters, who, created),
        events=happened(world, letters, has_profile, texted, texts_at),
        texts_at=texts_at,
        joined_list=pairs // (n + 1),
        joined_person=pairs % (n + 1),
        joined_at=letters.status_at[joins][rows],
        removed_at=np.array([removed.get(pair, NEVER) for pair in pairs.tolist()], np.int64),
    )


def programme(world: World, people: People) -> mail.Mail:
    """The shop's own mailings: the city's readers with dice of their own, so much later."""
    days = (world.ends - world.start) // DAY
    keen = behaviour.keenness(Chance(world.seed), people, days)
    first = datetime.fromtimestamp(world.start / 1000, UTC).date()
    found = mail.simulate(Chance(world.seed + 7919), people, keen, first)
    return replace(
        found,
        campaigns=replace(found.campaigns, sent_at=found.campaigns.sent_at + LATER),
        status_at=found.status_at + LATER,
        send_at=found.send_at + LATER,
        act_at=found.act_at + LATER,
        left_at=found.left_at + LATER,
    )


def statements(letters: mail.Mail, who: Ints, created: Ints) -> Versions:
    """Every version of every profile: made, then as its consent to email and its deliverability change."""
    told = (letters.status_list == 0) & (letters.status != mail.ARCHIVED)
    person, status, at = letters.status_person[told], letters.status[told], letters.status_at[told]
    at = np.maximum(at, created[person] + SECOND)
    said = ["NEVER_SUBSCRIBED"] * len(who) + [mail.STATUSES[s].upper() for s in status]
    ids, when = np.concatenate([who, person]), np.concatenate([created[who], at])
    return versions(ids, when, created[ids], {"said": said})


def happened(world: World, letters: mail.Mail, has_profile: Flags, texted: Flags, texts_at: Ints) -> Events:
    """Every event that ever happens, in order."""
    parts: list[tuple[Ints, Ints]] = []

    def tell(name: str, who: Ints, at: Ints, detail: Ints | int = 0, campaign: Ints | int = -1) -> None:
        rank = np.int64(NAMES.index(name)) << 55 | who << 34 | np.broadcast_to(detail, who.shape) << 10
        parts.append((at, rank | np.broadcast_to(campaign, who.shape) + 1))

    mailed(letters, world.people, tell)
    visited(world, has_profile, tell)
    bought(world, has_profile, tell)
    who = np.flatnonzero(texted)
    for number, at in enumerate(texts_at.tolist()):
        reached = who[world.people.joined[who] * DAY + world.start < at]
        tell("Received SMS", reached, np.full(len(reached), at), number)
        tapped = reached[(reached + number) % 11 == 0]
        tell("Clicked SMS", tapped, at + HOUR + tapped % 7200 * SECOND, number)
    at, rank = (np.concatenate(column) for column in zip(*parts, strict=True))
    at, rank = np.unique(np.stack([at // SECOND * SECOND, rank]), axis=1)
    return Events(at, rank, seen(world, at, rank))


def seen(world: World, at: Ints, rank: Ints) -> Ints:
    """When each event is first told: soon, now and then days late, a renewal ahead, an order when the books have it."""
    draw = (rank.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(34)).astype(np.int64)
    lag = np.where(draw % 50 == 0, draw % LONGEST_LAG, USUAL_LAG)
    found = np.where(rank >> 55 == NAMES.index("Subscription Renews"), at - AHEAD, at + lag)
    orders = rank >> 55 == NAMES.index("Placed Order")
    found[orders] = np.maximum(at[orders] + USUAL_LAG, world.sales.entered_at[rank[orders] >> 10 & 0xFFFFFF])
    return found


def mailed(letters: mail.Mail, people: People, tell: Tell) -> None:
    """Sends, bounces, opens, clicks and the coming and going of subscribers, with the flags that Klaviyo sets."""
    got = letters.send_bounce == 0
    tell("Received Email", letters.send_person[got], letters.send_at[got], 0, letters.send_campaign[got])
    other = people.has_scanner[letters.act_person] | reads_gmail(people, letters.act_person)
    draw = (letters.act_person * 7 + letters.act_campaign * 3) % 200  # Klaviyo misses some of them and mistakes others
    found = np.where(letters.act_is_machine, draw % 20 != 0, draw == 1)
    flags = np.where(letters.act_is_machine & ~other, APPLE, np.where(found, MACHINE, 0))
    for name, act, detail in (
        ("Opened Email", mail.OPEN, flags),
        ("Clicked Email", mail.CLICK, letters.act_link * 8 + np.where(found, BOT, 0)),
        ("Bounced Email", mail.BOUNCE, letters.act_link),
    ):
        rows = letters.act == act
        tell(name, letters.act_person[rows], letters.act_at[rows], detail[rows], letters.act_campaign[rows])
    left = "Unsubscribed from Email Marketing"
    tell(left, letters.left_person, letters.left_at, 0, letters.left_campaign)
    joins = (letters.status == mail.SUBSCRIBED) & (letters.status_list == 0)
    who, at = letters.status_person[joins], letters.status_at[joins]
    tell("Subscribed to Email Marketing", who, at)
    tell("Received Email", who, at + 5 * MINUTE, FLOW)
    tell("Opened Email", who[who % 2 == 0], at[who % 2 == 0] + 3 * HOUR, FLOW)


def visited(world: World, has_profile: Flags, tell: Tell) -> None:
    """What signed-in visitors with a profile looked at."""
    web = world.web
    known = has_profile[web.person] & web.is_signed_in
    tell("Active on Site", web.person[known], web.started_at[known])
    visit = np.repeat(np.arange(len(web.person)), np.diff(web.offset))
    looks = known[visit] & (web.action == PAGE) & np.isin(web.page, PRODUCTS)
    tell("Viewed Product", web.person[visit[looks]], web.acted_at[looks], web.page[looks])
    quiz = known & (np.arange(len(known)) % 37 == 0)
    tell("Finished Quiz", web.person[quiz], web.started_at[quiz] + MINUTE)


def bought(world: World, has_profile: Flags, tell: Tell) -> None:
    """What private customers with a profile bought and gave back, and what some of them will get again."""
    sales = world.sales
    sold = np.flatnonzero(sales.is_won & ~sales.is_b2b & has_profile[sales.person])
    tell("Placed Order", sales.person[sold], sales.closed_at[sold], sold)
    back = sold[sales.cancelled_at[sold] < NEVER]
    tell("Cancelled Order", sales.person[back], sales.cancelled_at[back], back)
    renews = sold[sold % 9 == 0]
    tell("Subscription Renews", sales.person[renews], sales.closed_at[renews] + 2 * AHEAD, renews)


def product(page: int) -> str:
    """The id of a product by the page that shows it."""
    return f"SKU-{GOODS[int(np.searchsorted(PRODUCTS, page))]}"
