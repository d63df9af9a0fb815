"""The web site: who comes when, on which device, signed in or not, and what they look at."""

from dataclasses import dataclass

import numpy as np

from sandbox.chance import DAY, SECOND, Chance, Flags, Floats, Ints
from sandbox.city.mail import Mail, visiting
from sandbox.city.people import People

PAGE, DOWNLOAD, SEARCH, GOAL, EVENT, ORDER = 0, 1, 2, 3, 4, 5
DIRECT, SEARCHED, SOCIAL, CAMPAIGN, WEBSITE = 0, 1, 2, 3, 4
GOODS = ("lamp", "desk", "chair", "shelf", "clock", "rug", "vase", "mirror", "stool", "frame", "basket", "candle")
ARTICLES = ("choose-a-lamp", "small-rooms", "care-for-wood", "colour-guide", "work-from-home", "gift-ideas")
PAGES = (
    ("/", "Home"),
    ("/pricing", "Pricing"),
    ("/support", "Support"),
    ("/about", "About us"),
    ("/cart", "Your cart"),
    *((f"/products/{name}", name.title()) for name in GOODS),
    *((f"/blog/{name}", name.replace("-", " ").capitalize()) for name in ARTICLES),
)
LANDING = (0, 5, 17, 1)
FILES = ("/files/catalogue.pdf", "/files/size-guide.pdf")
SEARCHES = ("oak desk", "delivery time", "returns", "reading lamp", "gift card")
EVENTS = (("video", "play", "how-it-is-made"), ("form", "submit", "newsletter"), ("share", "copy-link", "product"))
MAX_ACTIONS = 12
NIGHT_OWLS = 0.985  # above it an evening visit begins minutes before midnight, so that some go past it


@dataclass(frozen=True)
class Web:
    """Visits in the order they began, and their actions (`offset[i]` to `offset[i+1]`) in the order they were made.

    Instants are epoch ms in whole seconds; `person` and `session` are the truth; `device` numbers the cookie;
    `campaign` is -1 or the campaign whose link brought the visit; `order` is -1 or the purchase made by an action.
    """

    person: Ints
    session: Ints
    device: Ints
    is_signed_in: Flags
    referrer: Ints
    campaign: Ints
    started_at: Ints
    offset: Ints
    action: Ints
    page: Ints
    acted_at: Ints
    spent_in_s: Ints
    order: Ints

    def visit_id(self, row: int) -> str:
        """The number that a visit goes by: they are counted as they begin."""
        return str(row + 1)


@dataclass(frozen=True)
class Plan:
    """The visits before anything is looked at: who, when, and what brought them."""

    person: Ints
    at: Ints
    campaign: Ints

    def __len__(self) -> int:
        """How many visits there are."""
        return len(self.person)


def plan(chance: Chance, people: People, keen: Floats, mail: Mail, start: int) -> Plan:
    """The visits of the city: by themselves at most two a day, and one for every human click in an email."""
    rate = np.minimum(0.1 * keen * people.on_web, 1.5)
    drawn = chance.uniform("visit", *keen.shape)
    once = drawn < 1 - np.exp(-rate)
    twice = drawn < (1 - np.exp(-rate)) * 0.15
    slot = chance.uniform("visit.slot", *keen.shape) < 0.4
    second = chance.uniform("visit.second", *keen.shape)
    morning, evening = once & (slot | twice), once & (~slot | twice)
    parts = []
    for which, begins, lasts in ((morning, 6.0, 6.7), (evening, 14.0, 9.97)):
        day, who = np.nonzero(which)
        hours = begins + np.where(second[day, who] > NIGHT_OWLS, lasts, lasts * second[day, who])
        at = start + day * DAY + (hours * 3600).astype(np.int64) * SECOND
        parts.append((who, at, np.full(len(who), -1)))
    human = visiting(mail) & people.on_web[mail.act_person]
    parts.append((mail.act_person[human], mail.act_at[human] + 2 * SECOND, mail.act_campaign[human]))
    who, at, campaign = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((who, at))
    return Plan(who[order], at[order], campaign[order])


