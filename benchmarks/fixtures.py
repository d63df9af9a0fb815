"""Seeded answers of two vendors, kept as files that the loopback server cuts its pages from.

A fixture is two files: the records as JSON joined by commas, so that any page is one slice, and the offset of each
record. Ids, days and places in the file rise together, so that a window and a keyset are slices too. A contact carries
30 properties, twice as many as the extractor declares; a visit carries the 80 or so fields that Matomo sends, and eight
actions on average. Every contender is sent the same bytes.
"""

import json
import os
import random
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

FIRST_DAY = date(2026, 8, 1)
FIRST_ID = 100_000_001
DAY_IN_S = 86_400
EPOCH_DAY = int(datetime.combine(FIRST_DAY, datetime.min.time(), UTC).timestamp())
FIRST_NAMES = ("Ada", "Grace", "Linus", "Edsger", "Barbara", "Alan", "Zoë", "José", "Søren", "Łukasz", "Radia", "Ken")
LAST_NAMES = ("Lovelace", "Hopper", "Dijkstra", "Liskov", "Turing", "Perlman", "Nuñez", "Müller", "Wójcik", "Ångström")
COUNTRIES = ["fr", "de", "us", "jp", "br", "gb", "in", "no"]
STAGES = ["subscriber", "lead", "opportunity", "customer", "evangelist"]
TOPICS = ("overview", "start", "faq", "release-notes")
PLACES = [f"/{area}/{topic}" for area in ("product", "blog", "docs", "help") for topic in TOPICS]


