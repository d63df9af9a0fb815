"""What one walk cost, and what came of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.budget import Free


@dataclass
class Tally:
    """Counts the calls and the records of one walk; `is_cut` where the day's ceiling ended it."""

    pages: int = 0
    requests: int = 0
    total: int | None = None  # how many records the vendor said that there are, where it says so
    records: int = 0
    is_cut: bool = False
    toll: Free = field(default_factory=Free)
    remarks: Counter[str] = field(default_factory=Counter)

    def count(self, records: int, remarks: Sequence[str]) -> None:
        """One more page, with so many records, and what the vendor could not give beside them."""
        self.records += records
        self.remarks.update(remarks)
        self.toll.settle(records)
