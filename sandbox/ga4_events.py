"""The city's visits as GA4 knows them: one event for everything that happens, with its parameters.

https://support.google.com/analytics/answer/7029846 (BigQuery export schema), read 2026-11-21.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sandbox.chance import Chance, Ints
from sandbox.city.objects import order_number
from sandbox.city.people import COUNTRIES
from sandbox.city.web import DOWNLOAD, EVENT, FILES, GOAL, ORDER, PAGE, PAGES, SEARCH, SEARCHES, Web
from sandbox.mailchimp_records import SHOP, audience, link
from sandbox.matomo_visits import Step, steps
from sandbox.world import World

Event = dict[str, object]
STREAM = "5550001"
ARRIVALS = (  # source, medium, channel group of each referrer of the city; a campaign's source is the mail's own
    ("(direct)", "(none)", "Direct"),
    ("google", "organic", "Organic Search"),
    ("bsky.app", "referral", "Organic Social"),
    ("mailchimp", "email", "Email"),
    ("blog.partner.example", "referral", "Referral"),
)
DEVICES = (("desktop", "Windows"), ("mobile", "iOS"))
EVENT_NAMES = ("video_start", "form_submit", "share")
SCROLLED = 90  # percent of a page from which on GA4 measures a scroll, and the only mark that it does
SCROLLS_AFTER = 600  # thousandths of the time on a page
WITHOUT_CONSENT, LATE = 29, 37  # one person in so many gives no consent, one visit in so many is told two days late


@dataclass(frozen=True)
class Cookies:
    """The client id of every device, and the first visit of every device and of every true session."""

    client: list[str]
    first_of_device: Ints
    first_of_session: Ints


@lru_cache(maxsize=2)
def cookies(world: World) -> Cookies:
    """What GA4's own cookies know."""
    chance, web = Chance(world.seed), world.web
    count = 7 * len(world.people) + 8
    high, low = (chance.on(topic).integers(10**8, 2 * 10**9, count) for topic in ("ga4.high", "ga4.low"))
    return Cookies(
        client=[f"{a}.{b}" for a, b in zip(high.tolist(), low.tolist(), strict=True)],
        first_of_device=_firsts(web.device),
        first_of_session=_firsts(web.session),
    )


def _firsts(of: Ints) -> Ints:
    """For each visit the first one with the same number."""
    _, first, place = np.unique(of, return_index=True, return_inverse=True)
    return np.asarray(first[place], np.int64)


def has_consent(world: World, row: int) -> bool:
    """Whether cookies may be set; without it an event names neither user nor session."""
    return int(world.web.person[row]) % WITHOUT_CONSENT != 3


def is_late(row: int) -> bool:
    """Whether the device only tells two days later what happened."""
    return row % LATE == 5


def client_id(world: World, row: int) -> str:
    """The cookie of a visit's device (`user_pseudo_id`)."""
    return cookies(world).client[int(world.web.device[row])]


def session_id(world: World, row: int) -> int:
    """GA4's number of a visit's session: the second that it began in; midnight begins none."""
    return int(world.web.started_at[cookies(world).first_of_session[row]]) // 1000


