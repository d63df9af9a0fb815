"""Matomo's visits and actions, as the expected outputs in its own repository have them."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sandbox.chance import DAY, Chance, Ints, iso_one
from sandbox.city.objects import order_number
from sandbox.city.people import CODES
from sandbox.city.web import DOWNLOAD, EVENT, EVENTS, FILES, GOAL, ORDER, PAGE, PAGES, SEARCH, SEARCHES, Web
from sandbox.mailchimp_records import SHOP, audience, ip, link
from sandbox.world import World

SITE = "1"
REFERRERS = (
    ("direct", "", "", ""),
    ("search", "Google", "Keyword not defined", "https://www.google.com/"),
    ("social", "Bluesky", "", "https://bsky.app/"),
    ("campaign", "", "", ""),
    ("website", "blog.partner.example", "", "https://blog.partner.example/review"),
)
KINDS = {PAGE: "action", DOWNLOAD: "download", SEARCH: "search", GOAL: "goal", EVENT: "event", ORDER: "ecommerceOrder"}
DEVICES = (("Desktop", "WIN", "CH"), ("Smartphone", "IOS", "SF"))


def last_seen(web: Web, rows: Ints, now: int) -> Ints:
    """The instant of the last action of each visit that has happened by then."""
    ends = web.offset[rows + 1] - 1
    found = web.acted_at[ends]
    for place in np.flatnonzero(found > now):
        span = web.acted_at[web.offset[rows[place]] : web.offset[rows[place] + 1]]
        found[place] = span[span <= now][-1]
    return found


@lru_cache(maxsize=2)
def visitor_ids(world: World) -> list[str]:
    """The cookie of every device, 16 hexadecimal digits."""
    chance = Chance(world.seed)
    count = 7 * len(world.people) + 8
    high, low = (chance.on(topic).integers(0, 2**32, count) for topic in ("cookie.high", "cookie.low"))
    return [f"{a:08x}{b:08x}" for a, b in zip(high.tolist(), low.tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a visit."""

    at: int
    kind: int
    page: int
    spent: int
    order: int


def steps(web: Web, row: int, now: int) -> list[Step]:
    """The actions of a visit that have happened by then."""
    span = slice(int(web.offset[row]), int(web.offset[row + 1]))
    columns = (web.acted_at[span], web.action[span], web.page[span], web.spent_in_s[span], web.order[span])
    return [Step(*values) for values in zip(*(c.tolist() for c in columns), strict=True) if values[0] <= now]


def action(world: World, step: Step, position: int, landed: str) -> dict[str, object]:
    """One action as Matomo tells it."""
    path, title = PAGES[step.page]
    found: dict[str, object] = {
        "type": KINDS[step.kind],
        "url": landed or f"{SHOP}{path}",
        "pageTitle": title,
        "pageIdAction": step.page + 1,
        "idpageview": f"{step.at // 1000 % 10**6:06d}",
        "serverTimePretty": iso_one(step.at, "", "s").replace("T", " "),
        "timeSpent": str(step.spent),
        "pageviewPosition": str(position),
        "timestamp": step.at // 1000,
    }
    if step.kind == DOWNLOAD:
        return {**found, "url": SHOP + FILES[step.page % len(FILES)], "pageTitle": None}
    if step.kind == SEARCH:
        return {**found, "siteSearchKeyword": SEARCHES[step.page % len(SEARCHES)], "siteSearchCount": step.page}
    if step.kind == GOAL:
        return {**found, "goalName": "Newsletter sign-up", "goalId": 1, "revenue": 0}
    if step.kind == EVENT:
        category, act, name = EVENTS[step.page % len(EVENTS)]
        return {**found, "eventCategory": category, "eventAction": act, "eventName": name}
    if step.kind == ORDER:
        sales = world.sales
        bought = {"orderId": order_number(step.order), "revenue": f"{int(sales.cents[step.order]) / 100:.2f}"}
        return {
            **found,
            "url": f"{SHOP}/checkout",
            "pageTitle": "Thank you",
            **bought,
            "items": str(sales.lines[step.order]),
        }
    return found


def visit(world: World, row: int, now: int, with_actions: bool) -> dict[str, object]:
    """One visit as it stands by then; what is missing is "" or null, as Matomo has it."""
    web, people = world.web, world.people
    who, number = int(web.person[row]), int(web.campaign[row])
    made = steps(web, row, now)
    kind, name, keyword, url = REFERRERS[int(web.referrer[row])]
    landed = ""
    if number >= 0:
        name = keyword = world.mail.campaigns.slug[number]
        landed = link(audience(world), number, row)
    device, system, browser = DEVICES[int(web.device[row]) % 2]
    first, last = made[0].at, made[-1].at
    signed = people.user_id[who] if web.is_signed_in[row] else None
    goals = sum(1 for step in made if step.kind in (GOAL, ORDER))
    return {
        "idSite": SITE,
        "idVisit": web.visit_id(row),
        "visitIp": ip((0xC6336400, 0xCB007100)[who % 2] + who % 254 + 1),
        "visitorId": visitor_ids(world)[int(web.device[row])],
        "fingerprint": f"{who:016x}"[::-1],
        "actionDetails": [action(world, s, i + 1, landed if i == 0 else "") for i, s in enumerate(made)]
        if with_actions
        else [],
        "goalConversions": goals,
        "siteCurrency": "EUR",
        "serverDate": iso_one(last, "", "D"),
        "visitServerHour": str(last % DAY // 3_600_000),
        "lastActionTimestamp": last // 1000,
        "lastActionDateTime": iso_one(last, "", "s").replace("T", " "),
        "siteName": "Brand",
        "serverTimestamp": last // 1000,
        "firstActionTimestamp": first // 1000,
        "userId": signed,
        "visitorType": "returning" if row % 3 else "new",
        "visitCount": str(1 + row % 9),
        "visitDuration": str((last - first) // 1000 + made[-1].spent),
        "actions": str(len(made)),
        "referrerType": kind,
        "referrerName": name,
        "referrerKeyword": keyword,
        "referrerUrl": url,
        "deviceType": device,
        "operatingSystemCode": system,
        "browserCode": browser,
        "countryCode": CODES[people.country[who]],
    }
