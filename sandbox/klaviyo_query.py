"""How Klaviyo is asked: JSON:API filters, sparse fields, sizes of pages, and cursors that name the last row."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import msgspec
import numpy as np

from sandbox.chance import Flags, Ints
from sandbox.wire import Ask, Reply, as_json
from sandbox.world import instant

KIND = "application/vnd.api+json"
CLAUSE = re.compile(r"""([a-z-]+)\(([\w.]+),('[^']*'|"[^"]*"|[^()]*)\)(?:,|$)""")
BOTH = re.compile(r"and\((.*)\)")
BOUNDS: dict[str, Callable[[Ints, int], Flags]] = {
    "greater-than": np.greater,
    "greater-or-equal": np.greater_equal,
    "less-than": np.less,
    "less-or-equal": np.less_equal,
}
Record = dict[str, object]


class RequestError(ValueError):
    """A parameter is not what Klaviyo takes: which one, and what is wrong with it."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison of a filter."""

    operator: str
    field: str
    value: str


def clauses(ask: Ask, allowed: Mapping[str, Sequence[str]]) -> list[Clause]:
    """The comparisons of the call's filter, all of which must hold; RequestError for one that is not allowed."""
    text = ask.query.get("filter", "")
    if both := BOTH.fullmatch(text):  # a comma says the same
        text = both[1]
    found = [Clause(op, name, value.strip("'\"")) for op, name, value in CLAUSE.findall(text)]
    if CLAUSE.sub("", text):
        raise RequestError("filter", "Invalid filter provided.")
    for clause in found:
        if clause.operator not in allowed.get(clause.field, ()):
            raise RequestError("filter", f"'{clause.operator}' is not a valid operator for '{clause.field}'.")
    return found


def within(at: Ints, field: str, asked: list[Clause]) -> Flags:
    """Which instants satisfy every comparison of that field, to the letter: each kind of bound in or out."""
    fits = np.ones(len(at), bool)
    for clause in asked:
        if clause.field == field:
            try:
                fits &= BOUNDS[clause.operator](at, moment(clause.value))
            except ValueError:
                raise RequestError("filter", f"Invalid datetime for '{field}'.") from None
    return fits


def moment(value: str) -> int:
    """An instant (epoch ms) as a filter has it: ISO 8601, or epoch seconds; ValueError for anything else."""
    return int(value) * 1000 if value.isdigit() else instant(value.replace(" ", "+"))


def size(ask: Ask, usual: int, most: int) -> int:
    """How many records a page has."""
    count = ask.number("page[size]", usual)
    if count is None or not 1 <= count <= most:
        raise RequestError("page[size]", f"Page size must be between 1 and {most}.")
    return count


def sort(ask: Ask, *allowed: str) -> int:
    """1 where the oldest come first, -1 where the newest do; RequestError for another order than those allowed."""
    name = ask.query.get("sort", allowed[0])
    if name.removeprefix("-") not in allowed:
        raise RequestError("sort", f"'{name}' is not a valid sort field.")
    return -1 if name.startswith("-") else 1


def turned(ask: Ask, major: Ints, minor: Ints, count: int) -> tuple[list[int], str | None]:
    """The places of the next `count` rows after the call's cursor, and the cursor after them.

    The rows are sorted by `major`, then `minor`; the cursor names the last row told, so that nothing that comes or
    goes meanwhile shifts those still to come.
    """
    text, start = ask.query.get("page[cursor]"), 0
    if text:
        try:
            above, below = msgspec.json.decode(
                base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=tuple[int, int]
            )
        except (binascii.Error, msgspec.DecodeError, ValueError):
            raise RequestError("page[cursor]", "Invalid cursor provided.") from None
        tied, after = int(np.searchsorted(major, above, "left")), int(np.searchsorted(major, above, "right"))
        start = tied + int(np.searchsorted(minor[tied:after], below, "right"))
    end = min(start + count, len(major))
    if end >= len(major):
        return list(range(start, end)), None
    last = msgspec.json.encode((int(major[end - 1]), int(minor[end - 1])))
    return list(range(start, end)), base64.urlsafe_b64encode(last).decode().rstrip("=")


def pick(ask: Ask, kind: str, attributes: Record) -> Record:
    """The attributes that the call wants of that kind of object: all, or those it names."""
    wanted = ask.query.get(f"fields[{kind}]")
    if wanted is None:
        return attributes
    names = wanted.split(",")
    unknown = set(names) - attributes.keys() - {"id"}
    if unknown:
        raise RequestError(f"fields[{kind}]", f"Invalid fields: {', '.join(sorted(unknown))}.")
    return {name: value for name, value in attributes.items() if name in names}


def document(ask: Ask, data: list[Record], cursor: str | None, included: list[Record] | None = None) -> Reply:
    """A page with its links; the next one is a whole URL, null at the end."""
    here = f"{ask.base}{ask.path}"
    following = f"{here}?{urlencode({**ask.query, 'page[cursor]': cursor})}" if cursor else None
    links = {"self": f"{here}?{urlencode(ask.query)}", "prev": None, "next": following}
    more = {} if included is None else {"included": included}
    return as_json(200, {"data": data, **more, "links": links}, kind=KIND)


def problem(ask: Ask, status: int, code: str, title: str, detail: str, **source: str) -> Reply:
    """Klaviyo's error body."""
    error = {"id": ask.trace(), "status": status, "code": code, "title": title, "detail": detail}
    body = {"errors": [{**error, "source": source or {"pointer": "/data/"}, "links": {}, "meta": {}}]}
    return as_json(status, body, kind=KIND)
