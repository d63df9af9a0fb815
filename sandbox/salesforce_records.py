"""Salesforce's records of a world, and how they look in JSON and in CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sandbox.chance import DAY, Ints, iso_one
from sandbox.salesforce_people import (
    Crowd,
    Said,
    Wire,
    accounts,
    campaigns,
    crowd,
    day,
    flag,
    members,
    reference,
    told,
    users,
)
from sandbox.store import Versions
from sandbox.world import World, instant

STAGES = {
    "appointmentscheduled": "Qualification",
    "contractsent": "Proposal/Price Quote",
    "closedwon": "Closed Won",
    "closedlost": "Closed Lost",
    "cancelled": "Closed Lost",
}
FLAGS = {"HasOptedOutOfEmail", "IsConverted", "IsClosed", "IsWon", "IsActive", "HasResponded", "IsChild"}
NUMBERS = {"Amount", "NumberOfEmployees", "CallDurationInSeconds", "BudgetedCost", "ActualCost"}
MOMENTS = {"ClosedDate", "CompletedDateTime", "StartDateTime", "EndDateTime"}


@lru_cache(maxsize=2)
def org(world: World) -> dict[str, Versions]:
    """Every record of every object of the org."""
    everybody = crowd(world)
    return {
        "Account": told("Account", accounts(world)),
        "Contact": told("Contact", everybody.contacts),
        "Lead": told("Lead", everybody.leads),
        "Opportunity": told("Opportunity", opportunities(world, everybody)),
        "Case": told("Case", cases(world, everybody)),
        "Task": told("Task", [*calls(world, everybody), *letters(world, everybody), *chores(world, everybody)]),
        "Event": told("Event", events(world, everybody)),
        "Campaign": told("Campaign", campaigns(world)),
        "CampaignMember": told("CampaignMember", members(world, everybody)),
        "User": told("User", users(world)),
    }


def _of(world: World, kind: str) -> Iterable[tuple[int, int, int, Wire, int | None, bool]]:
    """Number, instant, birth, fields, contact and whether it is in the bin, of every statement about a kind."""
    kept = world.objects[kind]
    pairs = world.links[kind]
    who = dict(zip(pairs.objects.tolist(), pairs.contacts.tolist(), strict=True))
    times = zip(kept.ids.tolist(), kept.at.tolist(), kept.created.tolist(), kept.archived.tolist(), strict=True)
    for (number, at, created, is_binned), wire in zip(times, kept.wire.to_pylist(), strict=True):
        yield number, at, created, wire, who.get(number), is_binned


def opportunities(world: World, everybody: Crowd) -> Iterable[Said]:
    """The deals; who is no more than a lead has none."""
    for number, at, created, wire, who, is_binned in _of(world, "deals"):
        if who in everybody.unconverted:
            continue
        closes = instant(wire["closedate"]) if wire["closedate"] else created + 30 * DAY
        stage = STAGES[wire["dealstage"] or ""]
        fields: Wire = {
            "AccountId": reference("Account", everybody.companies.get(who or 0)),
            "ContactId": reference("Contact", who),
            "CampaignId": None,
            "OwnerId": reference("User", wire["hubspot_owner_id"] or 700_001),
            "StageName": stage,
            "Type": "New Customer" if wire["dealtype"] == "newbusiness" else "Existing Customer - Upgrade",
            "Amount": wire["amount"],
            "IsClosed": flag(stage.startswith("Closed")),
            "IsWon": flag(stage == "Closed Won"),
            "CloseDate": day(closes),
        }
        yield Said(number, at, created, fields, is_binned)


def cases(world: World, everybody: Crowd) -> Iterable[Said]:
    """The tickets; who is no more than a lead has none."""
    for number, at, created, wire, who, is_binned in _of(world, "tickets"):
        if who in everybody.unconverted:
            continue
        fields: Wire = {
            "CaseNumber": f"{number - 2_000_000_000:08d}",
            "AccountId": reference("Account", everybody.companies.get(who or 0)),
            "ContactId": reference("Contact", who),
            "MasterRecordId": None,
            "OwnerId": reference("User", wire["hubspot_owner_id"] or 700_001),
            "Subject": f'{wire["subject"]}\nAsked "today", as ever' if number % 3 == 0 else wire["subject"],
            "Status": "Closed" if wire["closed_date"] else "New",
            "Priority": (wire["hs_ticket_priority"] or "MEDIUM").title(),
            "Origin": {"EMAIL": "Email", "CHAT": "Web"}.get(wire["source_type"] or "", "Phone"),
            "IsClosed": flag(wire["closed_date"]),
            "ClosedDate": wire["closed_date"],
        }
        yield Said(number, at, created, fields, is_binned)


def _task(who: str | None, owner: str | None, subject: str, subtype: str, **more: str | None) -> Wire:
    return {
        "WhoId": who,
        "WhatId": None,
        "OwnerId": reference("User", owner or 700_001),
        "Subject": subject,
        "TaskSubtype": subtype,
        "CallType": None,
        "CallDurationInSeconds": None,
        "Status": "Completed",
        "IsClosed": "true",
        "ActivityDate": None,
        "CompletedDateTime": None,
        **more,
    }


def calls(world: World, everybody: Crowd) -> Iterable[Said]:
    """The calls, as tasks that are done."""
    for number, at, created, wire, who, is_binned in _of(world, "calls"):
        when = wire["hs_timestamp"] or ""
        fields = _task(
            everybody.who(who),
            wire["hubspot_owner_id"],
            "Call",
            "Call",
            CallType=(wire["hs_call_direction"] or "").title(),
            CallDurationInSeconds=str(int(wire["hs_call_duration"] or 0) // 1000),
            ActivityDate=when[:10],
            CompletedDateTime=when,
        )
        yield Said(number, at, created, fields, is_binned)


def letters(world: World, everybody: Crowd) -> Iterable[Said]:
    """The emails that the sales people wrote; those that came are no tasks."""
    for number, at, created, wire, who, is_binned in _of(world, "emails"):
        if wire["hs_email_direction"] == "EMAIL":
            when, subject = wire["hs_timestamp"] or "", f"Email: {wire['hs_email_subject']}"
            times = {"ActivityDate": when[:10], "CompletedDateTime": when}
            yield Said(
                number,
                at,
                created,
                _task(everybody.who(who), wire["hubspot_owner_id"], subject, "Email", **times),
                is_binned,
            )


def chores(world: World, everybody: Crowd) -> Iterable[Said]:
    """What the sales people mean to do before a meeting, which is no act of anybody's."""
    for number, at, created, wire, who, _ in _of(world, "meetings"):
        if wire["hs_meeting_outcome"] == "SCHEDULED":
            due = {"Status": "Not Started", "IsClosed": "false", "ActivityDate": (wire["hs_timestamp"] or "")[:10]}
            yield Said(
                number, at, created, _task(everybody.who(who), wire["hubspot_owner_id"], "Prepare", "Task", **due)
            )


