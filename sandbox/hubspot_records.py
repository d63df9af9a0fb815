"""HubSpot's records and error bodies."""

import numpy as np

from sandbox.chance import Ints, iso_one
from sandbox.hubspot_search import CONTACTS_MODIFIED, MODIFIED
from sandbox.store import Versions
from sandbox.wire import Ask, Reply, as_json

DEFAULTS = {
    "contacts": ("email", "firstname", "lastname"),
    "companies": ("name", "domain"),
    "deals": ("dealname", "amount", "dealstage", "pipeline", "closedate"),
    "tickets": ("subject", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_priority"),
}

SINGLE = {"contact": "contacts", "company": "companies", "deal": "deals", "ticket": "tickets"}


def plural(kind: str) -> str:
    """The type of object that a path means: HubSpot takes "contact" for "contacts"."""
    return SINGLE.get(kind, kind)


def modified_name(kind: str) -> str:
    """The property that tells when a record of this kind was last changed."""
    return CONTACTS_MODIFIED if kind == "contacts" else MODIFIED


def trouble(ask: Ask, status: int, category: str, message: str) -> Reply:
    """HubSpot's error body."""
    body = {"status": "error", "message": message, "correlationId": ask.trace(), "category": category}
    return as_json(status, body)


def records(kind: str, kept: Versions, rows: Ints, wanted: list[str]) -> list[dict[str, object]]:
    """Records as HubSpot renders them: every property a text or null, and only those that were asked for."""
    names = wanted or list(DEFAULTS.get(kind, ()))
    found_rows = []
    for row, properties in zip(rows.tolist(), kept.rows(rows, names), strict=True):
        created, modified = iso_one(kept.created[row]), iso_one(kept.at[row])
        always = {"createdate": created, modified_name(kind): modified, "hs_object_id": str(kept.ids[row])}
        record: dict[str, object] = {
            "id": str(kept.ids[row]),
            "properties": {**properties, **always},
            "createdAt": created,
            "updatedAt": modified,
            "archived": bool(kept.archived[row]),
        }
        if kept.archived[row]:
            record["archivedAt"] = modified
        found_rows.append(record)
    return found_rows


def position(kept: Versions, now: int, number: int) -> int | None:
    """Where the living record of that id stands, None where there is none."""
    rows = kept.as_of(now)
    at = int(np.searchsorted(kept.ids[rows], number))
    is_there = at < len(rows) and kept.ids[rows[at]] == number and not kept.archived[rows[at]]
    return int(rows[at]) if is_there else None
