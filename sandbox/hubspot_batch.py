"""HubSpot's batch calls: many ids at once, and 207 where some are not there.

https://developers.hubspot.com/docs/api-reference/legacy/crm/associations/associate-records/batch/get-associations and
/docs/api-reference/latest/crm/objects/objects/batch/get-objects, read 2026-11-22.
"""

import numpy as np

from sandbox.chance import iso_one
from sandbox.hubspot_records import position, records, trouble
from sandbox.store import Versions
from sandbox.wire import Ask, Reply, as_json
from sandbox.world import World

TYPE_IDS = {
    "companies": 280,
    "deals": 3,
    "tickets": 16,
    "calls": 194,
    "meetings": 200,
    "emails": 198,
    "communications": 82,
    "feedback_submissions": 98,
}
PAGE = 500
HISTORY_BATCH, HISTORY_DEPTH = 50, 20


def _inputs(ask: Ask) -> list[int] | None:
    asked = ask.document()
    inputs = asked.get("inputs") if isinstance(asked, dict) else None
    if not isinstance(inputs, list) or not all(isinstance(i, dict) and str(i.get("id", "")).isdigit() for i in inputs):
        return None
    return [int(i["id"]) for i in inputs]


def _cursors(ask: Ask) -> list[int]:
    """Where the page of each input begins."""
    asked = ask.document()
    inputs = asked.get("inputs") if isinstance(asked, dict) else None
    given = [str(i.get("after") or "0") for i in inputs if isinstance(i, dict)] if isinstance(inputs, list) else []
    return [int(after) if after.isdigit() else 0 for after in given]


def _batch_body(results: list[dict[str, object]], errors: list[dict[str, object]], now: int) -> Reply:
    body: dict[str, object] = {
        "status": "COMPLETE",
        "results": results,
        "startedAt": iso_one(now),
        "completedAt": iso_one(now),
    }
    return as_json(207, {**body, "numErrors": len(errors), "errors": errors}) if errors else as_json(200, body)


def batch(ask: Ask, world: World, now: int, kind: str) -> Reply:
    """Records by their ids; 207 names the ids that are not there."""
    wanted, asked = _inputs(ask), ask.document()
    names = asked.get("properties", []) if isinstance(asked, dict) else []
    past = asked.get("propertiesWithHistory", []) if isinstance(asked, dict) else []
    most = HISTORY_BATCH if past else 100
    if wanted is None or len(wanted) > most:
        return trouble(ask, 400, "VALIDATION_ERROR", f"inputs must be a list of at most {most} ids.")
    kept = world.objects[kind]
    rows = [(number, position(kept, now, number)) for number in wanted]
    there = np.array([row for _, row in rows if row is not None], np.int64)
    gone = [str(number) for number, row in rows if row is None]
    error: dict[str, object] = {
        "status": "error",
        "category": "OBJECT_NOT_FOUND",
        "message": f"Could not get some {kind} objects, they may be deleted or not exist.",
        "context": {"ids": gone},
    }
    results = records(kind, kept, there, names)
    for row, record in zip(there.tolist() if past else [], results, strict=False):
        record["propertiesWithHistory"] = {name: _history(kept, row, name) for name in past}
    return _batch_body(results, [error] if gone else [], now)


def _history(kept: Versions, row: int, name: str) -> list[dict[str, object]]:
    """Every value of a property up to a statement of its record, the newest first; a value taken away is ""."""
    first = int(np.searchsorted(kept.ids, kept.ids[row]))
    known = kept.rows(np.arange(first, row + 1), [name])
    found: list[dict[str, object]] = []
    before = ""
    for at, value in zip(kept.at[first : row + 1].tolist(), (said.get(name) or "" for said in known), strict=True):
        if value != before:
            found.append({"value": value, "timestamp": iso_one(at), "sourceType": "IMPORT" if not found else "CRM_UI"})
        before = value
    return found[: -HISTORY_DEPTH - 1 : -1]


def associations(ask: Ask, world: World, now: int, kind: str, to: str) -> Reply:
    """The contacts of a batch of objects, 500 of each from its cursor on; an id with none is an error inside a 207."""
    wanted, cursors = _inputs(ask), _cursors(ask)
    if wanted is None or len(wanted) > 1000 or kind not in world.objects or to not in world.objects:
        return trouble(ask, 400, "VALIDATION_ERROR", "inputs must be a list of at most 1000 ids of known types.")
    contacts = world.objects["contacts"]
    standing = contacts.as_of(now)
    living = contacts.ids[standing[~contacts.archived[standing]]]
    pairs = world.links[kind].of(np.array(wanted, np.int64)) if kind in world.links and to == "contacts" else None
    kind_of_link = [{"category": "HUBSPOT_DEFINED", "typeId": TYPE_IDS.get(kind, 0), "label": None}]
    results: list[dict[str, object]] = []
    errors: list[dict[str, object]] = []
    for place, number in enumerate(wanted):
        linked = pairs[place] if pairs else np.zeros(0, np.int64)
        linked = (
            linked[np.isin(linked, living)] if position(world.objects[kind], now, number) is not None else linked[:0]
        )
        if len(linked):
            start = cursors[place]
            some = linked[start : start + PAGE]
            ends = [{"toObjectId": int(c), "associationTypes": kind_of_link} for c in some]
            result: dict[str, object] = {"from": {"id": str(number)}, "to": ends}
            if len(linked) > start + PAGE:
                result["paging"] = {"next": {"after": str(start + PAGE), "link": f"{ask.base}{ask.path}"}}
            results.append(result)
        else:
            errors.append(
                {
                    "status": "error",
                    "category": "OBJECT_NOT_FOUND",
                    "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND",
                    "message": f"No {to} is associated with {kind} {number}.",
                    "context": {"fromObjectId": [str(number)]},
                }
            )
    return _batch_body(results, errors, now)
