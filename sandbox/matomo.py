"""Matomo's dialect: the Reporting API's visit log.

https://developer.matomo.org/api-reference/reporting-api#Live, read 2026-11-21. Errors have status 200; the token
is taken from the form only; offset paging over several days loses visits (matomo-org/matomo#16394).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from sandbox.chance import DAY, Chance, Ints, iso_one
from sandbox.city.mail import epoch
from sandbox.city.objects import order_number
from sandbox.city.people import CODES
from sandbox.city.web import DOWNLOAD, EVENT, EVENTS, FILES, GOAL, ORDER, PAGE, PAGES, SEARCH, SEARCHES, Web
from sandbox.limits import Rolling
from sandbox.mailchimp_records import SHOP, ip, link
from sandbox.mailchimp_records import audience as mailing
from sandbox.wire import Ask, Reply, as_json
from sandbox.world import World

TOKEN = "sandbox-matomo-token"
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


class BadCall(ValueError):
    """What Matomo refuses, in its words."""


class Matomo:
    """The server of Matomo."""

    name = "matomo"

    def __init__(self, rate_factor: float) -> None:
        self.calls = Rolling(max(1, round(200 * rate_factor)), 1.0)

    def answer(self, ask: Ask, world: World, now: int) -> Reply:
        """Matomo's answer at that instant."""
        if self.calls.take() < 0:
            return self.too_many(ask)
        asked = {**ask.query, **ask.form()}
        if ask.path.rstrip("/") not in ("", "/index.php") or asked.get("module") != "API":
            return Reply(404, b"<html><body>Not found</body></html>", (("Content-Type", "text/html"),))
        try:
            if "token_auth" in ask.query or ask.form().get("token_auth") != TOKEN:
                raise BadCall(
                    "You can't access this resource as it requires 'view' access for the website id = 1. "
                    "Unable to authenticate with the provided token."
                )
            return as_json(200, called(asked, world, now))
        except BadCall as bad:
            return error(str(bad))

    def too_many(self, ask: Ask) -> Reply:  # noqa: ARG002 - the dialects share one shape
        """429 as the web server before Matomo says it."""
        return Reply(
            429, b"<html><body>Too many requests</body></html>", (("Content-Type", "text/html"), ("Retry-After", "1"))
        )

    def expired(self, ask: Ask) -> Reply:  # noqa: ARG002
        """Status 200 with an error, as for a token that was deleted."""
        return error(
            "Unable to authenticate with the provided token. It is either invalid, expired or is required to be sent as a POST parameter."
        )


def error(message: str) -> Reply:
    """Matomo's error body."""
    return as_json(200, {"result": "error", "message": message})


def called(asked: dict[str, str], world: World, now: int) -> object:
    """What the called method answers."""
    method = asked.get("method", "")
    if method == "API.getMatomoVersion":
        return {"value": "5.2.0"}
    if method not in ("Live.getLastVisitsDetails", "VisitsSummary.getVisits"):
        raise BadCall(f"The method '{method}' does not exist or is not available in the module.")
    if asked.get("format", "").lower() != "json":
        raise BadCall("The sandbox speaks format=JSON only.")
    if asked.get("idSite") != SITE:
        raise BadCall("An unexpected website was found in the request: website id was set to '0'.")
    first, last = days(asked)
    if method == "VisitsSummary.getVisits":
        return {"value": len(visits(world, now, first, last))}
    limit, offset = (whole(asked, name, default) for name, default in (("filter_limit", 10), ("filter_offset", 0)))
    rows = visits(world, now, first, last)
    seen_last = last_seen(world.web, rows, now)
    rows = rows[np.lexsort((rows, seen_last))]
    if "minTimestamp" in asked:
        rows = rows[last_seen(world.web, rows, now) > whole(asked, "minTimestamp", 0) * 1000]
    if asked.get("filter_sort_order", "desc").lower() != "asc":
        rows = rows[::-1]
    if last > first and offset > 0:
        offset += skipped(world, now, rows[:offset])
    chosen = rows[offset:] if limit < 0 else rows[offset : offset + limit]
    with_actions = asked.get("doNotFetchActions", "0") != "1"
    return [visit(world, int(row), now, with_actions) for row in chosen]


def skipped(world: World, now: int, before: Ints) -> int:
    """How many visits a multi-day walk loses for its offset: those of every day but the first are counted twice."""
    day = last_seen(world.web, before, now) // DAY
    return int((day != day[0]).sum()) if len(day) else 0


def whole(asked: dict[str, str], name: str, default: int) -> int:
    """A whole number from the call."""
    text = asked.get(name, str(default))
    if not text.lstrip("-").isdigit():
        raise BadCall(f"The parameter '{name}' is not a number.")
    return int(text)


def days(asked: dict[str, str]) -> tuple[date, date]:
    """The first and the last day that the call asks for."""
    period, text = asked.get("period", "day"), asked.get("date", "")
    try:
        first, _, last = text.partition(",")
        start = date.fromisoformat(first)
        if period == "day":
            return start, start
        if period == "week":
            monday = start - timedelta(days=start.weekday())
            return monday, monday + timedelta(days=6)
        if period == "range":
            return start, date.fromisoformat(last)
    except ValueError:
        raise BadCall(f"Date format must be: YYYY-MM-DD, got '{text}'.") from None
    raise BadCall(f"The period '{period}' is not supported.")


def last_seen(web: Web, rows: Ints, now: int) -> Ints:
    """The instant of the last action of each visit that has happened by then."""
    ends = web.offset[rows + 1] - 1
    found = web.acted_at[ends]
    for place in np.flatnonzero(found > now):
        span = web.acted_at[web.offset[rows[place]] : web.offset[rows[place] + 1]]
        found[place] = span[span <= now][-1]
    return found


def visits(world: World, now: int, first: date, last: date) -> Ints:
    """The visits whose last action so far falls on these days."""
    web = world.web
    low, high = epoch(first), epoch(last) + DAY
    begin, end = np.searchsorted(web.started_at, [low, min(high, now + 1)])
    return np.arange(begin, max(begin, end))


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
        landed = link(mailing(world), number, row)
    device, system, browser = DEVICES[int(web.device[row]) % 2]
    first, last = made[0].at, made[-1].at
    signed = people.user_id[who] if web.is_signed_in[row] else None
    goals = sum(1 for step in made if step.kind in (GOAL, ORDER))
    return {
        "idSite": SITE,
        "idVisit": str(row + 1),
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
