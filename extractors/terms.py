"""What some vendors have and most have not: answers that fail with status 200, a price, a list beside the records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Verdict = Literal["", "busy", "refused", "changed", "gone"]
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Complaint:
    """How an answer with status 200 says that it failed: the places to read, and what it amounts to.

    `count` is one of the places, that of the number of records: where it says 0, there need be no list. `remarks` is
    what the vendor could not give beside what it gave: a list, and what names each of its items ("errors[].type").
    """

    reads: tuple[str, ...]
    judge: Callable[[Mapping[str, Value]], Verdict]
    count: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """What the vendor charges for a record, in dollars, and how many records a call brings at most."""

    dollars: Decimal
    most: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A list beside the records, whose item with the same `key` as a record's column `by` belongs to that record.

    `records` is its dotted place in the answer; a column of it stands at "<records>.<field>", and is null where the
    list has no such item.
    """

    records: str
    key: str
    by: str
