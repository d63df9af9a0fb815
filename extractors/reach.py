"""How far back a reading came: which days are not whole, and why."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from extractors.plan import Group
from extractors.spec import Endpoint
from extractors.tally import Tally

PAGE = 100  # so many records below the vendor's depth, a walk may have ended there: it counts deleted ones too


class Reach:
    """Watches the rows of a group's walks; `left_out` says in the end which days they do not fill."""

    def __init__(self, endpoint: Endpoint, group: Group) -> None:
        self._endpoint, self._group = endpoint, group
        self._oldest: datetime | None = None

    def see(self, rows: pa.Table) -> None:
        """Rows as they come."""
        if self._endpoint.span.newest_first and rows.num_rows:
            oldest = pc.min(rows.column(self._endpoint.by)).as_py()
            self._oldest = min(self._oldest or oldest, oldest)

    def left_out(self, tallies: Sequence[Tally]) -> dict[date, str]:
        """The days that are not whole, each with the reason; newer days than the oldest record of a walk are."""
        cut = sum(tally.is_cut for tally in tallies)
        depth = self._endpoint.depth
        if cut:
            why = f"the daily ceiling was reached: {cut} of {len(self._group.walks)} walks not made to their end"
        elif depth and max((tally.records for tally in tallies), default=0) > depth - PAGE:
            why = f"the vendor lists the newest {depth:,} only"
        else:
            return {}
        last = self._oldest.astimezone(UTC).date() if self._oldest else max(self._group.days)
        return {day: why for day in self._group.days if day <= last}
