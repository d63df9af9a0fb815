"""The CRM's records of the city: contacts, companies, owners, deals and conversations, as HubSpot keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sandbox.chance import DAY, HOUR, MINUTE, SECOND, Chance, Ints, stacked
from sandbox.city.mail import SUBSCRIBED, UNSUBSCRIBED, Mail
from sandbox.city.people import COUNTRIES, Companies, People
from sandbox.city.sales import Sales
from sandbox.store import ARCHIVED, GONE, NEVER, Links, Versions, carried, links, versions

CONTACT_ID = 50_000_001
DUPLICATE_ID = 90_000_001
COMPANY_ID = 30_000_001
OWNER_ID = 700_001
OWNERS = (
    ("Alma", "Reed"), ("Bruno", "Keil"), ("Chiara", "Lo"), ("Dan", "Ost"), ("Eva", "Pohl"), ("Femi", "Ade"),
    ("Gus", "Hahn"), ("Hedda", "Moe"),
)  # fmt: skip
LEAVER = 7
TERRITORY_DAYS = 30
LEAD, CUSTOMER = 0, 1
STAGES = ("lead", "customer")
Handles = Mapping[str, Sequence[str | None]]
TITLES = ("Buyer", "Head of purchasing", "Office manager", "Engineer", "Managing director")


@dataclass(frozen=True)
class Owners:
    """Who owns each company from when: a row a change, sorted by company and instant."""

    company: Ints
    at: Ints
    owner: Ints


def contact_ids(who: Ints) -> Ints:
    """The contact id of each person."""
    return CONTACT_ID + who * 7


def assignments(chance: Chance, count: int, days: int, start: int) -> Owners:
    """The owners of the companies: one at first, and some change hands every TERRITORY_DAYS."""
    every = np.arange(count)
    first = chance.pick("owner", len(OWNERS), count)
    parts = [(every, np.full(count, start + 10 * MINUTE), first)]
    for change in range(1, days // TERRITORY_DAYS + 2):
        moves = every[chance.flags(f"territory{change}", 0.15, count)]
        to = chance.pick(f"territory{change}.to", len(OWNERS) - 1, count)[moves]
        at = start + change * TERRITORY_DAYS * DAY + 7 * HOUR + moves % 900 * SECOND
        parts.append((moves, at, to))
    company, at, owner = stacked(parts, 3)
    order = np.lexsort((at, company))
    return Owners(company[order], at[order], owner[order])


def owners(start: int) -> list[dict[str, object]]:
    """The sales people, a row each, with the instants (epoch ms) that say when they came and changed."""
    return [
        {
            "id": str(OWNER_ID + i),
            "email": f"{first}.{last}@brand.example".lower(),
            "firstName": first,
            "lastName": last,
            "userId": 4000 + i,
            "created": start,
            "left": start + 60 * DAY if i == LEAVER else NEVER,
        }
        for i, (first, last) in enumerate(OWNERS)
    ]


def companies(town: Companies, owned: Owners, people: People, start: int) -> Versions:
    """The companies, a statement for every owner they had and for everyone who came to work there."""
    staffed = np.flatnonzero(people.in_crm & people.is_b2b)
    which = np.concatenate([owned.company, people.company[staffed]])
    at = np.concatenate([owned.at, created_at(people, start)[staffed] + SECOND])
    owner = np.concatenate([owned.owner, np.full(len(staffed), -1)])
    order = np.lexsort((at, which))
    which, at, owner = which[order], at[order], carried(owner[order], which[order])
    is_last = np.append((which[1:] != which[:-1]) | (at[1:] != at[:-1]), True)[: len(at)]
    which, at, owner = which[is_last], at[is_last], owner[is_last]
    created = np.full(len(which), int(owned.at.min()) if len(which) else 0)
    return versions(
        COMPANY_ID + which,
        at,
        created,
        {
            "name": [town.name[i] for i in which],
            "domain": [town.domain[i] for i in which],
            "industry": [town.industry[i] for i in which],
            "country": [COUNTRIES[town.country[i]] for i in which],
            "hs_parent_company_id": [str(COMPANY_ID + town.parent[i]) if town.parent[i] >= 0 else None for i in which],
            "numberofemployees": [str(town.size[i]) for i in which],
            "hubspot_owner_id": [str(OWNER_ID + o) for o in owner],
        },
    )


def staff(people: People) -> Links:
    """Which contacts work at each company."""
    who = np.flatnonzero(people.in_crm & people.is_b2b)
    return links(COMPANY_ID + people.company[who], contact_ids(who))


def created_at(people: People, start: int) -> Ints:
    """When each person's contact was made: one import for the early ones, at their joining for the rest."""
    who = np.arange(len(people))
    later = start + people.joined * DAY + 9 * HOUR + who % 30_000 * SECOND + who % 1000
    return np.where(people.joined < 0, start + 10 * MINUTE, later)


@dataclass(frozen=True)
class Said:
    """Something said about contacts at an instant each; -1 where it says nothing; `twin` 1 means the duplicates."""

    who: Ints
    at: Ints
    twin: int = 0
    stage: int = -1
    owner: int = -1
    optout: int = -1
    unified: int = -1
    ends: int = 0

    def columns(self, made: Ints) -> tuple[Ints, ...]:
        """A row a contact, nothing said before it was made."""
        rest = (self.twin, self.stage, self.owner, self.optout, self.unified, self.ends)
        return self.who, np.maximum(self.at, made[self.who]), *(np.full(len(self.who), value) for value in rest)


