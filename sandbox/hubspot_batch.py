"""HubSpot's batch calls: many ids at once, and 207 where some are not there."""

import numpy as np

from sandbox.chance import iso_one
from sandbox.hubspot_records import position, records, trouble
from sandbox.wire import Ask, Reply, as_json
from sandbox.world import World

TYPE_IDS = {
    "companies": 280,
    "deals": 3,
    "tickets": 16,
    "calls": 194,
    "meetings": 200,
    "emails": 198,
    "feedback_submissions": 98,
}


def _inputs(ask: Ask) -> list[int] | None:
    asked = ask.document()
    inputs = asked.get("inputs") if isinstance(asked, dict) else None
    if not isinstance(inputs, list) or not all(isinstance(i, dict) and str(i.get("id", "")).isdigit() for i in inputs):
        return None
    return [int(i["id"]) for i in inputs]


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
    wanted = _inputs(ask)
    if wanted is None or len(wanted) > 100:
        return trouble(ask, 400, "VALIDATION_ERROR", "inputs must be a list of at most 100 ids.")
    asked = ask.document()
    names = asked.get("properties", []) if isinstance(asked, dict) else []
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
    return _batch_body(records(kind, kept, there, names), [error] if gone else [], now)


def associations(ask: Ask, world: World, now: int, kind: str, to: str) -> Reply:
    """The contacts of a batch of objects; an id with none is an error inside a 207."""
    wanted = _inputs(ask)
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
            ends = [{"toObjectId": int(c), "associationTypes": kind_of_link} for c in linked]
            results.append({"from": {"id": str(number)}, "to": ends})
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
