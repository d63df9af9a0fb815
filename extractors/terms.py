"""What only some vendors have: a way of their own to say "not now" or "no", a price, a list beside the records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

Verdict = Literal["", "busy", "refused", "changed", "gone"]
Scalar = str | int | float | bool | None
Value = Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a throttle may look at: the status, the headers in lower case, the body, and which try it was (from 1)."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    attempt: int


@dataclass(frozen=True, slots=True)
class Wait:
    """When to ask again: after `seconds`, or at the instant `until`; `stop` means not in this run, because of `why`."""

    seconds: float = 0.0
    until: datetime | None = None
    stop: bool = False
    why: str = "no more calls in this run"


@dataclass(frozen=True, slots=True)
class Complaint:
    """How an answer with status 200 says that it failed: the places to read, and what it amounts to.

    `count` and `remarks` are places among them: of the number of records (where it is 0, there need be no list), and of
    the names of what the vendor could not give beside what it gave ("errors[*].type").
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
