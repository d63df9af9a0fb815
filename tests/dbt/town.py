"""A small town with every difficulty of telling who is who, day by day."""

from typing import Any

from tests.dbt.lake import Lake, at, digest

DAY_1, DAY_2, DAY_3 = "2026-08-01", "2026-08-02", "2026-08-03"
AS_OF_1, AS_OF_2, AS_OF_3 = "2026-08-02", "2026-08-03", "2026-08-04"

Row = dict[str, Any]


def contact(number: int, email: str = "", day: str = DAY_1, **more: Any) -> Row:
    """A contact as the CRM states it."""
    row: Row = {"contact_id": str(number), "created_at": at(f"2026-01-{number % 28 + 1:02d}"), "modified_at": at(day)}
    if email:
        row |= {"email": email, "email_digest": digest(email)}
    return row | more


def member_id(email: str) -> str:
    """The digest of a member's id."""
    return digest("member:" + email)[:32]


def member(email: str, day: str = DAY_1, **more: Any) -> Row:
    """A member of an audience."""
    row = {"list_id": "news", "member_id": email.lower(), "member_id_digest": member_id(email)}
    row |= {"email": email, "email_digest": digest(email)}
    return row | {"status": "subscribed", "changed_at": at(day), "opted_in_at": at("2026-02-01")} | more


def visit(number: int, visitor: str, user: str | None, start: str, end: str) -> Row:
    """A visit of the site, signed in or not."""
    row = {"visit_id": str(number), "visitor_id": visitor, "user_id": user}
    return row | {"first_action_at": at(start), "last_action_at": at(end)}


def fill_first_day(lake: Lake, turn: int = 1) -> None:
    """The first day; `turn` -1 lands every partition in the opposite order."""
    chain = [
        contact(1000 + n, f"chain{n}@x.example", additional_emails_digest=[digest(f"chain{n + 1}@x.example")])
        for n in range(100)
    ]
    contacts = [
        contact(1, "Ann@x.example", site_user_id="u1", bluesky_handle_digest=digest("ann.example"), first_name="Ann"),
        contact(2, "bob@x.example", first_name="Bob", last_name="Ray"),
        contact(3, "anna.smith@x.example", first_name="Anna", last_name="Smith"),
        contact(4, "a.smith@y.example", first_name="Anna", last_name="Smith"),
        contact(5, "info@firm.example", site_user_id="u5"),
        contact(6, "info@firm.example", site_user_id="u6"),
        *(contact(10 + n, "family@x.example") for n in range(4)),
        contact(20, "eve@x.example", merged_contact_ids=["21"]),
        contact(21, "eve@old.example", site_user_id="u21", modified_at=at("2026-07-30")),
        contact(30, "gone@x.example", first_name="Gone"),
        contact(31, "p@x.example", phone_digest=digest("+1")),
        contact(32, "q@x.example", phone_digest=digest("+1")),
        contact(33, "r@x.example", phone_digest=digest("+3")),
        *(contact(51 + n, "throw.away@Mailinator.com") for n in range(2)),
        contact(53, "colleague@brand.example"),
        *chain,
    ]
    contacts[10]["additional_emails_digest"] = [digest("eve@old.example")]
    visits = [
        visit(1, "ann-laptop", None, "2026-08-01 08:00", "2026-08-01 08:10"),
        visit(2, "ann-laptop", "u1", "2026-08-01 09:00", "2026-08-01 09:10"),
        visit(3, "tablet", "u1", "2026-08-01 10:00", "2026-08-01 10:30"),
        visit(4, "tablet", "u5", "2026-08-01 12:00", "2026-08-01 12:30"),
        *(visit(10 + n, "kiosk", f"k{n}", f"2026-08-01 1{n}:00", f"2026-08-01 1{n}:05") for n in range(6)),
        visit(30, "stranger", None, "2026-08-01 08:00", "2026-08-01 08:10"),
    ]
    likes = [
        {"interaction_uri": f"at://{n}", "reason": "like", "actor_did": did, "indexed_at": at("2026-08-01 11:00")}
        | {"actor_handle": handle, "actor_handle_digest": digest(handle)}
        for n, (did, handle) in enumerate([("did:ann", "ann.example"), ("did:fan", "fan.example")])
    ]
    lake.put("hubspot", "contacts", DAY_1, contacts[::turn])
    lake.put(
        "hubspot",
        "contacts_archived",
        DAY_1,
        [
            {"contact_id": "30", "created_at": at("2026-01-01"), "archived_at": at("2026-08-01 20:00")},
        ],
    )
    lake.put(
        "mailchimp",
        "members",
        DAY_1,
        [member("ann@x.example"), member("BOB@x.example"), member("zoe@x.example"), member("colleague@brand.example")][
            ::turn
        ],
    )
    lake.put("matomo", "visits", DAY_1, visits[::turn])
    lake.put("bluesky", "interactions", DAY_1, likes[::turn])


def fill_second_day(lake: Lake) -> None:
    """A contact with both addresses joins two customers; Ann signs in on a new device."""
    bridge = contact(40, "bob@x.example", DAY_2, additional_emails_digest=[digest("zoe@x.example")])
    lake.put("hubspot", "contacts", DAY_2, [bridge])
    lake.put("matomo", "visits", DAY_2, [visit(50, "ann-phone", "u1", "2026-08-02 09:00", "2026-08-02 09:10")])
