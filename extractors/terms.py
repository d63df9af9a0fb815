"""What some vendors' terms add to an endpoint: a price for what is read, and a list that the records refer to."""

from dataclasses import dataclass
from decimal import Decimal


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
