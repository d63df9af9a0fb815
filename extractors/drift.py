"""What the vendor sends and nobody declared, and what is declared and the vendor no longer sends."""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from extractors.place import steps
from extractors.spec import WHOLE, Column, Endpoint

SAMPLE = 20
NAME = re.compile(r"[\w$.:-]{1,64}")  # a name, and no value that a vendor uses as one
Known = dict[str, "Known"]


class Drift:
    """Looks at the first records of the pages that it is shown, from any thread."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._columns, self._is_one = endpoint.own, endpoint.records == WHOLE
        self._known: Known = {}
        _declare(self._known, endpoint.own, "")
        self._unknown: set[str] = set()
        self._present: set[str] = set()
        self._holders: Counter[str] = Counter()

    def look(self, records: Sequence[bytes]) -> None:
        """Look at the first records of a page."""
        for record in records[:SAMPLE]:
            try:
                value = msgspec.json.decode(record)
                self._look(_within(value, self._known) if self._is_one else value, self._known, "")
            except (msgspec.DecodeError, RecursionError):
                continue  # such a record is a misfit, and says so elsewhere

    @property
    def unknown(self) -> set[str]:
        """The dotted places of undeclared fields."""
        return self._unknown

    @property
    def absent(self) -> set[str]:
        """The columns that are in none of at least 20 objects where they are declared to stand, not even as null."""
        asked = (column for column in self._columns if not column.sometimes)
        return {column.name for column in asked if all(map(self._is_absent, column.places))}

    def _is_absent(self, place: str) -> bool:
        plain = ".".join(step.name for step in steps(place))
        return plain not in self._present and self._holders[plain.rpartition(".")[0]] >= SAMPLE

    def _look(self, value: object, known: Known, above: str) -> None:
        if isinstance(value, list):
            for item in value[:SAMPLE]:
                self._look(item, known, above)
        elif isinstance(value, dict):
            self._holders[above.removesuffix(".")] += 1
            for name, inner in value.items():
                if name in known:
                    self._present.add(f"{above}{name}")
                    if known[name]:
                        self._look(inner, known[name], f"{above}{name}.")
                elif NAME.fullmatch(name):
                    self._unknown.add(f"{above}{name}")


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
