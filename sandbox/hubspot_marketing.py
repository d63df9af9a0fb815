"""HubSpot's marketing emails and the events of each recipient.

https://developers.hubspot.com/docs/api-reference/legacy/marketing/marketing-emails/guide and
/docs/api-reference/legacy/email-analytics-v1/guide, read 2026-11-22.
"""

import base64

import numpy as np

from sandbox.chance import DAY, SECOND, iso_one
from sandbox.city.machines import LINKS, QUIET, manner, reads_gmail
from sandbox.hubspot_mail import (
    BOUNCE,
    CLICK,
    DROPPED,
    FILTERED,
    MISSED,
    OBSOLETE,
    OPEN,
    PROXY,
    SENT,
    STATUSCHANGE,
    TOPICS,
    TYPES,
    Letters,
    event_id,
    letters,
)
from sandbox.hubspot_records import trouble
from sandbox.wire import Ask, Reply, as_json
from sandbox.world import World

EMAILS, EVENTS = "/marketing/v3/emails", "/email/public/v1/events"
EMAIL_ID, CAMPAIGN_ID = 130_000_000_001, 210_000_001
PORTAL, APP = 4_400_001, 113
MOST_EMAILS, MOST_EVENTS = 100, 1000
SHOP = "https://shop.brand.example"
SECTIONS = ("/products/lamp", "/blog/choose-a-lamp", "/", "/about")
OMITTED = 7  # with includeStats, records are left out and nothing says so
APPLE_AGENT = "Mozilla/5.0"
SCANNER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/138.0.0.0"
GMAIL_AGENT = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
BROWSER = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"


def emails(ask: Ask, world: World, now: int) -> Reply:
    """The marketing emails that exist by now: each is written a day before it is sent."""
    limit, start = ask.number("limit", 10), _place(ask.query.get("after", ""))
    if limit is None or not 1 <= limit <= MOST_EMAILS or start is None:
        return trouble(ask, 400, "VALIDATION_ERROR", "limit must be between 1 and 100, and after a cursor.")
    known = int(np.searchsorted(letters(world).sent_at, now + DAY, "right"))
    wants_stats = ask.query.get("includeStats") == "true"
    rows = [_email(world, number, now, wants_stats) for number in range(start, min(start + limit, known))]
    if wants_stats:
        rows = [row for number, row in enumerate(rows, start) if number % OMITTED != OMITTED - 1]
    body: dict[str, object] = {"total": known, "results": rows}
    if start + limit < known:
        after = _cursor(start + limit)
        body["paging"] = {"next": {"after": after, "link": f"{ask.base}{EMAILS}?after={after}"}}
    return as_json(200, body)


def events(ask: Ask, world: World, now: int) -> Reply:
    """The events between two instants, both of them included, the newest first."""
    limit, start = ask.number("limit", 10), _place(ask.query.get("offset", ""))
    low, high = ask.number("startTimestamp", 0), ask.number("endTimestamp", now)
    if limit is None or not 1 <= limit <= MOST_EVENTS or start is None or low is None or high is None:
        return trouble(ask, 400, "VALIDATION_ERROR", "limit must be between 1 and 1000, offset a token, times numbers.")
    known = letters(world)
    lower = int(np.searchsorted(known.at, low, "left"))
    rows = np.arange(lower, np.searchsorted(known.at, min(high, now), "right"))[::-1]
    if kind := ask.query.get("eventType"):
        rows = rows[known.kind[rows] == (TYPES.index(kind) if kind in TYPES else -1)]
    if ask.query.get("excludeFilteredEvents") == "true":
        rows = rows[~np.isin(known.cause[rows], FILTERED)]
    page = [_event(world, known, row) for row in rows[start : start + limit].tolist()]
    body = {"hasMore": start + limit < len(rows), "offset": _cursor(start + len(page)), "events": page}
    return as_json(200, body)


def _cursor(place: int) -> str:
    return base64.urlsafe_b64encode(f"at{place}".encode()).decode()


