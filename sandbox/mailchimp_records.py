"""Mailchimp's records, as its specification 3.0.55 and recorded answers have them."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sandbox.chance import DAY, MINUTE, Chance, Ints, iso_one
from sandbox.city.mail import BOUNCE, LINKS, LISTS, STATUSES, Mail
from sandbox.city.people import CODES, People
from sandbox.store import Versions, versions
from sandbox.world import World

ACTIONS = ("open", "click", "bounce")
FATES = ("sent", "soft", "hard")
LIST_STEP = 10**9
BOUNCE_LAG = 4 * MINUTE
SHOP = "https://shop.brand.example"
SECTIONS = ("/products/lamp", "/blog/choose-a-lamp", "/", "/about")


@dataclass(frozen=True, eq=False)
class Audience:
    """The lists of a world, ready to be asked."""

    people: People
    mail: Mail
    list_ids: list[str]
    member_ids: list[str]
    unique_ids: list[str]
    members: Versions
    statuses: npt.NDArray[np.object_]
    send_from: Ints
    act_from: Ints
    act_seen_at: Ints

    def list_of(self, rows: Ints) -> Ints:
        """The list of each statement about a member."""
        return self.members.ids[rows] // LIST_STEP

    def sent(self, now: int) -> list[str]:
        """The codes of the campaigns sent by then, oldest first."""
        return self.mail.campaigns.code[: int(np.searchsorted(self.mail.campaigns.sent_at, now, "right"))]

    def written(self, now: int) -> list[int]:
        """The campaigns that exist by then: each is written a day before it is sent; -1 is a draft."""
        known = int(np.searchsorted(self.mail.campaigns.sent_at, now + DAY, "right"))
        return [*range(known), *([-1] if known else [])]

    def sends_of(self, number: int) -> Ints:
        """The recipients of a campaign."""
        return np.arange(self.send_from[number], self.send_from[number + 1])

    def acts_of(self, number: int, person: int) -> range:
        """What one recipient of a campaign ever does about it."""
        low, high = self.act_from[number], self.act_from[number + 1]
        who = self.mail.act_person[low:high]
        return range(int(low + np.searchsorted(who, person, "left")), int(low + np.searchsorted(who, person, "right")))


@lru_cache(maxsize=2)
def audience(world: World) -> Audience:
    """The audience of a world."""
    mail, people = world.mail, world.people
    chance = Chance(world.seed)
    n = len(mail.campaigns.code)
    who = mail.status_person
    early = mail.status_at.min(initial=world.start)
    joined = np.maximum(people.joined, 0) * DAY + world.start
    opted = np.where(people.joined < 0, early - (np.arange(len(people)) % 700 + 1) * DAY, joined)
    said = [STATUSES[s] for s in mail.status]
    members = versions(mail.status_list * LIST_STEP + who, mail.status_at, opted[who], {"status": said})
    return Audience(
        people=people,
        mail=mail,
        list_ids=[chance.code(f"list{i}", 10) for i in range(len(LISTS))],
        member_ids=[hashlib.md5(e.lower().encode(), usedforsecurity=False).hexdigest() for e in people.mail_email],
        unique_ids=[chance.code(f"unique{i}", 10) for i in range(len(people))],
        members=members,
        statuses=np.array(members.wire["status"].to_pylist(), object),
        send_from=np.searchsorted(mail.send_campaign, np.arange(n + 1)),
        act_from=np.searchsorted(mail.act_campaign, np.arange(n + 1)),
        act_seen_at=mail.act_at + (mail.act == BOUNCE) * BOUNCE_LAG,
    )


def when(at: int) -> str:
    """Mailchimp's times: whole seconds, +00:00."""
    return iso_one(at, "+00:00", "s")


def ip(number: int) -> str:
    """An address as text."""
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def link(known: Audience, number: int, place: int) -> str:
    """Where one of the links of a campaign leads."""
    slug = known.mail.campaigns.slug[number]
    code = known.mail.campaigns.code[number]
    tags = f"utm_source=mailchimp&utm_medium=email&utm_campaign={slug}&mc_cid={code}"
    return f"{SHOP}{SECTIONS[place % LINKS]}?{tags}"