def events(world: World, everybody: Crowd) -> Iterable[Said]:
    """The meetings; one that is called off is deleted."""
    for number, at, created, wire, who, _ in _of(world, "meetings"):
        fields: Wire = {
            "WhoId": everybody.who(who),
            "WhatId": None,
            "OwnerId": reference("User", wire["hubspot_owner_id"] or 700_001),
            "Subject": "Meeting",
            "EventSubtype": "Event",
            "IsChild": "false",
            "StartDateTime": wire["hs_meeting_start_time"],
            "EndDateTime": wire["hs_meeting_end_time"],
        }
        yield Said(number, at, created, fields, wire["hs_meeting_outcome"] == "CANCELED")


def as_text(kept: Versions, rows: Ints, names: Sequence[str]) -> list[list[str]]:
    """The fields of some statements as CSV has them: "" for nothing, instants with Z."""
    found = []
    for row, wire in zip(rows.tolist(), kept.rows(rows, list(names)), strict=True):
        of: Wire = {
            **wire,
            "IsDeleted": flag(kept.archived[row]),
            "CreatedDate": iso_one(kept.created[row]),
            "SystemModstamp": iso_one(kept.at[row]),
        }
        found.append([of[name] or "" for name in names])
    return found


def as_csv(kept: Versions, rows: Ints, names: Sequence[str]) -> bytes:
    """A part of a job's result: a line with the names, then a line a record, every field in quotes."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(as_text(kept, rows, names))
    return out.getvalue().encode()


def as_json(kind: str, kept: Versions, rows: Ints, names: Sequence[str], version: str) -> list[dict[str, object]]:
    """Records as a query shows them: typed, instants with +0000, each with its type and its address."""
    found = []
    for texts, (code,) in zip(as_text(kept, rows, names), as_text(kept, rows, ["Id"]), strict=True):
        url = f"/services/data/v{version}/sobjects/{kind}/{code}"
        record: dict[str, object] = {"attributes": {"type": kind, "url": url}}
        found.append(record | {name: _typed(name, text) for name, text in zip(names, texts, strict=True)})
    return found


def _typed(name: str, text: str) -> object:
    if name in FLAGS or name == "IsDeleted":
        return text == "true"
    if not text:
        return None
    if name in NUMBERS:
        return float(text) if "." in text else int(text)
    return text.replace("Z", "+0000") if name in MOMENTS or name in ("CreatedDate", "SystemModstamp") else text
