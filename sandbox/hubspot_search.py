"""HubSpot's search: what it takes, what it refuses, and which records match.

https://developers.hubspot.com/docs/api-reference/crm-search-v3/guide, read 2026-11-21.
"""

from dataclasses import dataclass

import numpy as np

from sandbox.chance import Flags, Ints
from sandbox.store import Versions
from sandbox.world import instant

REQUIRED = ("filterGroups", "sorts", "properties", "limit", "after")
MODIFIED = "hs_lastmodifieddate"
CONTACTS_MODIFIED = "lastmodifieddate"
CAP = 10_000
PAGE = 200


class SearchError(ValueError):
    """The search is not one that HubSpot takes."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of matches: positions of statements, how many match in all, and the next `after` or ""."""

    rows: Ints
    total: int
    after: str
    properties: list[str]


def found(asked: object, kept: Versions, standing: Ints, modified: str) -> Found:
    """The page that a search asks for; SearchError where HubSpot would answer 400."""
    if not isinstance(asked, dict):
        raise SearchError("Invalid input JSON.")
    if missing := [key for key in REQUIRED if key not in asked]:
        raise SearchError(f"Some required fields were not set: {missing}")
    limit, after = asked["limit"], str(asked["after"] or "0")
    if not isinstance(limit, int) or not 0 <= limit <= PAGE:
        raise SearchError(f"limit must be between 0 and {PAGE}.")
    if not after.isdigit():
        raise SearchError("after must be an integer.")
    if int(after) + limit > CAP:
        raise SearchError(f"Paging past {CAP} results is not possible.")
    groups = _groups(asked["filterGroups"])
    matches = np.zeros(len(standing), bool) if groups else np.ones(len(standing), bool)
    for group in groups:
        fits = np.ones(len(standing), bool)
        for one in group:
            fits &= _fits(one, kept, standing, modified)
        matches |= fits
    rows = _sorted(asked["sorts"], kept, standing[matches], modified)
    end = int(after) + limit
    more = str(end) if end < len(rows) else ""
    return Found(rows[int(after) : end], len(rows), more, [str(name) for name in asked["properties"] or []])


def _groups(asked: object) -> list[list[dict[str, object]]]:
    if not isinstance(asked, list):
        raise SearchError("filterGroups must be a list.")
    groups = [group.get("filters", []) if isinstance(group, dict) else [] for group in asked]
    if len(groups) > 5 or any(len(g) > 6 for g in groups) or sum(len(g) for g in groups) > 18:
        raise SearchError("At most 5 filter groups of at most 6 filters, 18 in all.")
    return groups


def values(
    name: str, kept: Versions, rows: Ints, modified: str
) -> tuple[np.ndarray[tuple[int], np.dtype[np.object_]], bool]:
    """A property of these statements, and whether it is a number."""
    if name in (modified, "lastmodifieddate", "hs_lastmodifieddate"):
        return kept.at[rows].astype(object), True
    if name == "createdate":
        return kept.created[rows].astype(object), True
    if name == "hs_object_id":
        return kept.ids[rows].astype(object), True
    if name not in kept.wire.column_names:
        raise SearchError(f"There was a problem with the request: property {name!r} does not exist.")
    return np.array([r[name] for r in kept.rows(rows, [name])], object), False


def _number(value: object) -> int:
    text = str(value)
    if text.lstrip("-").isdigit():
        return int(text)
    try:
        return instant(text)
    except ValueError:
        raise SearchError("A date must be in epoch milliseconds.") from None


def _fits(one: dict[str, object], kept: Versions, rows: Ints, modified: str) -> Flags:
    name, operator = str(one.get("propertyName", "")), str(one.get("operator", ""))
    if operator not in ("IN", "NOT_IN") and "value" in one and not isinstance(one["value"], str):
        raise SearchError("value must be a string.")
    fast = {modified: kept.at, "createdate": kept.created, "hs_object_id": kept.ids}
    if name in fast and operator in ("EQ", "NEQ", "LT", "LTE", "GT", "GTE"):
        return _compared(operator, fast[name][rows], _number(one.get("value")))
    having, is_number = values(name, kept, rows, modified)
    there = np.array([v is not None for v in having], bool)
    if operator in ("HAS_PROPERTY", "NOT_HAS_PROPERTY"):
        return there if operator == "HAS_PROPERTY" else ~there
    if operator in ("IN", "NOT_IN"):
        wanted = one.get("values")
        if not isinstance(wanted, list):
            raise SearchError(f"{operator} needs values.")
        inside = np.array([str(v) in wanted for v in having], bool)
        return inside if operator == "IN" else there & ~inside
    if operator == "BETWEEN":
        low, high = _number(one.get("value")), _number(one.get("highValue"))
        numbers = having.astype(np.int64) if is_number else np.array([_number(v) if v else -1 for v in having])
        return (numbers >= low) & (numbers <= high)
    if operator not in ("EQ", "NEQ"):
        raise SearchError(f"Operator {operator!r} cannot be used with property {name!r} here.")
    same = np.array([v is not None and str(v).lower() == str(one.get("value", "")).lower() for v in having], bool)
    return same if operator == "EQ" else there & ~same


def _compared(operator: str, having: Ints, value: int) -> Flags:
    compare = {
        "EQ": np.equal,
        "NEQ": np.not_equal,
        "LT": np.less,
        "LTE": np.less_equal,
        "GT": np.greater,
        "GTE": np.greater_equal,
    }
    fits: Flags = compare[operator](having, value)
    return fits


def _sorted(asked: object, kept: Versions, rows: Ints, modified: str) -> Ints:
    if not isinstance(asked, list) or len(asked) > 1:
        raise SearchError("One sort rule at most.")
    if not asked:
        return rows
    rule = asked[0]
    name = str(rule.get("propertyName", "")) if isinstance(rule, dict) else str(rule).lstrip("-")
    falls = rule.get("direction") == "DESCENDING" if isinstance(rule, dict) else str(rule).startswith("-")
    having, is_number = values(name, kept, rows, modified)
    keys = having.astype(np.int64) if is_number else np.array([str(v or "") for v in having])
    order = np.argsort(keys, kind="stable")
    return rows[order[::-1]] if falls else rows[order]