def mailing_list(known: Audience, which: int, now: int) -> dict[str, object]:
    """One audience with its counts."""
    rows = known.members.as_of(now)
    said = known.statuses[rows[known.list_of(rows) == which]]
    counts = {name: int((said == name).sum()) for name in STATUSES}
    return {
        "id": known.list_ids[which],
        "web_id": 900_000 + which,
        "name": LISTS[which],
        "permission_reminder": "You signed up on our website.",
        "email_type_option": False,
        "date_created": when(int(known.members.created.min(initial=now))),
        "list_rating": 3,
        "visibility": "prv",
        "double_optin": False,
        "stats": {
            "member_count": counts["subscribed"],
            "unsubscribe_count": counts["unsubscribed"],
            "cleaned_count": counts["cleaned"],
            "campaign_count": sum(1 for i in known.mail.campaigns.list_of[: len(known.sent(now))] if i == which),
        },
        "_links": [],
    }


def member(known: Audience, row: int) -> dict[str, object]:
    """One member as the statement in that row has it."""
    kept = known.members
    which, i = divmod(int(kept.ids[row]), LIST_STEP)
    people = known.people
    imported = bool(people.joined[i] < 0)
    opted = when(int(kept.created[row]))
    return {
        "id": known.member_ids[i],
        "email_address": people.mail_email[i],
        "unique_email_id": known.unique_ids[i],
        "contact_id": known.member_ids[i][::-1],
        "full_name": f"{people.first_name[i]} {people.last_name[i]}" if i % 4 else "",
        "web_id": 540_000_000 + i,
        "email_type": "html",
        "status": str(known.statuses[row]),
        "merge_fields": {
            "FNAME": people.first_name[i] if i % 4 else "",
            "LNAME": people.last_name[i] if i % 4 else "",
            "PHONE": "",
        },
        "stats": {"avg_open_rate": 0, "avg_click_rate": 0},
        "ip_signup": "",
        "timestamp_signup": "" if imported else opted,
        "ip_opt": "192.0.2.1",
        "timestamp_opt": opted,
        "member_rating": 2 + i % 4,
        "last_changed": when(int(kept.at[row])),
        "language": "",
        "vip": i % 97 == 0,
        "email_client": "",
        "location": {
            "latitude": 0,
            "longitude": 0,
            "gmtoff": 0,
            "dstoff": 0,
            "country_code": CODES[people.country[i]].upper(),
        },
        "source": "Import" if imported else "Web Form",
        "tags_count": 0,
        "tags": [],
        "list_id": known.list_ids[which],
        "_links": [],
    }


def campaign(known: Audience, number: int, now: int) -> dict[str, object]:
    """One campaign; a draft has "" where others have the time they were sent."""
    plans = known.mail.campaigns
    is_draft = number < 0
    sent = int(plans.sent_at[number])
    is_sent = not is_draft and sent <= now
    slug = "autumn-ideas" if is_draft else plans.slug[number]
    which = 0 if is_draft else int(plans.list_of[number])
    created = int(plans.sent_at[0]) if is_draft else sent - DAY
    return {
        "id": "0dra" + plans.code[0][4:] if is_draft else plans.code[number],
        "web_id": 13_000_000 + number,
        "type": "regular",
        "create_time": when(created),
        "status": "save" if is_draft else "sent" if is_sent else "schedule",
        "emails_sent": len(known.sends_of(number)) if is_sent else 0,
        "send_time": "" if is_draft else when(sent),
        "content_type": "template",
        "recipients": {
            "list_id": known.list_ids[which],
            "list_is_active": True,
            "list_name": LISTS[which],
            "segment_text": "",
            "recipient_count": len(known.sends_of(number)) if is_sent else 0,
        },
        "settings": {
            "title": slug,
            "subject_line": slug.replace("-", " ").capitalize(),
            "from_name": "Brand",
            "reply_to": "hello@brand.example",
        },
        "tracking": {
            "opens": is_draft or bool(plans.tracks_opens[number]),
            "html_clicks": True,
            "text_clicks": False,
            "goal_tracking": False,
            "ecomm360": False,
            "google_analytics": "",
            "clicktale": "",
        },
        "_links": [],
    }
