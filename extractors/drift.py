"""What the vendor sends and nobody declared, and what is declared and the vendor no longer sends."""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from extractors.spec import Column, Endpoint

SAMPLE = 20
NAME = re.compile(r"[\w$.:-]{1,64}")  # a name, and no value that a vendor uses as one
Known = dict[str, "Known"]


class Drift:
    """Looks at the first records of the pages that it is shown, from any thread."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._columns = endpoint.own
        self._known: Known = {}
        _declare(self._known, endpoint.own, "")
        self._unknown: set[str] = set()
        self._present: set[str] = set()
        self._holders: Counter[str] = Counter()

    def look(self, records: Sequence[bytes]) -> None:
        """Look at the first records of a page."""
        for record in records[:SAMPLE]:
            try:
                self._look(msgspec.json.decode(record), self._known, "")
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
        return place not in self._present and self._holders[place.rpartition(".")[0]] >= SAMPLE

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


def _declare(known: Known, columns: Sequence[Column], above: str) -> None:
    for column in columns:
        for place in column.places:
            node = known
            for step in f"{above}{place}".split("."):
                node = node.setdefault(step, {})
            _declare(node, column.of, "")
