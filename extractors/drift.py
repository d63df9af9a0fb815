"""Fields that the vendor sends and nobody declared."""

import re
from collections.abc import Sequence

import msgspec

from extractors.spec import Column, Endpoint

SAMPLE = 20
NAME = re.compile(r"[\w$.:-]{1,64}")  # a name, and no value that a vendor uses as one
Known = dict[str, "Known"]


def unknown_fields(endpoint: Endpoint, records: Sequence[bytes]) -> set[str]:
    """The dotted places of undeclared fields in the first records of a page."""
    known: Known = {}
    _declare(known, endpoint.columns, "")
    found: set[str] = set()
    for record in records[:SAMPLE]:
        try:
            _look(msgspec.json.decode(record), known, "", found)
        except (msgspec.DecodeError, RecursionError):
            continue  # such a record is a misfit, and says so elsewhere
    return found


def _declare(known: Known, columns: Sequence[Column], above: str) -> None:
    for column in columns:
        for place in () if column.is_taken else column.places:
            node = known
            for step in f"{above}{place}".split("."):
                node = node.setdefault(step, {})
            _declare(node, column.of, "")


def _look(value: object, known: Known, above: str, found: set[str]) -> None:
    if isinstance(value, list):
        for item in value[:SAMPLE]:
            _look(item, known, above, found)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in known:
                if known[name]:
                    _look(inner, known[name], f"{above}{name}.", found)
            elif NAME.fullmatch(name):
                found.add(f"{above}{name}")
