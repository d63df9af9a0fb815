"""HubSpot's properties: what the records of each type can hold.

https://developers.hubspot.com/docs/api-reference/crm-properties-v3, read 2026-11-22; the v2 form is of the legacy API.
"""

import re

from sandbox.hubspot_records import DEFAULTS, modified_name, plural, trouble
from sandbox.wire import Ask, Reply, as_json
from sandbox.world import World

PROPERTIES = re.compile(r"^/(?:crm/v3/properties/(\w+)|properties/v2/(\w+)/properties)/?$")


def described(ask: Ask, world: World) -> Reply | None:
    """What the account says of its own types and their properties, None where that is not asked."""
    if ask.method != "GET":
        return None
    if ask.path.rstrip("/") == "/crm/v3/schemas":
        return as_json(200, {"results": []})  # no types of the account's own
    asked = PROPERTIES.match(ask.path)
    return properties(ask, world, plural(asked[1] or asked[2]), is_v2=bool(asked[2])) if asked else None


def properties(ask: Ask, world: World, kind: str, *, is_v2: bool) -> Reply:
    """The properties of a type: a list in v2, `results` in v3."""
    if kind not in world.objects:
        return trouble(ask, 404, "OBJECT_NOT_FOUND", f"Unable to infer object type from: {kind}")
    dated = ("createdate", modified_name(kind))
    names = sorted({*world.objects[kind].wire.column_names, *DEFAULTS.get(kind, ()), *dated, "hs_object_id"})
    found = [
        {
            "name": name,
            "label": name.replace("_", " ").capitalize(),
            "type": "datetime" if name in dated else "string",
            "fieldType": "date" if name in dated else "text",
            "description": "",
            "groupName": f"{kind}information",
            "options": [],
        }
        for name in names
    ]
    return as_json(200, found if is_v2 else {"results": found})
