"""Five days of a small brand, in the order in which a pipeline sees them: late, twice, rewritten and taken back."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.dbt.lake import Lake, at, digest

DAYS = [f"2026-08-{n:02d}" for n in range(1, 6)]
PEOPLE = 8
ACTIONS = ("action", "action", "action", "download", "goal", "search")
REFERRERS = (("direct", None), ("search", "Engine"), ("campaign", "newsletter-1"), ("website", "blog.example"))
POST = "at://brand/post/1"
WORDS = ("We love this lamp!", "Wir lieben diese Lampe!", None)
REASONS = ("like", "repost", "reply", "quote", "mention", "follow")


def email(person: int) -> str:
    """The address of a person."""
    return f"person{person}@example.org"


def contact(person: int, day: str, **more: Any) -> dict[str, Any]:
    """A contact as it stands on a day."""
    named: dict[str, Any] = {
        "contact_id": str(100 + person),
        "email_digest": digest(email(person)),
        "company_id": "900" if person % 3 == 0 else None,
        "owner_id": "7",
        "is_archived": False,
        "created_at": at("2026-07-20 09:00"),
        "modified_at": at(f"{day} 09:00"),
    }
    return {**named, **more}


def visit(number: int, person: int, start: datetime, chance: random.Random, user: str | None) -> dict[str, Any]:
    """A visit of some actions, a minute or twenty apart."""
    actions, moment = [], start
    for position in range(1, chance.randint(2, 5)):
        spent = chance.choice((None, 5, 40))
        actions.append(
            {
                "type": chance.choice(ACTIONS),
                "url": f"https://shop.example/{chance.randint(1, 4)}?q=1",
                "time_spent_in_s": spent,
                "position": position,
                "acted_at": moment,
            }
        )
        moment += timedelta(minutes=chance.choice((1, 20)))
    kind, name = chance.choice(REFERRERS)
    return {
        "visit_id": f"v{number}",
        "visitor_id": f"device{person}",
        "user_id": user,
        "referrer_type": kind,
        "referrer_name": name,
        "first_action_at": start,
        "last_action_at": actions[-1]["acted_at"],
        "actions": actions,
    }


def put_visits(lake: Lake, day: str, visits: list[dict[str, Any]]) -> None:
    """The visits whose last action was on a day, under that day."""
    lake.put("matomo", "visits", day, [v for v in visits if v["last_action_at"].date().isoformat() == day])


def put_campaign(lake: Lake, sent: str, day: str, chance: random.Random) -> None:
    """A campaign's sends, and what a day brought: opens of people and of machines, clicks, a scanner, a bounce."""
    lake.put(
        "mailchimp",
        "campaigns",
        day,
        [
            {
                "campaign_id": "c1",
                "list_id": "l1",
                "title": "newsletter-1" if day < DAYS[4] else "renamed",
                "is_tracking_opens": True,
                "is_tracking_clicks": True,
                "sent_at": at(f"{sent} 08:00"),
            }
        ],
    )
    if day == sent:
        sends = [{"campaign_id": "c1", "member_id": f"m{p}", "status": "sent"} for p in range(PEOPLE)]
        lake.put("mailchimp", "sent_to", day, sends)
    acts = []
    for person in range(PEOPLE):
        after = at(f"{day} 08:00") + timedelta(seconds=chance.choice((2, 4000, 20000)))
        same = {"campaign_id": "c1", "member_id": f"m{person}", "ip": "203.0.113.9"}
        acts.append({**same, "action": "open", "acted_at": after})
        links = 4 if person == 1 else chance.randint(0, 1)
        for link in range(links):
            clicked = after + timedelta(seconds=30 + link)
            acts.append({**same, "action": "click", "url": f"https://shop.example/{link}", "acted_at": clicked})
    lake.put("mailchimp", "email_activity", day, acts)


def put_people(lake: Lake, day: str, people: list[dict[str, Any]]) -> None:
    """What the CRM and the mailing list say of people on a day."""
    lake.put("hubspot", "contacts", day, people)
    members = [
        {
            "list_id": "l1",
            "member_id": f"m{int(p['contact_id']) - 100}",
            "email_digest": p["email_digest"],
            "status": "subscribed",
            "opted_in_at": at("2026-07-25 10:00"),
            "changed_at": p["modified_at"],
        }
        for p in people
    ]
    lake.put("mailchimp", "members", day, members)


def put_crm(lake: Lake, day: str, number: int) -> None:
    """An order, a call and an answered survey, and an order of nobody."""
    moment = at(f"{day} 12:00")
    same = {"is_archived": False, "created_at": moment, "modified_at": moment}
    won = {**same, "is_closed_won": True, "amount": Decimal("12.50"), "line_count": 2, "closed_at": moment}
    deals = [{**won, "deal_id": f"d{number}", "order_number": f"o{number}"}, {**won, "deal_id": f"x{number}"}]
    lake.put("hubspot", "deals", day, deals)
    lake.put("hubspot", "deal_contacts", day, [{"deal_id": f"d{number}", "contact_id": str(100 + number % PEOPLE)}])
    lake.put(
        "hubspot", "calls", day, [{**same, "call_id": f"k{number}", "direction": "INBOUND", "happened_at": moment}]
    )
    lake.put(
        "hubspot", "call_contacts", day, [{"call_id": f"k{number}", "contact_id": str(100 + (number + 1) % PEOPLE)}]
    )