@dataclass(frozen=True)
class Fixture:
    """How many records of what, spread evenly over how many days from FIRST_DAY."""

    entity: str
    rows: int
    days: int

    @property
    def name(self) -> str:
        """What the server and the files call it."""
        return f"{self.entity}-{self.rows}-{self.days}"

    @property
    def end_day(self) -> date:
        """The first day after its last record."""
        return FIRST_DAY + timedelta(days=self.days)

    def first_row(self, day: int) -> int:
        """The place of the first record of the `day`-th day; every earlier record is of an earlier day."""
        return min(self.rows, max(0, -(-day * self.rows // self.days)))


def iso(seconds: float) -> str:
    """An instant as both vendors write it: ISO 8601 with milliseconds and Z."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(fixture: Fixture, row: int) -> float:
    """When the record was modified: evenly through its day, one hour clear of both ends."""
    day = row * fixture.days // fixture.rows
    first, following = fixture.first_row(day), fixture.first_row(day + 1)
    return EPOCH_DAY + day * DAY_IN_S + 3600 + (row - first) * (DAY_IN_S - 7200) / (following - first)


def contact(fixture: Fixture, row: int, bits: Callable[[int], int]) -> dict[str, object]:
    """A CRM contact as HubSpot's search answers it, about 1 KB."""
    first, last = FIRST_NAMES[bits(16) % 12], LAST_NAMES[bits(16) % 10]
    name = f"{first}.{last}{row}"
    modified, created = instant(fixture, row), EPOCH_DAY - bits(24)
    number = str(FIRST_ID + row)
    properties = {
        "address": f"{bits(10)} Main Street",
        "annualrevenue": None,
        "associatedcompanyid": str(7_000_000 + bits(12)) if bits(1) else None,
        "bluesky_handle": f"{name.lower()}.example" if bits(3) == 0 else None,
        "city": COUNTRIES[bits(3)] * 3,
        "company": f"Company {bits(12)}",
        "country": COUNTRIES[bits(3)],
        "createdate": iso(created),
        "email": f"{name}@example{bits(6)}.com",
        "firstname": first,
        "hs_additional_emails": f"{row}@old.example;{row}@home.example" if bits(4) == 0 else None,
        "hs_analytics_num_page_views": str(bits(8)),
        "hs_analytics_num_visits": str(bits(6)),
        "hs_analytics_source": "ORGANIC_SEARCH",
        "hs_email_optout": "true" if bits(5) == 0 else "false",
        "hs_email_open": str(bits(7)),
        "hs_legal_basis": "Legitimate interest, prospect",
        "hs_merged_object_ids": None,
        "hs_object_id": number,
        "hubspotscore": str(bits(7)),
        "hubspot_owner_id": str(80_000 + bits(5)),
        "industry": f"INDUSTRY_{bits(5)}",
        "jobtitle": f"Manager {bits(6)}",
        "lastmodifieddate": iso(modified),
        "lastname": last,
        "lifecyclestage": STAGES[bits(16) % 5],
        "phone": f"+1 {200 + bits(9)} {bits(22):07d}" if bits(2) else "",
        "site_user_id": f"u{row}" if bits(1) else None,
        "website": f"https://example{bits(6)}.com",
        "zip": str(10_000 + bits(16)),
    }
    return {
        "id": number,
        "properties": properties,
        "createdAt": iso(created),
        "updatedAt": iso(modified),
        "archived": False,
        "url": f"https://app.hubspot.example/contacts/1/record/0-1/{number}",
    }


VISIT_TEXTS = """fingerprint siteCurrency siteCurrencySymbol serverDatePretty serverTimePretty siteName visitorType
visitorTypeIcon visitConvertedIcon visitEcommerceStatus visitEcommerceStatusIcon visitDurationPretty referrerTypeName
referrerKeywordPosition referrerSearchEngineUrl referrerSearchEngineIcon referrerSocialNetworkUrl languageCode language
deviceTypeIcon deviceBrand deviceModel operatingSystem operatingSystemName operatingSystemIcon operatingSystemVersion
browserFamily browserFamilyDescription browser browserName browserIcon browserVersion continent continentCode country
countryFlag region regionCode city location latitude longitude visitLocalTime visitLocalHour resolution plugins
pluginsIcons"""
VISIT_NUMBERS = """visitConverted secondsSinceFirstVisit daysSinceFirstVisit secondsSinceLastEcommerceOrder
totalEcommerceRevenue totalEcommerceConversions totalEcommerceItems totalAbandonedCarts events actions interactions
searches daysSinceLastVisit secondsSinceLastVisit serverTimestamp"""


def action(bits: Callable[[int], int], at: int, position: int) -> dict[str, object]:
    """One page view or event of a visit, about 500 bytes."""
    place, spent = PLACES[bits(4)], 5 + bits(8)
    event = {"eventCategory": "engage", "eventAction": "scroll", "eventName": f"depth-{bits(2) * 25}"}
    return {
        "type": "action" if position % 4 else "event",
        "url": f"https://www.example.com{place}?ref={bits(10)}",
        "pageTitle": f"Example - {place[1:]}",
        "pageIdAction": 1000 + bits(10),
        **({} if position % 4 else event),
        "idpageview": f"{bits(24):06x}",
        "serverTimePretty": iso(at),
        "pageId": str(bits(30)),
        "timeSpent": spent,
        "timeSpentPretty": f"{spent}s",
        "pageviewPosition": position + 1,
        "pageLoadTime": "1.21s",
        "title": f"Example - {place[1:]}",
        "subtitle": f"https://www.example.com{place}",
        "icon": "",
        "iconSVG": "plugins/Morpheus/images/action.svg",
        "timestamp": at,
    }


def visit(fixture: Fixture, row: int, bits: Callable[[int], int]) -> dict[str, object]:
    """A visit as Matomo's Live.getLastVisitsDetails answers it, about 6 KB."""
    count, ended = 1 + bits(16) % 15, int(instant(fixture, row))
    started = ended - 60 * (count - 1)
    return {
        "idSite": 1,
        "idVisit": 10_000_000 + row,
        "visitIp": f"203.0.113.{bits(8)}",
        "visitorId": f"{bits(64):016x}",
        "userId": f"u{bits(17)}" if bits(2) == 0 else None,
        "goalConversions": bits(1),
        "serverDate": iso(ended)[:10],
        "lastActionTimestamp": ended,
        "firstActionTimestamp": started,
        "visitDuration": ended - started,
        "visitCount": 1 + bits(4),
        "referrerType": ("direct", "search", "website", "social")[bits(2)],
        "referrerName": f"ref{bits(5)}.example.net",
        "referrerKeyword": "",
        "referrerUrl": f"https://ref{bits(5)}.example.net/path/{bits(8)}",
        "deviceType": ("Desktop", "Smartphone", "Tablet", "Desktop")[bits(2)],
        "operatingSystemCode": ("WIN", "MAC", "AND", "IOS")[bits(2)],
        "browserCode": ("CH", "FF", "SF", "PS")[bits(2)],
        "countryCode": COUNTRIES[bits(3)],
        **{field: f"{field[:12]} {bits(8)}" for field in VISIT_TEXTS.split()},
        **{field: bits(10) for field in VISIT_NUMBERS.split()},
        "actionDetails": [action(bits, started + 60 * n, n) for n in range(count)],
    }


MAKERS = {"contacts": contact, "visits": visit}


def records(fixture: Fixture, seed: int = 7) -> Iterator[bytes]:
    """The fixture's records as JSON, the same for the same seed."""
    bits, make = random.Random(f"{seed}-{fixture.name}").getrandbits, MAKERS[fixture.entity]  # noqa: S311 no secret
    for row in range(fixture.rows):
        yield json.dumps(make(fixture, row, bits), ensure_ascii=False, separators=(",", ":")).encode()


def write(folder: Path, fixture: Fixture) -> None:
    """Put the fixture's two files into the folder, unless they are there."""
    body, index = folder / f"{fixture.name}.json", folder / f"{fixture.name}.index"
    if index.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    offsets = array("Q", [0])
    with body.open("wb", buffering=1 << 22) as file:
        for record in records(fixture):
            file.write(record + b",")
            offsets.append(offsets[-1] + len(record) + 1)
    partial = index.with_suffix(f".{os.getpid()}")
    partial.write_bytes(offsets.tobytes())
    partial.replace(index)
