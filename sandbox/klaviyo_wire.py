"""Klaviyo's objects, as its specification of 2026-07-15 and recorded answers have them."""

import numpy as np

from sandbox.chance import DAY, SECOND, Chance, iso_one
from sandbox.city.mail import LINKS, LISTS
from sandbox.city.objects import order_number
from sandbox.city.people import COUNTRIES
from sandbox.city.web import PAGES
from sandbox.klaviyo_query import Record
from sandbox.klaviyo_records import APPLE, BOT, FLOW, KLAVIYO, MACHINE, METRICS, ULID, Shop, product
from sandbox.mailchimp_records import SECTIONS, SHOP

ARCHIVED_AFTER = 20 * DAY


def when(at: int) -> str:
    """Klaviyo's instants, as the specification has them."""
    return iso_one(at, "+00:00", "s")


def instant_of_event(at: int, is_own: bool) -> str:
    """An event's instant: with T for Klaviyo's own metrics, with a blank for what was sent in, as recorded."""
    return when(at) if is_own else when(at).replace("T", " ")


def linked(kind: str, code: str, **relations: Record) -> Record:
    """What every object has around its attributes."""
    return {"type": kind, "id": code, "links": {"self": f"https://a.klaviyo.com/api/{kind}s/{code}/"}, **relations}


def relation(kind: str, code: str, to: str) -> Record:
    """Where a relationship of an object can be followed."""
    here = f"https://a.klaviyo.com/api/{kind}s/{code}"
    return {"links": {"self": f"{here}/relationships/{to}/", "related": f"{here}/{to}/"}}


def profile(known: Shop, row: int) -> Record:
    """The attributes of a profile as a statement has them; an imported one has "" for what it lacks, others null."""
    i = int(known.profiles.ids[row])
    people = known.people
    nothing = "" if people.joined[i] < 0 else None
    is_by_text = known.texted[i] and i % 33 == 0
    return {
        "email": None if is_by_text else people.email[i],
        "phone_number": people.phone[i].replace(" ", "") if known.texted[i] else None,
        "external_id": people.user_id[i] or nothing,
        "first_name": people.first_name[i] if i % 5 else nothing,
        "last_name": people.last_name[i] if i % 5 else nothing,
        "organization": None,
        "locale": None,
        "title": None,
        "image": None,
        "created": when(int(known.profiles.created[row])),
        "updated": when(int(known.profiles.at[row])),
        "last_event_date": None,
        "location": {
            "address1": None, "address2": None, "city": None, "country": COUNTRIES[people.country[i]],
            "latitude": None, "longitude": None, "region": None, "zip": None, "timezone": None, "ip": None,
        },
        "properties": {},
    }  # fmt: skip


def subscriptions(known: Shop, row: int) -> Record:
    """Where a profile may be written to, by channel, and since when."""
    i, at = int(known.profiles.ids[row]), when(int(known.profiles.at[row]))
    said = known.profiles.wire["said"][row].as_py()
    is_cleaned, is_new = said == "CLEANED", said == "NEVER_SUBSCRIBED"
    consent = "SUBSCRIBED" if is_cleaned else said
    texts = when(int(known.created[i])) if known.texted[i] else None
    email = {
        "can_receive_email_marketing": said == "SUBSCRIBED",
        "consent": consent,
        "consent_timestamp": None if is_new or is_cleaned else at,
        "last_updated": None if is_new else at,
        "method": None if is_new else "API",
        "method_detail": "",
        "custom_method_detail": None,
        "double_optin": None if is_new else False,
        "suppression": [{"reason": "HARD_BOUNCE", "timestamp": at}] if is_cleaned else [],
        "list_suppressions": [],
    }
    text = {
        "can_receive_sms_marketing": bool(texts),
        "consent": "SUBSCRIBED" if texts else "NEVER_SUBSCRIBED",
        "consent_timestamp": texts,
        "method": "TEXT" if texts else None,
        "method_detail": None,
        "last_updated": texts,
    }
    push = {"can_receive_push_marketing": False, "consent": "NEVER_SUBSCRIBED", "consent_timestamp": None}
    return {"email": {"marketing": email}, "sms": {"marketing": text}, "mobile_push": {"marketing": push}}


def metric_id(known: Shop, name: str) -> str:
    """The id of a metric."""
    return known.code(f"metric {name}")


def metric(known: Shop, name: str) -> Record:
    """The attributes of a metric, with the integration that feeds it."""
    vendor, category = dict(METRICS)[name]
    at = iso_one(known.world.start, "+00:00", "s")
    integration = {"object": "integration", "id": known.code(f"integration {vendor}"), "key": vendor.lower()}
    return {
        "name": name,
        "created": at,
        "updated": at,
        "integration": {**integration, "name": vendor, "category": category},
    }


