"""The CRM's deals, tickets, calls, meetings, emails and survey answers, and which contacts they belong to."""

import numpy as np

from sandbox.chance import DAY, HOUR, MINUTE, SECOND, Ints, iso
from sandbox.city.conversations import CES, NPS, SURVEYS, Conversations, Surveys, Talks
from sandbox.city.crm import DUPLICATE_ID, OWNER_ID, OWNERS, contact_ids
from sandbox.city.people import People
from sandbox.city.sales import CANCELLED, LOST, OFFERED, OPEN, STAGES, WON, Sales
from sandbox.city.words import comment
from sandbox.store import ARCHIVED, NEVER, Links, Versions, links, versions

BASES = {
    "deals": 9_000_000_001,
    "tickets": 2_000_000_001,
    "calls": 3_000_000_001,
    "meetings": 4_000_000_001,
    "emails": 5_000_000_001,
    "feedback_submissions": 6_000_000_001,
    "communications": 7_000_000_001,
}
DOUBLE_BASE = 9_900_000_001
MESSENGERS = ("SMS", "WHATS_APP", "LINKEDIN_MESSAGE")
SUBJECTS = ("Where is my order?", "Damaged on arrival", "Question about an invoice", "How do I return this?")
Made = tuple[Versions, Links]


def order_number(purchase: int) -> str:
    """What the customer sees on the invoice."""
    return f"R{100_000 + purchase}"


def deals(sales: Sales) -> Made:
    """The deals with every stage they went through; those entered twice have a second one, archived a day later."""
    every = np.arange(len(sales.person))
    ids = BASES["deals"] + every
    doubled = every[sales.is_double]
    ended = np.maximum(sales.closed_at, sales.entered_at)
    parts: list[tuple[Ints, Ints, Ints, Ints]] = []

    def say(rows: Ints, numbers: Ints, stage: int, at: Ints) -> None:
        parts.append((numbers, rows, np.full(len(rows), stage), at[rows]))

    business, private = every[sales.is_b2b], every[~sales.is_b2b]
    say(business, ids[business], OPEN, sales.entered_at)
    say(business, ids[business], OFFERED, sales.offered_at)
    say(business[sales.is_won[business]], ids[business[sales.is_won[business]]], WON, ended)
    say(business[~sales.is_won[business]], ids[business[~sales.is_won[business]]], LOST, ended)
    say(private, ids[private], WON, ended)
    cancelled = every[sales.cancelled_at < NEVER]
    say(cancelled, ids[cancelled], CANCELLED, sales.cancelled_at)
    say(doubled, DOUBLE_BASE + doubled, OPEN, sales.entered_at + MINUTE)
    say(doubled, DOUBLE_BASE + doubled, OPEN, sales.entered_at + DAY)
    number, row, stage, at = (np.concatenate(column) for column in zip(*parts, strict=True))
    archived = (number >= DOUBLE_BASE) & (at == sales.entered_at[row] + DAY)
    is_won, closes = stage == WON, stage >= WON
    wire: dict[str, object] = {
        "order_number": [order_number(r) if s in (WON, CANCELLED) else None for r, s in zip(row, stage, strict=True)],
        "pipeline": ["default"] * len(row),
        "dealname": [f"Deal {r}" for r in row],
        "dealstage": [STAGES[s] for s in stage],
        "dealtype": ["newbusiness" if b else "existingbusiness" for b in sales.is_b2b[row]],
        "amount": [f"{c // 100}.{c % 100:02d}" for c in sales.cents[row]],
        "deal_currency_code": ["EUR"] * len(row),
        "line_count": [str(count) for count in sales.lines[row]],
        "hs_is_closed_won": [("false", "true")[w] for w in is_won.astype(int)],
        "closedate": [when if c else None for when, c in zip(iso(sales.closed_at[row]), closes, strict=True)],
        "hubspot_owner_id": [
            str(OWNER_ID + r % len(OWNERS)) if b else None for r, b in zip(row, sales.is_b2b[row], strict=True)
        ],
    }
    found = versions(number, at, sales.entered_at[row], wire, ends=archived * ARCHIVED)
    pairs = links(
        np.concatenate([ids, DOUBLE_BASE + doubled]), contact_ids(np.concatenate([sales.person, sales.person[doubled]]))
    )
    return found, pairs


def _contacts_of(people: People, who: Ints) -> Ints:
    """The contact a conversation was filed under: now and then a duplicate that nobody merged."""
    stray = people.has_duplicate[who] & ~people.is_merged[who] & (np.arange(len(who)) % 2 == 1)
    return np.where(stray, DUPLICATE_ID + who * 7, contact_ids(who))


def _talk(kind: str, people: People, talks: Talks, wire: dict[str, object]) -> Made:
    ids = BASES[kind] + np.arange(len(talks.person))
    rows = {**wire, "hubspot_owner_id": [str(OWNER_ID + i % len(OWNERS)) for i in talks.person]}
    if kind != "tickets":
        rows["hs_timestamp"] = iso(talks.at)
    return versions(ids, talks.entered_at, talks.entered_at, rows), links(ids, _contacts_of(people, talks.person))


def calls(people: People, talks: Talks) -> Made:
    """The calls: a fifth of them not answered."""
    lasted = (talks.draw * 1_200_000).astype(np.int64)
    return _talk(
        "calls",
        people,
        talks,
        {
            "hs_call_direction": [("OUTBOUND", "INBOUND")[i] for i in talks.is_inbound.astype(int)],
            "hs_call_status": ["NO_ANSWER" if d < 0.2 else "COMPLETED" for d in talks.draw],
            "hs_call_duration": [str(ms) if d >= 0.2 else "0" for ms, d in zip(lasted, talks.draw, strict=True)],
        },
    )


