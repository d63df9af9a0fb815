"""Fields that the vendor sends and nobody declared."""

import re
from collections.abc import Sequence

import msgspec

from extractors.place import steps
from extractors.spec import WHOLE, Column, Endpoint

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
            value = msgspec.json.decode(record)
            _look(_within(value, known) if endpoint.records == WHOLE else value, known, "", found)
        except (msgspec.DecodeError, RecursionError):
            continue  # such a record is a misfit, and says so elsewhere
    return found


def _within(answer: object, known: Known) -> object:
    """What is declared of an answer that is itself the record: the rest only stands around the rows."""
    return {name: value for name, value in answer.items() if name in known} if isinstance(answer, dict) else answer


def _declare(known: Known, columns: Sequence[Column], above: str) -> None:
    for column in columns:
        for place in column.places:
            node = known
            for step in steps(f"{above}{place}"):
                node = node.setdefault(step.name, {})
                if step.key:
                    node.setdefault(step.key, {})
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