def _place(cursor: str) -> int | None:
    """Where a page begins; None where the cursor is none of ours."""
    try:
        text = base64.urlsafe_b64decode(cursor).decode()
    except ValueError:
        return None
    return 0 if not text else int(text[2:]) if text.startswith("at") and text[2:].isdigit() else None


def _email(world: World, number: int, now: int, wants_stats: bool) -> dict[str, object]:
    at = int(letters(world).sent_at[number])
    is_sent = at <= now
    written, sent = iso_one(at - DAY), iso_one(at) if is_sent else None
    subject, campaign = TOPICS[number % len(TOPICS)], str(CAMPAIGN_ID + number)
    found: dict[str, object] = {
        "id": str(EMAIL_ID + number),
        "name": f"{subject} ({iso_one(at)[:10]})",
        "subject": subject,
        "state": "PUBLISHED" if is_sent else "SCHEDULED",
        "type": "BATCH_EMAIL",
        "subcategory": "batch",
        "archived": False,
        "isPublished": is_sent,
        "isTransactional": False,
        "sendOnPublish": True,
        "from": {"fromName": "Brand", "replyTo": "hello@brand.example"},
        "to": {"limitSendFrequency": False, "suppressGraymail": True},
        "content": {"templatePath": "@hubspot/email/dnd/Plain_email.html", "widgets": {}, "flexAreas": {}},
        "primaryEmailCampaignId": campaign,
        "allEmailCampaignIds": [campaign],
        "publishDate": iso_one(at),
        "publishedAt": sent,
        "createdAt": written,
        "updatedAt": sent or written,
    }
    return {**found, "stats": {"counters": {}, "ratios": {}}} if wants_stats else found


def _program(world: World, person: int, kind: int, cause: int) -> str:
    """What calls: Gmail fetches the pictures for its readers, too, and some scanners call themselves a browser."""
    who = np.array([person])
    if kind == OPEN and bool(reads_gmail(world.people, who)[0]):
        return GMAIL_AGENT
    if cause == PROXY:
        return APPLE_AGENT
    return SCANNER_AGENT if cause == MISSED and manner(who)[0] != QUIET else BROWSER


def _event(world: World, known: Letters, row: int) -> dict[str, object]:
    email, person, kind, nth = (int(part[row]) for part in (known.email, known.person, known.kind, known.nth))
    found: dict[str, object] = {
        "id": known.event_id(world.seed, row),
        "created": int(known.at[row]),
        "type": TYPES[kind],
        "recipient": world.people.email[person],
        "portalId": PORTAL,
        "appId": APP,
        "appName": "Batch",
        "emailCampaignId": CAMPAIGN_ID + email,
    }
    if kind == SENT:
        return {**found, "subject": TOPICS[email % len(TOPICS)], "from": "Brand <news@brand.example>"}
    if kind == DROPPED:
        return {**found, "dropReason": "PREVIOUSLY_UNSUBSCRIBED_MESSAGE"}
    sent = event_id(world.seed, email, person, SENT, 0)
    found["sentBy"] = {"id": sent, "created": int(known.left_at[row])}
    if known.cause[row] == OBSOLETE:
        bounce = {"id": event_id(world.seed, email, person, BOUNCE, 0), "created": int(known.left_at[row]) + 9 * SECOND}
        return {**found, "obsoletedBy": bounce}
    if kind == BOUNCE:
        return {**found, "category": "UNKNOWN_USER", "status": "5.1.1", "response": "550 5.1.1 no such user"}
    if kind == STATUSCHANGE:
        left = [{"id": 7, "status": "UNSUBSCRIBED"}]
        return {**found, "source": "SOURCE_RECIPIENT", "portalSubscriptionStatus": "SUBSCRIBED", "subscriptions": left}
    if kind in (OPEN, CLICK):
        found["userAgent"] = _program(world, person, kind, int(known.cause[row]))
        found |= {"deviceType": "COMPUTER", "filteredEvent": int(known.cause[row]) in FILTERED}
    if kind == CLICK:
        found["url"] = f"{SHOP}{SECTIONS[max(nth - 1, 0) % LINKS]}?utm_source=hs_email&utm_medium=email"
    return found
