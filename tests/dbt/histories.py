"""Random histories of small towns: what each day says, what it says late, and what it takes back.

A town is a handful of people who share addresses, devices and handles more often than anyone would, so that merges and
splits are frequent. Towns are kept apart by a prefix of all their ids, so that many of them live in one lake.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.dbt.lake import Lake, at, digest

DAYS = tuple(date(2026, 8, n) for n in (1, 2, 3))
PEOPLE, ADDRESSES, USERS, DEVICES = 4, 4, 3, 3
Row = dict[str, Any]
Place = tuple[str, str, date]


class Draw:
    """Choices taken one after the other out of one whole number; 0 makes the first choice of everything."""

    def __init__(self, number: int) -> None:
        self.number = number

    def below(self, count: int) -> int:
        """A whole number below `count`."""
        self.number, found = divmod(self.number, count)
        return found

    def yes(self, one_in: int) -> bool:
        """True about once in so many times, and never for 0."""
        return self.below(one_in) == one_in - 1


@dataclass
class Town:
    """What the vendors hold of one town: the records of each partition by their key, and which ones changed."""

    name: str
    held: dict[Place, dict[str, Row]] = field(default_factory=dict)
    changed: set[Place] = field(default_factory=set)

    def put(self, vendor: str, endpoint: str, day: date, key: str, row: Row) -> None:
        """A record in the partition of a day, in the place of what stood there under its key."""
        place = (vendor, endpoint, day)
        self.held.setdefault(place, {})[key] = row
        self.changed.add(place)

    def id(self, kind: str, number: int) -> str:
        """An id that no other town has."""
        return f"{self.name}{kind}{number}"

    def address(self, number: int) -> str:
        """An address of the town."""
        return f"{self.id('mail', number)}@x.example"

    def contact(self, draw: Draw, day: date, number: int) -> None:
        """The CRM says who somebody is: an address of theirs or of another, perhaps a user id, a phone, a merge."""
        who = draw.below(PEOPLE)
        row: Row = {
            "contact_id": self.id("contact", who),
            "created_at": at("2026-07-20 09:00"),
            "modified_at": at(f"{day} 09:00") + timedelta(minutes=number),
            "is_archived": draw.yes(12),
            "email_digest": digest(self.address(who if not draw.yes(4) else draw.below(ADDRESSES))),
        }
        if draw.yes(3):
            row["additional_emails_digest"] = [digest(self.address(draw.below(ADDRESSES)))]
        if draw.yes(2):
            row["site_user_id"] = self.id("user", draw.below(USERS))
        if draw.yes(4):
            row["phone_digest"] = digest(self.id("phone", draw.below(2)))
        if draw.yes(4):
            row["bluesky_handle_digest"] = digest(self.id("handle", draw.below(2)))
        if draw.yes(5):
            row["merged_contact_ids"] = [self.id("contact", draw.below(PEOPLE))]
        self.put("hubspot", "contacts", day, row["contact_id"], row)

    def member(self, draw: Draw, day: date, number: int) -> None:
        """The mailing list says how an address stands."""
        which = draw.below(ADDRESSES)
        row = {
            "list_id": self.id("list", 0),
            "member_id": self.id("member", which),
            "email_digest": digest(self.address(which)),
            "status": ("subscribed", "unsubscribed", "cleaned")[draw.below(3)],
            "opted_in_at": at("2026-07-25 10:00"),
            "changed_at": at(f"{day} 07:00") + timedelta(minutes=number),
        }
        self.put("mailchimp", "members", day, row["member_id"], row)

    def visit(self, draw: Draw, day: date, number: int) -> None:
        """A visit of some pages, signed in or not, near midnight or not; a late one belongs to an earlier day."""
        then = earlier(day, draw.below(3))
        begin = at(f"{then} {('10:00', '10:25', '23:40')[draw.below(3)]}")
        acted = [begin + timedelta(minutes=10 * n) for n in range(1 + draw.below(3))]
        row = {
            "visit_id": self.id("visit", day.day * 100 + number),
            "visitor_id": self.id("device", draw.below(DEVICES)),
            "user_id": self.id("user", draw.below(USERS)) if draw.yes(2) else None,
            "referrer_type": ("direct", "search", "campaign")[draw.below(3)],
            "referrer_name": "newsletter",
            "first_action_at": acted[0],
            "last_action_at": acted[-1],
            "actions": [
                {
                    "type": "action",
                    "url": "https://x.example/",
                    "time_spent_in_s": 9,
                    "position": n + 1,
                    "acted_at": when,
                }
                for n, when in enumerate(acted)
            ],
        }
        self.put("matomo", "visits", acted[-1].date(), row["visit_id"], row)

    def letter(self, draw: Draw, day: date, number: int) -> None:
        """A campaign reached a member, who (or whose machine) opened or clicked, perhaps days after."""
        campaign, member = self.id("campaign", draw.below(2)), self.id("member", draw.below(ADDRESSES))
        sent = at(f"{DAYS[0]} 08:00")
        plain = {"campaign_id": campaign, "list_id": self.id("list", 0), "sent_at": sent}
        tracked = {**plain, "is_tracking_opens": True, "is_tracking_clicks": True}
        self.put("mailchimp", "campaigns", DAYS[0], campaign, tracked)
        key = f"{campaign}/{member}"
        reached = {"campaign_id": campaign, "member_id": member, "status": ("sent", "hard")[draw.below(2)]}
        self.put("mailchimp", "sent_to", DAYS[0], key, reached)
        then = earlier(day, draw.below(2))
        when = at(f"{then} 08:00") + timedelta(seconds=(2, 4000, 20000)[draw.below(3)] + number)
        act: Row = {"campaign_id": campaign, "member_id": member, "action": "open", "acted_at": when}
        if draw.yes(2):
            act |= {"action": "click", "url": f"https://x.example/{draw.below(3)}"}
        self.put("mailchimp", "email_activity", then, f"{key}/{act['action']}/{when}", act)

    def deal(self, draw: Draw, day: date, number: int) -> None:
        """The CRM says that something was bought, on this day or before it, or that it was not after all."""
        which, who = self.id("deal", draw.below(3)), self.id("contact", draw.below(PEOPLE))
        row = {
            "deal_id": which,
            "order_number": self.id("order", draw.below(3)),
            "amount": Decimal(10 + draw.below(3)),
            "is_closed_won": not draw.yes(4),
            "is_archived": draw.yes(8),
            "line_count": 1,
            "created_at": at("2026-07-30 09:00"),
            "modified_at": at(f"{day} 12:00") + timedelta(minutes=number),
            "closed_at": at(f"{earlier(day, draw.below(3))} 11:00"),
        }
        self.put("hubspot", "deals", day, which, row)
        self.put("hubspot", "deal_contacts", day, f"{which}/{who}", {"deal_id": which, "contact_id": who})

    def shop(self, draw: Draw, day: date, number: int) -> None:
        """A store says what was bought, perhaps the same order as the CRM, perhaps a second time."""
        which = self.id("bought", draw.below(3))
        row = {
            "order_id": which,
            "order_number": self.id("order", draw.below(3)),
            "currency": "EUR",
            "amount": Decimal(10 + draw.below(3)),
            "email_digest": digest(self.address(draw.below(ADDRESSES))),
            "ordered_at": at(f"{earlier(day, draw.below(2))} 16:00") + timedelta(minutes=number),
        }
        self.put("files", "orders", day, which, row)

    def like(self, draw: Draw, day: date, number: int) -> None:
        """Somebody of a handle liked a post, or wrote."""
        who = draw.below(2)
        row = {
            "interaction_uri": f"at://{self.name}/{day}/{number}",
            "reason": ("like", "reply", "mention")[draw.below(3)],
            "subject_uri": f"at://{self.name}/post",
            "actor_did": self.id("did", who),
            "actor_handle_digest": digest(self.id("handle", who)),
            "created_at": at(f"{day} 15:00"),
            "indexed_at": at(f"{day} 15:01"),
        }
        self.put("bluesky", "interactions", day, row["interaction_uri"], row)

    def forget(self, draw: Draw, day: date, number: int) -> None:
        """An earlier day is read again, and something that was there is not any more."""
        past = sorted(place for place in self.held if place[2] <= day and self.held[place])
        if past:
            place = past[draw.below(len(past))]
            del self.held[place][sorted(self.held[place])[number % len(self.held[place])]]
            self.changed.add(place)


KINDS: tuple[Callable[[Town, Draw, date, int], None], ...] = (
    *(Town.contact, Town.contact, Town.contact, Town.member),
    *(Town.visit, Town.visit, Town.visit, Town.letter, Town.letter, Town.letter),
    *(Town.deal, Town.shop, Town.like, Town.forget, Town.forget),
)
NUMBERS = 2**48


def earlier(day: date, days: int) -> date:
    """So many days before, but never before the first."""
    return max(DAYS[0], day - timedelta(days=days))


def live(town: Town, day: date, numbers: list[int]) -> None:
    """What a day brings to a town: a statement for each number."""
    for place, number in enumerate(numbers):
        draw = Draw(number)
        KINDS[draw.below(len(KINDS))](town, draw, day, place)


def land(towns: list[Town], lake: Lake) -> None:
    """Write each partition that changed in any town whole, with what all towns hold of it."""
    for place in sorted(set().union(*(town.changed for town in towns))):
        vendor, endpoint, day = place
        rows = [row for town in towns for _, row in sorted(town.held.get(place, {}).items())]
        lake.put(vendor, endpoint, day.isoformat(), rows)
    for town in towns:
        town.changed.clear()


def as_of(day: date) -> str:
    """The end of the span whose last day this is."""
    return (datetime.combine(day, datetime.min.time()) + timedelta(days=1)).date().isoformat()