def event_id(known: Shop, row: int) -> str:
    """The id of an event."""
    return Chance(known.world.seed).code(f"klaviyo event {known.events.at[row]} {known.events.rank[row]}", 11)


def event(known: Shop, row: int) -> Record:
    """The attributes of an event."""
    name, at = known.events.metric(row), int(known.events.at[row])
    return {
        "timestamp": at // SECOND,
        "event_properties": properties(known, row, name),
        "datetime": instant_of_event(at, dict(METRICS)[name] == KLAVIYO),
        "uuid": f"{at // SECOND:08x}-0000-1000-8001-{known.events.person(row):012x}",
    }


def properties(known: Shop, row: int, name: str) -> Record:  # noqa: PLR0911 - a shape for every metric
    """What an event of that metric tells beside who and when."""
    detail, number = known.events.detail(row), known.events.campaign(row)
    mailed: Record = {} if number < 0 else {"Subject": "Ideas", "$message": campaign_id(known, number)}
    if detail & FLOW and name in ("Received Email", "Opened Email"):
        mailed = {"Subject": "Welcome", "$flow": known.code("flow"), "$message": known.code("flow message")}
    match name:
        case "Opened Email":
            return {**mailed, "Apple Privacy Open": bool(detail & APPLE), "Machine Open": bool(detail & MACHINE)}
        case "Clicked Email":
            url = f"{SHOP}{SECTIONS[(detail >> 3) % LINKS]}?utm_source=klaviyo"
            return {**mailed, "URL": url, "Bot Click": bool(detail & BOT)}
        case "Bounced Email":
            return {**mailed, "Bounce Type": ("", "Soft", "Hard")[detail]}
        case "Received SMS" | "Clicked SMS":
            return {"$message": text_id(known, detail)}
        case "Active on Site":
            return {"page": f"{SHOP}/", "$is_session_activity": True}
        case "Viewed Product":
            return {"ProductID": product(detail), "URL": f"{SHOP}{PAGES[detail][0]}"}
        case "Placed Order" | "Cancelled Order" | "Subscription Renews":
            return {**purchase(known, detail), **attributed(known, row)}
        case "Subscribed to Email Marketing":
            return {"List": LISTS[0]}
    return mailed


def purchase(known: Shop, which: int) -> Record:
    """What an event tells of a purchase."""
    order = order_number(which)
    cents, lines = int(known.world.sales.cents[which]), int(known.world.sales.lines[which])
    value = {"$value": cents / 100, "$currency_code": "EUR"}
    return {"$event_id": order, "OrderId": order, **value, "Item Count": lines}


def attributed(known: Shop, row: int) -> Record:
    """The campaign that Klaviyo gives the credit for some of the purchases: the last one before it."""
    number = int(np.searchsorted(known.mail.campaigns.sent_at, known.events.at[row])) - 1
    is_credited = number >= 0 and known.events.detail(row) % 3 == 0
    return {"$attributed_message": campaign_id(known, number)} if is_credited else {}


def campaign_id(known: Shop, number: int) -> str:
    """The id of an email campaign, -1 being a draft."""
    sent = "draft" if number < 0 else str(known.mail.campaigns.sent_at[number])
    return known.code(f"campaign {sent}", 26, ULID)


def text_id(known: Shop, number: int) -> str:
    """The id of an SMS campaign, -1 being a draft."""
    sent = "draft" if number < 0 else str(known.texts_at[number])
    return known.code(f"text {sent}", 26, ULID)


def campaign(name: str, sent: int | None, now: int, written: int, tracking: Record) -> Record:
    """The attributes of a campaign: a draft without a time, one planned for tomorrow, or one that was sent."""
    is_sent = sent is not None and sent <= now
    return {
        "name": name,
        "status": "Draft" if sent is None else "Sent" if is_sent else "Scheduled",
        "archived": is_archived(sent, now),
        "audiences": {"included": [], "excluded": []},
        "send_options": {"use_smart_sending": True},
        "tracking_options": tracking,
        "send_strategy": {"method": "static", "datetime": when(sent or written)},
        "created_at": when(written),
        "scheduled_at": None if sent is None else when(written),
        "updated_at": when(sent if sent is not None and is_sent else written),
        "send_time": None if sent is None else when(sent),
    }


def is_archived(sent: int | None, now: int) -> bool:
    """Whether a campaign was put away: every third one, some weeks after it was sent."""
    return sent is not None and sent <= now - ARCHIVED_AFTER and sent // DAY % 3 == 0


def mailing_list(known: Shop, which: int) -> Record:
    """The attributes of a list."""
    at = when(known.world.start)
    return {"name": LISTS[which], "created": at, "updated": at, "opt_in_process": "single_opt_in"}


def list_id(known: Shop, which: int) -> str:
    """The id of a list."""
    return known.code(f"list {which}")
