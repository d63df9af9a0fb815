"""The part of SOQL that extractors and SDKs use: fields of one object, comparisons joined by AND, an order, a limit.

https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl, read 2026-11-21.
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sandbox.chance import Flags, Ints
from sandbox.store import Versions
from sandbox.world import instant

QUERY = re.compile(
    r"\s*SELECT\s+(?P<fields>[\w\s,.()]+?)\s+FROM\s+(?P<sobject>\w+)"
    r"(?:\s+WHERE\s+(?P<where>.+?))?(?:\s+ORDER\s+BY\s+(?P<order>[\w\s,]+?))?(?:\s+LIMIT\s+(?P<limit>\d+))?\s*",
    re.IGNORECASE | re.DOTALL,
)
TERM = re.compile(r"\s*(\w+)\s*(>=|<=|!=|=|>|<)\s*('(?:[^'\\]|\\.)*'|[\w:.+-]+)\s*")
COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
INSTANTS = ("SystemModstamp", "CreatedDate")


class SoqlError(ValueError):
    """Salesforce would answer 400 with this code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Query:
    """A query, read: what to show of which object, which comparisons, and how many at most."""

    fields: tuple[str, ...]
    sobject: str
    terms: tuple[tuple[str, str, str], ...]
    is_descending: bool
    limit: int | None


def parsed(text: str) -> Query:
    """The query; SoqlError for what is none."""
    found = QUERY.fullmatch(text)
    if not found:
        raise SoqlError("MALFORMED_QUERY", "unexpected token")
    order = (found["order"] or "Id").upper().split()
    terms = []
    for part in re.split(r"\s+AND\s+", found["where"], flags=re.IGNORECASE) if found["where"] else []:
        term = TERM.fullmatch(part)
        if not term:
            raise SoqlError("MALFORMED_QUERY", f"unexpected token: '{part.split()[0]}'")
        terms.append((term[1], term[2], term[3]))
    return Query(
        fields=tuple(name.strip() for name in found["fields"].split(",")),
        sobject=found["sobject"],
        terms=tuple(terms),
        is_descending=order[-1] == "DESC",
        limit=int(found["limit"]) if found["limit"] else None,
    )


def matches(query: Query, kept: Versions, now: int, with_deleted: bool) -> Ints:
    """The positions of the statements that a query finds, by id; SoqlError for a field that there is not."""
    known = {*kept.wire.column_names, *INSTANTS, "Id", "IsDeleted"}
    for name in (*query.fields, *(name for name, _, _ in query.terms)):
        if name not in known:
            message = f"No such column '{name}' on entity '{query.sobject}'."
            raise SoqlError("INVALID_FIELD", message)
    rows = kept.as_of(now)
    if not with_deleted:
        rows = rows[~kept.archived[rows]]
    for name, sign, value in query.terms:
        rows = rows[_fits(kept, rows, name, sign, value)]
    if query.is_descending:
        rows = rows[::-1]
    return rows[: query.limit]


def _fits(kept: Versions, rows: Ints, name: str, sign: str, value: str) -> Flags:
    if name in INSTANTS:
        try:
            at = instant(value)
        except ValueError:
            raise SoqlError(
                "INVALID_FIELD", f"value of filter criterion for field '{name}' must be of type dateTime"
            ) from None
        fits: Flags = COMPARE[sign]((kept.at if name == "SystemModstamp" else kept.created)[rows], at)
        return fits
    if sign not in ("=", "!="):
        raise SoqlError("INVALID_FIELD", f"invalid operator on field '{name}'")
    wanted = None if value.lower() == "null" else value[1:-1] if value.startswith("'") else value.lower()
    if name == "IsDeleted":
        having: list[str | None] = ["true" if gone else "false" for gone in kept.archived[rows]]
    else:
        having = [row[name] for row in kept.rows(rows, [name])]
    return np.array([COMPARE[sign](one, wanted) for one in having], bool)
