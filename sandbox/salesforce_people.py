"""Who is in the Salesforce org of a world: its accounts, contacts, leads, users, and the campaigns they are in.

They are the people of HubSpot's contacts. Every fifth was a lead for three days and then converted, and every eleventh
of those who work at no company is a lead for ever.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from sandbox.chance import DAY, SECOND, iso_one
from sandbox.city.crm import CONTACT_ID, DUPLICATE_ID
from sandbox.salesforce_ids import long_id
from sandbox.store import ARCHIVED, NEVER, Versions, versions
from sandbox.world import World

TRIAL = 3 * DAY
CAMPAIGNS = (("Spring trade fair", "Trade Show"), ("Buying lamps well", "Webinar"), ("Round table", "Conference"))
Wire = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a record at an instant (epoch ms, whole seconds): its fields, and whether it was deleted."""

    number: int
    at: int
    created: int
    fields: Wire
    is_deleted: bool = False


def told(kind: str, said: Iterable[Said]) -> Versions:
    """The records of a kind from all that was said of them."""
    rows = list(said)
    names = list(rows[0].fields) if rows else []
    wire: dict[str, object] = {name: [row.fields[name] for row in rows] for name in names}
    wire["Id"] = [long_id(kind, row.number) for row in rows]
    columns = np.array([(r.number, r.at, r.created, ARCHIVED if r.is_deleted else 0) for r in rows], np.int64)
    number, at, created, ends = columns.reshape(-1, 4).T
    return versions(number, at // SECOND * SECOND, created // SECOND * SECOND, wire, ends)


def flag(is_so: object) -> str:
    """A checkbox."""
    return "true" if is_so else "false"


def reference(kind: str, number: object) -> str | None:
    """The id of another record; None where there is none."""
    return long_id(kind, int(str(number))) if number not in (None, "") else None


def day(at: int) -> str:
    """The date of an instant."""
    return iso_one(at)[:10]


@dataclass
class Crowd:
    """The contacts and leads, what was said of them, who is a lead for ever, and where everybody works."""

    contacts: list[Said] = field(default_factory=list)
    leads: list[Said] = field(default_factory=list)
    companies: dict[int, str | None] = field(default_factory=dict)
    unconverted: set[int] = field(default_factory=set)

    def who(self, number: int | None) -> str | None:
        """The id of a person, be it a contact or a lead."""
        return reference("Lead" if number in self.unconverted else "Contact", number)


def crowd(world: World) -> Crowd:
    """The people of the org."""
    kept, found = world.objects["contacts"], Crowd()
    seen: set[int] = set()
    for row, wire in enumerate(kept.wire.to_pylist()):
        number, at, created = int(kept.ids[row]), int(kept.at[row]), int(kept.created[row])
        is_twin, gone = number >= DUPLICATE_ID, bool(kept.gone[row] or kept.archived[row])
        place = (number - (DUPLICATE_ID if is_twin else CONTACT_ID)) // 7
        found.companies[number] = wire["associatedcompanyid"]
        if not is_twin and place % 11 == 7 and wire["associatedcompanyid"] is None:
            found.unconverted.add(number)
            found.leads.append(Said(number, at, created, lead(wire, None), gone))
            continue
        born = created
        if not is_twin and place % 5 == 2:
            born = created + TRIAL
            if number not in seen:
                found.leads.append(Said(number, created, created, lead(wire, None)))
                found.leads.append(Said(number, born, created, lead(wire, number, born)))
        seen.add(number)
        master = CONTACT_ID + place * 7 if kept.gone[row] else None
        found.contacts.append(Said(number, max(at, born), born, contact(wire, master), gone))
    return found


def contact(wire: Wire, master: int | None) -> Wire:
    """A contact as Salesforce names its fields."""
    return {
        "AccountId": reference("Account", wire["associatedcompanyid"]),
        "MasterRecordId": reference("Contact", master),
        **person(wire),
        "MailingCountry": wire["country"],
    }


def lead(wire: Wire, converted: int | None, at: int = 0) -> Wire:
    """A lead; once converted, it points to its contact."""
    return {
        "MasterRecordId": None,
        "ConvertedContactId": reference("Contact", converted),
        "ConvertedAccountId": reference("Account", wire["associatedcompanyid"]) if converted else None,
        "ConvertedOpportunityId": None,
        **person(wire),
        "Company": "Unknown",
        "Country": wire["country"],
        "Status": "Closed - Converted" if converted else "Open - Not Contacted",
        "IsConverted": flag(converted),
        "ConvertedDate": day(at) if converted else None,
    }


def person(wire: Wire) -> Wire:
    """What contacts and leads have in common."""
    phone = wire["phone"] or ""
    return {
        "OwnerId": reference("User", wire["hubspot_owner_id"] or 700_001),
        "Email": wire["email"],
        "Phone": phone or None,
        "MobilePhone": phone if phone.startswith("+49 151") else None,
        "FirstName": wire["firstname"],
        "LastName": wire["lastname"],
        "Title": wire["jobtitle"],
        "LeadSource": "Web",
        "HasOptedOutOfEmail": wire["hs_email_optout"] or "false",
    }


def accounts(world: World) -> Iterable[Said]:
    """The companies."""
    kept = world.objects["companies"]
    for row, wire in enumerate(kept.wire.to_pylist()):
        fields: Wire = {
            "Name": wire["name"],
            "ParentId": reference("Account", wire["hs_parent_company_id"]),
            "MasterRecordId": None,
            "OwnerId": reference("User", wire["hubspot_owner_id"]),
            "Type": "Customer",
            "Industry": wire["industry"],
            "Website": f"https://www.{wire['domain']}",
            "BillingCountry": wire["country"],
            "NumberOfEmployees": wire["numberofemployees"],
        }
        yield Said(int(kept.ids[row]), int(kept.at[row]), int(kept.created[row]), fields)


def users(world: World) -> Iterable[Said]:
    """The sales people, and the one who is none: Salesforce's own."""
    robot: Wire = {"Email": "robot@brand.example", "FirstName": "Automated", "LastName": "Process", "IsActive": "true"}
    yield Said(1, world.start, world.start, {**robot, "UserType": "AutomatedProcess"})
    for owner in world.owners:
        number, came, left = (int(str(owner[name])) for name in ("id", "created", "left"))
        names = {"Email": "email", "FirstName": "firstName", "LastName": "lastName"}
        fields: Wire = {name: str(owner[ours]) for name, ours in names.items()}
        yield Said(number, came, came, {**fields, "IsActive": "true", "UserType": "Standard"})
        if left < NEVER:
            yield Said(number, left, came, {**fields, "IsActive": "false", "UserType": "Standard"})


def campaigns(world: World) -> Iterable[Said]:
    """Three campaigns, a month apart."""
    for number, (name, kind) in enumerate(CAMPAIGNS, start=1):
        starts = world.start + 20 * number * DAY
        fields: Wire = {
            "Name": name,
            "ParentId": None,
            "OwnerId": reference("User", 700_001),
            "Type": kind,
            "Status": "Planned",
            "IsActive": "true",
            "BudgetedCost": "5000.0",
            "ActualCost": None,
            "StartDate": day(starts),
            "EndDate": day(starts + 7 * DAY),
        }
        yield Said(number, world.start, world.start, fields)
        done: Wire = {**fields, "Status": "Completed", "ActualCost": f"{4000 + 100 * number}.0"}
        yield Said(number, starts + 8 * DAY, world.start, done)


def members(world: World, everybody: Crowd) -> Iterable[Said]:
    """Every fourth person is asked to a campaign, and half of them answer."""
    for kind, said in (("Contact", everybody.contacts), ("Lead", everybody.leads)):
        firsts = {one.number: one for one in reversed(said) if one.number < DUPLICATE_ID}
        for number, one in sorted(firsts.items()):
            place = (number - CONTACT_ID) // 7
            if place % 4 or (kind == "Lead" and place % 5 == 2):
                continue
            which = place // 4 % len(CAMPAIGNS) + 1
            asked = max(one.created + DAY, world.start + (20 * which - 10) * DAY)
            fields: Wire = {
                "CampaignId": reference("Campaign", which),
                "ContactId": reference("Contact", number) if kind == "Contact" else None,
                "LeadId": reference("Lead", number) if kind == "Lead" else None,
                "Status": "Sent",
                "HasResponded": "false",
                "FirstRespondedDate": None,
            }
            yield Said(number, asked, asked, fields)
            if place % 8 == 0:
                at = asked + (1 + place % 9) * DAY
                answered: Wire = {
                    **fields,
                    "Status": "Responded",
                    "HasResponded": "true",
                    "FirstRespondedDate": day(at),
                }
                yield Said(number, at, asked, answered)