def events(world: World, row: int, now: int) -> Iterator[tuple[int, Event]]:
    """The events of a visit that have happened by then, each with its instant in microseconds, in order."""
    known, made = cookies(world), steps(world.web, row, now)
    opens = int(known.first_of_session[row]) == row
    around = context(world, row)
    told: list[tuple[int, str, list[tuple[str, object]], Event]] = []
    for position, step in enumerate(made, start=1):
        name, params, more = act(world, step)
        is_entrance = opens and position == 1
        if is_entrance and int(known.first_of_device[row]) == row:
            told.append((step.at * 1000, "first_visit", page(world, row, step, 1), {}))
        if is_entrance:
            told.append((step.at * 1000, "session_start", page(world, row, step, 1), {}))
        at_page = [*page(world, row, step, position), *params, *([("entrances", 1)] if is_entrance else [])]
        told.append((step.at * 1000, name, [*at_page, ("session_engaged", "1" if position > 1 else "0")], more))
        scrolls_at = step.at + step.spent * SCROLLS_AFTER
        scrolls = step.kind == PAGE and step.depth >= SCROLLED and step.spent > 0 and scrolls_at <= now
        if scrolls:
            there = [("percent_scrolled", SCROLLED), ("engagement_time_msec", step.spent * SCROLLS_AFTER)]
            told.append((scrolls_at * 1000, "scroll", [*page(world, row, step, position), *there], {}))
        if step.spent and (step.at + step.spent * 1000) <= now:
            left = step.spent * (1000 - SCROLLS_AFTER if scrolls else 1000)
            spent = [("engagement_time_msec", left), ("session_engaged", 1)]
            told.append((step.at * 1000 + step.spent * 1_000_000 - 1000, "user_engagement", [*at_page, *spent], {}))
    told.sort(key=lambda each: each[0])
    for place, (at, name, params, more) in enumerate(told):
        batch = {"event_bundle_sequence_id": row * 100 + place, "batch_page_id": row, "batch_ordering_id": place // 4}
        own = [(key, value) for key, value in params if has_consent(world, row) or not key.startswith("ga_session")]
        yield (
            at,
            {
                "event_timestamp": at,
                "event_name": name,
                "event_params": [param(key, value) for key, value in own],
                **batch,
                "batch_event_index": place % 4 + 1,
                **around,
                **more,
            },
        )


def param(key: str, value: object) -> Event:
    """A parameter with its value where GA4 puts it by its type."""
    kind = "int_value" if isinstance(value, int) else "string_value"
    return {"key": key, "value": {kind: value}}


def page(world: World, row: int, step: Step, position: int) -> list[tuple[str, object]]:
    """The parameters that every event has."""
    path, title = PAGES[step.page]
    number = int(world.web.campaign[row])
    landed = link(audience(world), number, row) if number >= 0 and position == 1 else f"{SHOP}{path}"
    return [
        ("page_location", landed),
        ("page_title", title),
        ("ga_session_id", session_id(world, row)),
        ("ga_session_number", 1 + row % 9),
    ]


def act(world: World, step: Step) -> tuple[str, list[tuple[str, object]], Event]:
    """What is done in a step: the event's name, its own parameters, and what stands beside them."""
    if step.kind == DOWNLOAD:
        return "file_download", [("link_url", SHOP + FILES[step.page % len(FILES)])], {}
    if step.kind == SEARCH:
        searched: object = 4711 if step.page == 7 else SEARCHES[step.page % len(SEARCHES)]
        return "view_search_results", [("search_term", searched)], {}
    if step.kind == GOAL:
        return "sign_up", [("method", "newsletter")], {}
    if step.kind == EVENT:
        return EVENT_NAMES[step.page % len(EVENT_NAMES)], [], {}
    if step.kind == ORDER:
        sales = world.sales
        bought = {
            "transaction_id": order_number(step.order),
            "purchase_revenue": int(sales.cents[step.order]) / 100,
            "total_item_quantity": int(sales.lines[step.order]),
        }
        return "purchase", [("currency", "EUR")], {"ecommerce": bought}
    return "page_view", [], {}


def context(world: World, row: int) -> Event:
    """What all events of a visit share: who, on what, from where."""
    web: Web = world.web
    who, consents = int(web.person[row]), has_consent(world, row)
    source, medium, channel = ARRIVALS[int(web.referrer[cookies(world).first_of_session[row]])]
    number = int(web.campaign[row])
    campaign = world.mail.campaigns.slug[number] if number >= 0 else None
    first_source, first_medium, _ = ARRIVALS[int(web.referrer[cookies(world).first_of_device[row]])]
    category, system = DEVICES[int(web.device[row]) % 2]
    is_direct = source == "(direct)"
    return {
        "user_id": (world.people.user_id[who] or None) if consents and web.is_signed_in[row] else None,
        "user_pseudo_id": client_id(world, row) if consents else None,
        "privacy_info": {"analytics_storage": "Yes" if consents else "No"},
        "device": {"category": category, "operating_system": system},
        "geo": {"country": COUNTRIES[world.people.country[who]]},
        "traffic_source": {"source": first_source, "medium": first_medium},
        "stream_id": STREAM,
        "platform": "WEB",
        "collected_traffic_source": None
        if is_direct
        else {"manual_source": source, "manual_medium": medium, "manual_campaign_name": campaign},
        "session_traffic_source_last_click": {
            "manual_campaign": {"source": source, "medium": medium, "campaign_name": campaign},
            "cross_channel_campaign": {"source": source, "medium": medium, "default_channel_group": channel},
        },
        "is_active_user": True,
    }