def meetings(people: People, talks: Talks) -> Made:
    """The meetings: entered before they take place (so their time may lie ahead), with an outcome after it."""
    ids = BASES["meetings"] + np.arange(len(talks.person))
    ends = talks.at + HOUR
    outcome = ["CANCELED" if d < 0.1 else "NO_SHOW" if d < 0.2 else "COMPLETED" for d in talks.draw]
    wire: dict[str, object] = {
        "hs_meeting_outcome": ["SCHEDULED"] * len(ids) + outcome,
        "hs_meeting_start_time": iso(talks.at) * 2,
        "hs_meeting_end_time": iso(ends) * 2,
        "hs_timestamp": iso(talks.at) * 2,
        "hubspot_owner_id": [str(OWNER_ID + i % len(OWNERS)) for i in talks.person] * 2,
    }
    at = np.concatenate([talks.entered_at, ends + 5 * MINUTE])
    found = versions(np.tile(ids, 2), at, np.tile(talks.entered_at, 2), wire)
    return found, links(ids, _contacts_of(people, talks.person))


def emails(people: People, talks: Talks) -> Made:
    """The one-to-one emails, addresses written as people write them."""
    ours = [f"{OWNERS[i % len(OWNERS)][0]}.{OWNERS[i % len(OWNERS)][1]}@brand.example".lower() for i in talks.person]
    theirs = [
        people.email[i].capitalize() if d < 0.1 else people.email[i]
        for i, d in zip(talks.person, talks.draw, strict=True)
    ]
    inbound = talks.is_inbound.tolist()
    return _talk(
        "emails",
        people,
        talks,
        {
            "hs_email_direction": ["INCOMING_EMAIL" if i else "EMAIL" for i in inbound],
            "hs_email_status": ["SENT"] * len(inbound),
            "hs_email_from_email": [t if i else o for i, t, o in zip(inbound, theirs, ours, strict=True)],
            "hs_email_to_email": [o if i else t for i, t, o in zip(inbound, theirs, ours, strict=True)],
            "hs_email_thread_id": [f"t{i}" for i in talks.person],
            "hs_email_subject": [SUBJECTS[i % 4] for i in talks.person],
        },
    )


def communications(people: People, talks: Talks) -> Made:
    """The text messages that were logged: by which messenger, but not who wrote to whom."""
    return _talk(
        "communications",
        people,
        talks,
        {
            "hs_communication_channel_type": [MESSENGERS[int(d * len(MESSENGERS))] for d in talks.draw],
            "hs_communication_logged_from": ["CRM"] * len(talks.person),
            "hs_communication_body": [SUBJECTS[i % 4] for i in talks.person],
        },
    )


def tickets(people: People, talks: Conversations) -> Made:
    """The tickets: opened, and closed later."""
    opened = talks.tickets
    ids = BASES["tickets"] + np.arange(len(opened.person))
    n = len(ids)
    wire: dict[str, object] = {
        "subject": [SUBJECTS[int(d * 4)] for d in opened.draw] * 2,
        "hs_pipeline": ["0"] * 2 * n,
        "hs_pipeline_stage": ["1"] * n + ["4"] * n,
        "hs_ticket_priority": [("LOW", "MEDIUM", "HIGH")[int(d * 3)] for d in opened.draw] * 2,
        "source_type": [("EMAIL", "CHAT", "FORM")[int(d * 30) % 3] for d in opened.draw] * 2,
        "closed_date": [None] * n + iso(talks.ticket_closed_at),
        "hubspot_owner_id": [str(OWNER_ID + i % len(OWNERS)) for i in opened.person] * 2,
    }
    closed = np.maximum(talks.ticket_closed_at, opened.entered_at + SECOND)
    at = np.concatenate([opened.entered_at, closed])
    found = versions(np.tile(ids, 2), at, np.tile(opened.entered_at, 2), wire)
    return found, links(ids, _contacts_of(people, opened.person))


def feedback(people: People, answers: Surveys) -> Made:
    """The survey answers, a few with a comment."""
    ids = BASES["feedback_submissions"] + np.arange(len(answers.person))
    asked = zip(answers.kind.tolist(), answers.score.tolist(), strict=True)
    comments = [comment(row, score) if kind == NPS else None for row, (kind, score) in enumerate(asked)]
    wire: dict[str, object] = {
        "hs_survey_type": [SURVEYS[k] for k in answers.kind],
        "hs_survey_channel": ["WEB" if k == CES else "EMAIL" for k in answers.kind],
        "hs_value": [str(s) for s in answers.score],
        "hs_content": [said.text if said else None for said in comments],
        "hs_submission_timestamp": iso(answers.at),
        "hubspot_owner_id": [None] * len(ids),
    }
    return versions(ids, answers.at, answers.at, wire), links(ids, _contacts_of(people, answers.person))


def talked(people: People, talks: Conversations, answers: Surveys) -> dict[str, Made]:
    """Every kind of conversation as the CRM keeps it."""
    return {
        "calls": calls(people, talks.calls),
        "meetings": meetings(people, talks.meetings),
        "emails": emails(people, talks.emails),
        "tickets": tickets(people, talks),
        "communications": communications(people, talks.messages),
        "feedback_submissions": feedback(people, answers),
    }
