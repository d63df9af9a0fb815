"""The city's drop folder: what its stores, events and surveys would leave there, a file a day and kind.

Told are the sales that did not come about on the site (the CRM learns of them too, under the same order number), and
walk-ins whom only the till has seen. Everything is drawn by topics of its own, so that the city stays as it is.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sandbox.chance import DAY, HOUR, MINUTE, SECOND, Chance, Flags, iso_one
from sandbox.city.objects import order_number
from sandbox.site import pages
from sandbox.world import World

Row = dict[str, Any]
ON_THE_SITE = 30 * SECOND  # how soon the CRM learns of an order of the site
EVENT_EVERY, NOTICE = 14, 7  # days
STORES, ASSOCIATES = 3, 9
ACSI = ("q1", "q2", "q3")
HEADER = ("order_id", "amount", "currency", "ordered_at")  # of a day without orders


@dataclass(frozen=True)
class Drop:
    """What is drawn once for the whole city."""

    world: World
    days: int
    is_member: Flags
    walks_in: Flags
    refers: Flags

    def who(self, person: int, shy: bool = False) -> Row:
        """How a row names a person: a shy one says nothing at the till unless they are members."""
        town = self.world.people
        email = (town.email if town.in_crm[person] else town.mail_email)[person]
        return {
            "email": None if shy else email,
            "phone": None if shy else town.phone[person] or None,
            "loyalty_id": f"L{person:06d}" if self.is_member[person] else None,
        }


def drop(world: World, now: int) -> Drop:
    """The draws for the days of the world that are over by then."""
    chance, count = Chance(world.seed), len(world.people)
    days = max(0, (now - world.start) // DAY)
    return Drop(
        world=world,
        days=days,
        is_member=chance.flags("loyalty.member", 0.3, count),
        walks_in=chance.flags("till.walk_in", 0.01, days, count),
        refers=chance.flags("referral", 0.002, days, count),
    )


def write(world: World, now: int, folder: Path) -> list[Path]:
    """The files of every day that is over, below `folder`; the same bytes for the same city."""
    found = drop(world, now)
    written = []
    for day in range(found.days):
        name = iso_one(world.start + day * DAY)[:10]
        for kind, rows in of_day(found, day).items():
            if rows or kind == "orders":
                written.append(_put(folder / kind, name, kind, rows))
    return written


def of_day(found: Drop, day: int) -> dict[str, list[Row]]:
    """The rows of every kind for a day, counted from the first."""
    sold = list(_sales(found, day))
    return {
        "orders": [row for row, _ in sold],
        "loyalty_points": list(_points(found, sold)),
        "coupons_issued": list(_issued(found, day)),
        "coupons_redeemed": list(_redeemed(sold)),
        "attendance": list(_attendance(found, day)),
        "survey_answers": list(_answers(found, sold)),
        "referrals": list(_referrals(found, day)),
        "campaign_costs": list(_costs(found, day)),
        "goals": _goals(found) if day == 0 else [],
        "content": pages(found.world.start) if day == 0 else [],
    }


def _sales(found: Drop, day: int) -> Iterator[tuple[Row, int]]:
    """The orders of a day at the tills, each with the person behind it."""
    sales, start = found.world.sales, found.world.start + day * DAY
    is_offline = ~sales.is_b2b & (sales.entered_at - sales.closed_at != ON_THE_SITE)
    of_today = is_offline & (sales.closed_at >= start) & (sales.closed_at < start + DAY)
    for sale in np.flatnonzero(of_today).tolist():
        person, cents = int(sales.person[sale]), int(sales.cents[sale])
        yield (
            _order(found, person, f"S{sale:07d}", cents, int(sales.closed_at[sale]))
            | {
                "order_number": order_number(sale),
                "line_count": int(sales.lines[sale]),
            },
            person,
        )
    for person in np.flatnonzero(found.walks_in[day]).tolist():
        at = start + 9 * HOUR + (person * 7919 + day) % 540 * MINUTE
        yield _order(found, person, f"W{day:04d}{person:06d}", 500 + (person * 31 + day * 17) % 9500, at), person


def _order(found: Drop, person: int, number: str, cents: int, at: int) -> Row:
    shy = (person + at // DAY) % 4 == 0
    return {
        "order_id": number,
        "order_number": None,
        **found.who(person, shy),
        "store_id": f"store-{person % STORES}",
        "associate_id": f"staff-{at // MINUTE % ASSOCIATES}" if at // MINUTE % 2 else None,
        "discount_code": "WELCOME" if found.is_member[person] and cents % 5 == 0 else None,
        "amount": f"{cents // 100}.{cents % 100:02d}",
        "currency": "EUR",
        "line_count": 1 + cents % 4,
        "ordered_at": iso_one(at, unit="s"),
    }


def _points(found: Drop, sold: list[tuple[Row, int]]) -> Iterator[Row]:
    for order, person in sold:
        if found.is_member[person]:
            points = int(order["amount"].split(".")[0])
            booked = {"booked_at": order["ordered_at"], "order_id": order["order_id"], "tier": "basic"}
            who = found.who(person) | booked
            yield {"entry_id": f"{order['order_id']}+", **who, "reason": "purchase", "points": points}
            if points % 5 == 0:
                yield {"entry_id": f"{order['order_id']}-", **who, "reason": "reward", "points": -10}


def _issued(found: Drop, day: int) -> Iterator[Row]:
    """Every week a coupon to a third of the members."""
    start = found.world.start + day * DAY
    for person in np.flatnonzero(found.is_member).tolist() if day % 7 == 0 else ():
        if (person + day) % 3 == 0:
            coupon = {"coupon_id": f"C{day:04d}{person:06d}", **found.who(person), "campaign_id": f"week-{day // 7}"}
            value = {"discount_code": "WELCOME", "value": "5.00", "currency": "EUR"}
            until = iso_one(start + 30 * DAY, unit="s")
            yield {**coupon, **value, "issued_at": iso_one(start + 8 * HOUR, unit="s"), "expires_at": until}


def _redeemed(sold: list[tuple[Row, int]]) -> Iterator[Row]:
    for order, person in sold:
        if order["discount_code"]:
            who = {name: order[name] for name in ("email", "phone", "loyalty_id")}
            coupon = {"redemption_id": f"{order['order_id']}c", "coupon_id": f"C{0:04d}{person:06d}", **who}
            yield {**coupon, "order_id": order["order_id"], "redeemed_at": order["ordered_at"]}


def _attendance(found: Drop, day: int) -> Iterator[Row]:
    """A seminar every fortnight: invited a week before, registered the day after, there or not on the day."""
    for held in (day, day + NOTICE, day + NOTICE - 1):
        if held % EVENT_EVERY or not held:
            continue
        for person in range(held % 5, len(found.world.people), 23):
            if not found.world.people.in_crm[person]:
                continue
            comes = "attended" if person % 3 else "no-show"
            status = {0: comes, NOTICE: "invited", NOTICE - 1: "registered"}[held - day]
            if status == "invited" or person % 2:
                event = {"event_id": f"E{held:04d}", "event_name": "Seminar, autumn series", "event_type": "seminar"}
                at = iso_one(found.world.start + day * DAY + 17 * HOUR, unit="s")
                base = {"attendance_id": f"E{held:04d}-{person:06d}", "status": status, **found.who(person)}
                yield {**base, **event, "happened_at": at}


def _answers(found: Drop, sold: list[tuple[Row, int]]) -> Iterator[Row]:
    """At the till: NPS from every fifth buyer, ACSI from every eleventh."""
    for order, person in sold:
        base = found.who(person) | {"survey_channel": "till", "answered_at": order["ordered_at"], "comment": None}
        mood = min(1.0, max(0.0, 0.6 + 0.15 * float(found.world.people.level[person])))
        if person % 5 == 0:
            nps = {"response_id": f"{order['order_id']}n", "question": "nps", "survey_type": "NPS"}
            yield {**nps, **base, "score": round(10 * mood)}
        if person % 11 == 0:
            for n, question in enumerate(ACSI):
                acsi = {"response_id": f"{order['order_id']}a", "question": question, "survey_type": "ACSI"}
                yield {**acsi, **base, "score": max(1, round(10 * mood) - n)}


def _referrals(found: Drop, day: int) -> Iterator[Row]:
    """Invitations of the day, and the acceptance of every second one three days later by the next of the city."""
    town = found.world.people
    for when, status in ((day, "invited"), (day - 3, "accepted")):
        people = np.flatnonzero(found.refers[when]).tolist() if when >= 0 else []
        for person in people:
            friend = (person + 1) % len(town)
            if status == "accepted" and person % 2:
                continue
            base = {"referral_id": f"F{when:04d}{person:06d}", "status": status, **found.who(person)}
            code = {"referral_code": f"REF{person:06d}", "is_incentivised": person % 3 == 0}
            whom = {"friend_email": found.who(friend)["email"], "friend_loyalty_id": found.who(friend)["loyalty_id"]}
            at = iso_one(found.world.start + day * DAY + 12 * HOUR, unit="s")
            yield {**base, **whom, **code, "happened_at": at}


def _costs(found: Drop, day: int) -> Iterator[Row]:
    """What each campaign of the day cost: a set-up and a cent a recipient."""
    start, mail = found.world.start + day * DAY, found.world.mail
    sent = mail.campaigns.sent_at
    for number in np.flatnonzero((sent >= start) & (sent < start + DAY)).tolist():
        recipients = int(np.sum(mail.send_campaign == number))
        code = mail.campaigns.code[number]
        cost = {"cost_id": f"K{code}", "campaign_id": code, "cost_type": "email", "currency": "EUR"}
        amount = f"{20 + recipients // 100}.{recipients % 100:02d}"
        yield {**cost, "amount": amount, "recipient_count": recipients, "spent_at": iso_one(start, unit="s")}


def _goals(found: Drop) -> list[Row]:
    span = {
        "starts_at": iso_one(found.world.start, unit="s"),
        "ends_at": iso_one(found.world.start + 90 * DAY, unit="s"),
    }
    targets = (("retention_rate", "b2c", 0.7), ("active_customers_28d", None, 500.0), ("conversion_rate", None, 0.2))
    return [
        {"goal_id": f"goal-{n}", "metric": metric, "segment": segment, "target": target, **span}
        for n, (metric, segment, target) in enumerate(targets)
    ]


def _put(folder: Path, day: str, kind: str, rows: list[Row]) -> Path:
    """A file of a day: surveys as JSON lines, costs as Parquet, all else as CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "survey_answers":
        file = folder / f"{day}.jsonl"
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    elif kind == "campaign_costs":
        file = folder / f"{day}.parquet"
        pq.write_table(pa.Table.from_pylist(rows), file)
    else:
        file = folder / f"{day}.csv"
        with file.open("w", newline="") as out:
            lines = csv.DictWriter(out, rows[0] if rows else HEADER, lineterminator="\n")
            lines.writeheader()
            lines.writerows(rows)
    return file