def device(chance: Chance, people: People, visits: Plan, start: int) -> Ints:
    """The cookie of each visit: the person's own (a new one now and then), the household's, or a shop terminal's."""
    n, who = len(people), visits.person
    day = (visits.at - start) // DAY
    renewed = chance.waiting("cookie", 200.0 / chance.noise, n)[who] < day
    draw = chance.uniform("device", len(visits))
    on_phone = draw < 0.3
    own = who * 4 + renewed * 2 + on_phone
    home = 4 * n + people.household[who]
    shop = 5 * n + people.terminal[who]
    shared = np.where((people.household[who] >= 0) & (draw > 0.6), home, own)
    direct: Ints = np.where((people.terminal[who] >= 0) & (draw > 0.7), shop, shared)
    return np.where(visits.campaign >= 0, own, direct)


def simulate(chance: Chance, people: People, visits: Plan, start: int, orders: Ints) -> Web:
    """The visits with their actions; `orders` holds the purchase made at the end of each visit, or -1."""
    n = len(visits)
    count = 1 + np.minimum(chance.waiting("actions", 2.6, n).astype(np.int64), MAX_ACTIONS - 2)
    count += orders >= 0
    offset = np.concatenate([[0], np.cumsum(count)])
    visit = np.repeat(np.arange(n), count)
    spent = 5 + np.minimum(chance.waiting("spent", 45.0, int(offset[-1])).astype(np.int64), 300)
    elapsed = np.cumsum(spent) - spent
    elapsed -= elapsed[offset[:-1]][visit]
    at = visits.at[visit] + elapsed * SECOND
    is_first, is_last = np.zeros(len(visit), bool), np.zeros(len(visit), bool)
    is_first[offset[:-1]], is_last[offset[1:] - 1] = True, True
    action = chance.weighted("action", (0.86, 0.03, 0.05, 0.02, 0.04), len(visit))
    action[is_first] = PAGE
    buys = is_last & (orders[visit] >= 0)
    action[buys] = ORDER
    page = chance.pick("page", len(PAGES), len(visit))
    page[is_first] = np.array(LANDING)[chance.pick("landing", len(LANDING), n)]
    referrer = chance.weighted("referrer", (0.45, 0.3, 0.15, 0.0, 0.1), n)
    may_sign_in = np.array([bool(u) for u in people.user_id], bool)[visits.person]
    joined_at = start + np.maximum(people.joined[visits.person], -1) * DAY + DAY
    signed = may_sign_in & (chance.uniform("sign_in", n) < 0.65) & (visits.at > joined_at)
    found = Web(
        person=visits.person,
        session=np.arange(n),
        device=device(chance, people, visits, start),
        is_signed_in=signed | (may_sign_in & (orders >= 0)),
        referrer=np.where(visits.campaign >= 0, CAMPAIGN, referrer),
        campaign=visits.campaign,
        started_at=visits.at,
        offset=offset,
        action=action,
        page=page,
        acted_at=at,
        spent_in_s=np.where(is_last, 0, spent),
        order=np.where(buys, orders[visit], -1),
    )
    return cut_at_midnight(found)


def cut_at_midnight(web: Web) -> Web:
    """The same actions with a new visit at midnight, as Matomo counts; both halves keep their true session."""
    visit = np.repeat(np.arange(len(web.person)), np.diff(web.offset))
    day = web.acted_at // DAY
    opens = np.append(True, (visit[1:] != visit[:-1]) | (day[1:] != day[:-1]))[: len(visit)]
    first = np.flatnonzero(opens)
    of = visit[first]
    began = web.acted_at[first]
    order = np.lexsort((of, began))
    lengths = np.diff(np.append(first, len(visit)))
    ordered = np.repeat(first[order] - np.concatenate([[0], np.cumsum(lengths[order])[:-1]]), lengths[order])
    rows = ordered + np.arange(len(visit))
    return _split(web, of[order], began[order], np.concatenate([[0], np.cumsum(lengths[order])[:-1]]), rows)


def _split(web: Web, of: Ints, began: Ints, first: Ints, rows: Ints) -> Web:
    continues = np.zeros(len(of), bool)
    continues[np.flatnonzero(web.started_at[of] != began)] = True
    return Web(
        person=web.person[of],
        session=web.session[of],
        device=web.device[of],
        is_signed_in=web.is_signed_in[of],
        referrer=np.where(continues, DIRECT, web.referrer[of]),
        campaign=np.where(continues, -1, web.campaign[of]),
        started_at=began,
        offset=np.append(first, len(rows)),
        action=web.action[rows],
        page=web.page[rows],
        acted_at=web.acted_at[rows],
        spent_in_s=web.spent_in_s[rows],
        order=web.order[rows],
    )


def ended_at(web: Web) -> Ints:
    """The instant of the last action of each visit."""
    return web.acted_at[web.offset[1:] - 1]