def contacts(  # noqa: PLR0913, PLR0917 what is known of them
    people: People, owned: Owners, sales: Sales, mail: Mail, start: int, handles: Handles
) -> Versions:
    """The contacts with everything that was ever said about them, duplicates included."""
    made = created_at(people, start)
    known, twice = np.flatnonzero(people.in_crm), np.flatnonzero(people.has_duplicate)
    merged, binned = np.flatnonzero(people.is_merged), np.flatnonzero(people.is_binned)
    doubled = made + 5 * DAY + np.arange(len(people)) % 20 * DAY
    merging = made[merged] + (28 + merged % 15) * DAY + 4 * HOUR
    won = sales.is_won
    said = [
        Said(known, made[known], stage=LEAD),
        Said(twice, doubled[twice], twin=1, stage=LEAD),
        Said(merged, merging, unified=1),
        Said(merged, merging, twin=1, ends=GONE),
        Said(binned, made[binned] + (20 + binned % 60) * DAY, ends=ARCHIVED),
        Said(sales.person[won], np.maximum(sales.entered_at, sales.closed_at)[won] + SECOND, stage=CUSTOMER),
    ]
    for company, at, owner in zip(owned.company, owned.at, owned.owner, strict=True):
        employed = np.flatnonzero((people.company == company) & people.in_crm)
        said.append(Said(employed, np.full(len(employed), at), owner=int(owner)))
    heard = (mail.status_list == 0) & people.in_crm[mail.status_person] & (mail.status_person % 5 > 0)
    for status, flag in ((UNSUBSCRIBED, 1), (SUBSCRIBED, 0)):
        rows = heard & (mail.status == status)
        said.append(Said(mail.status_person[rows], mail.status_at[rows] + 6 * HOUR, optout=flag))
    return _contact_versions(people, made, doubled, stacked([one.columns(made) for one in said], 8), handles)


def _contact_versions(people: People, made: Ints, doubled: Ints, said: list[Ints], handles: Handles) -> Versions:
    who, at, twin, *_ = said
    ids = np.where(twin == 1, DUPLICATE_ID + who * 7, contact_ids(who))
    order = np.lexsort((np.arange(len(at)), at, ids))
    who, at, twin, stage, owner, optout, unified, ends = (column[order] for column in said)
    ids = ids[order]
    is_last = np.append((ids[1:] != ids[:-1]) | (at[1:] != at[:-1]), True)[: len(ids)]
    known = (stage, owner, optout, unified, np.where(ends > 0, ends, -1))
    stage, owner, optout, unified, ends = (carried(column, ids)[is_last] for column in known)
    who, at, twin, ids = who[is_last], at[is_last], twin[is_last], ids[is_last]
    wire = _contact_wire(people, list(zip(who.tolist(), twin == 1, unified == 1, strict=True)))
    wire |= {name: [texts[i] for i in who.tolist()] for name, texts in handles.items()}
    wire["lifecyclestage"] = [STAGES[s] for s in stage]
    wire["hubspot_owner_id"] = [str(OWNER_ID + o) if o >= 0 else None for o in owner]
    wire["hs_email_optout"] = [("false", "true")[max(o, 0)] for o in optout]
    return versions(ids, at, np.where(twin == 1, doubled[who], made[who]), wire, np.maximum(ends, 0))


def _contact_wire(people: People, rows: list[tuple[int, bool, bool]]) -> dict[str, object]:
    """The properties of each statement: the person, whether it is the duplicate, whether that is merged into it."""

    def more(i: int, is_twin: bool, is_unified: bool) -> str | None:
        if is_twin:
            return None
        second = people.second_email[i] if not people.has_duplicate[i] or is_unified else ""
        return ";".join(filter(None, (second, people.role_email[i]))) or None

    return {
        "email": [people.second_email[i] if t else people.email[i] for i, t, _ in rows],
        "hs_additional_emails": [more(*row) for row in rows],
        "phone": [people.phone[i] or None for i, *_ in rows],
        "firstname": [people.first_name[i] for i, *_ in rows],
        "lastname": [people.last_name[i] for i, *_ in rows],
        "bluesky_handle": [people.handle[i] if people.crm_knows_handle[i] else None for i, *_ in rows],
        "site_user_id": [people.user_id[i] or None for i, *_ in rows],
        "hs_merged_object_ids": [str(DUPLICATE_ID + i * 7) if u else None for i, _, u in rows],
        "associatedcompanyid": [
            str(COMPANY_ID + people.company[i]) if people.company[i] >= 0 and i % 5 else None for i, *_ in rows
        ],
        "jobtitle": [TITLES[i % 5] if people.company[i] >= 0 else None for i, *_ in rows],
        "country": [COUNTRIES[people.country[i]] for i, *_ in rows],
        "hs_legal_basis": ["Legitimate interest \u2013 existing customer" if i % 3 else None for i, *_ in rows],
    }