def put_shop(lake: Lake, day: str, number: int) -> None:
    """Orders of a store: one that the CRM states tomorrow, one said again with another amount, a guest's, coupons."""
    sold = {"currency": "EUR", "amount": Decimal("7.50"), "ordered_at": at(f"{day} 16:00")}
    early = {**sold, "order_id": f"s{number}", "order_number": f"o{number + 1}"}
    member = {"loyalty_id": f"L{number % 2}", "email_digest": digest(email(number)) if number > 2 else None}
    rows = [
        {**early, "email_digest": digest(email(number))},
        {**sold, **member, "order_id": f"t{number}"},
        {**sold, "order_id": f"g{number}", "email_digest": digest("guest@example.org")},
    ]
    if number:
        rows.append({**sold, **member, "order_id": f"t{number - 1}", "amount": Decimal("9.50")})
    lake.put("files", "orders", day, rows)
    put_coupons(lake, day, number)


def put_coupons(lake: Lake, day: str, number: int) -> None:
    """Coupons handed in, by a friend and without a name, of which a later day tells to whom they had been issued."""
    if number == 1:
        handed = [{"redemption_id": f"r{n}", "coupon_id": f"cp{n}", "redeemed_at": at(f"{day} 17:00")} for n in (1, 2)]
        handed[0]["email_digest"] = digest("friend@example.org")
        lake.put("files", "coupons_redeemed", day, handed)
    if number == 3:
        same = {"campaign_id": "c1", "discount_code": "LAMP", "issued_at": at(f"{DAYS[0]} 10:00")}
        issued = [{**same, "coupon_id": f"cp{n}", "email_digest": digest(email(n))} for n in (1, 2)]
        lake.put("files", "coupons_issued", day, issued)


def put_interactions(lake: Lake, day: str, chance: random.Random) -> None:
    """What the brand's posts got on a day."""
    rows = [
        {
            "interaction_uri": f"at://{day}/{n}",
            "reason": chance.choice(REASONS),
            "subject_uri": POST,
            "text": WORDS[n % len(WORDS)],
            "actor_did": f"did:plc:{n % PEOPLE}",
            "actor_handle_digest": digest(f"handle{n % PEOPLE}"),
            "created_at": at(f"{day} 15:00"),
            "indexed_at": at(f"{day} 15:01"),
        }
        for n in range(4)
    ]
    lake.put("bluesky", "interactions", day, rows)
    if day == DAYS[0]:
        post = {"post_uri": POST, "author_did": "did:plc:brand", "created_at": at(f"{day} 08:00")}
        lake.put("bluesky", "posts", day, [{**post, "listed_at": at(f"{day} 08:00")}])


def days(lake: Lake, seed: int = 7) -> Iterator[str]:
    """Each step writes what one run of the pipeline brings, and says the (exclusive) end of the span to build."""
    chance = random.Random(seed)  # noqa: S311 (a small made-up world)
    visits: list[dict[str, Any]] = []
    for number, day in enumerate(DAYS):
        for person in range(PEOPLE):
            start = at(f"{day} {chance.choice(('09:00', '13:10', '23:50'))}")
            user = f"u{person}" if person < 4 and number > 0 else None
            visits.append(visit(len(visits), person, start, chance, user))
        put_visits(lake, day, visits)
        if number == 0:
            put_people(lake, day, [contact(p, day) for p in range(PEOPLE - 1)])
        if number == 2:
            # the CRM learns who u0..u3 and a handle are: histories move to their customers, and one more turns up
            known = [contact(p, day, site_user_id=f"u{p}") for p in range(4)]
            known.append(contact(5, day, bluesky_handle_digest=digest("handle5")))
            known.append(contact(PEOPLE - 1, day))
            put_people(lake, day, known)
        put_campaign(lake, DAYS[0], day, chance)
        put_crm(lake, day, number)
        put_shop(lake, day, number)
        put_interactions(lake, day, chance)
        if number == 3:
            # the day before is read again: a visit that went on, one that came late, one that is gone
            before = DAYS[number - 1]
            visits.append(visit(len(visits), 6, at(f"{before} 09:20"), chance, None))
            visits = [v for v in visits if v["visit_id"] != "v17"]
            put_visits(lake, before, visits)
            moved = {"modified_at": at(f"{day} 18:00"), "created_at": at(f"{DAYS[1]} 12:00"), "is_archived": False}
            lost = {**moved, "deal_id": "d1", "is_closed_won": False, "stage": "cancelled", "amount": Decimal("12.50")}
            lake.put("hubspot", "deals", day, [lost])
            lake.put("hubspot", "deal_contacts", day, [{"deal_id": "d1", "contact_id": "101"}])
        if number == 4:
            # two contacts turn out to be one
            put_people(lake, day, [contact(2, day, site_user_id="u2", merged_contact_ids=["103"])])
        yield (date.fromisoformat(day) + timedelta(days=1)).isoformat()
