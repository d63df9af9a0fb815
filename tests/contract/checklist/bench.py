"""A source at work for a test: what it holds, what goes wrong there, what is read of it, what staging makes of that."""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from extractors.auth import Account
from extractors.catalog import catalog
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.spec import Window
from sandbox.chance import DAY
from tests.contract.checklist.planter import FilePlanter, Planter
from tests.contract.checklist.records import NOW, Records, midnight
from tests.journey.town import ROOT

KEY = b"a key for tests"
MACRO = jinja2.Environment(autoescape=False).from_string(  # noqa: S701 it makes SQL
    (ROOT / "dbt_project/macros/latest_statement.sql").read_text()
)
Staged = Counter[tuple[str, int]]  # what each record is called and its instant


class Bench:
    """A source, what it holds, and a lake that it is read into."""

    def __init__(self, planter: Planter | FilePlanter, home: Path) -> None:
        self.planter, self.source = planter, catalog()[planter.source]
        self.endpoint = self.source.endpoint(planter.endpoint)
        self.begin(home)

    def begin(self, home: Path) -> None:
        """Start again, in an empty lake."""
        self.lake, self.days, self.receipts = home / "lake", set[date](), list[Receipt]()
        self.held: Records | None = None
        self.coming: Records | None = None
        self.clear()

    def hold(self, held: Records) -> Records:
        """Let the vendor hold these records, and no others, from now on; as it holds them."""
        self.held = held.at_most(self.planter.unit)
        self.plant()
        return self.held

    def after(self, answers: int, held: Records) -> None:  # noqa: ARG002 - only what answers can be counted
        """Let the vendor hold these records after so many answers more, or else from when it is settled."""
        self.coming = held

    def settle(self) -> None:
        """End what goes wrong, and bring what has not come yet."""
        self.clear()
        if self.coming is not None:
            self.hold(self.coming)
        self.coming = None

    def read(self, first: date, last: date | None = None, now: datetime | None = None, also: str = "") -> None:
        """Read the days from `first` to `last`, and those before them that are read again; and one endpoint more."""
        window = Window(first, (last or first) + timedelta(days=1))
        root = self.endpoint.each.of if self.endpoint.each else self.endpoint.name
        now = now or datetime.fromisoformat(NOW)
        found = extract(self.source, root, window, self.account, self.lake, KEY, now=now)
        if also:
            extract(self.source, also, window, self.account, self.lake, KEY, now=now)
        self.receipts = [receipt for receipt in found if receipt.endpoint == self.endpoint.name]
        self.days |= {receipt.date for receipt in self.receipts}
        assert sum(receipt.rejected for receipt in found) == 0

    def staged(self, endpoint: str = "", where: str = "true") -> Staged:
        """The latest statement of each key in the lake, by the macro that the staging models use."""
        told = self.source.endpoint(endpoint or self.endpoint.name)
        moment = self.planter.moment if told is self.endpoint else told.by
        place = f"{self.lake}/raw/source={self.source.name}/entity={told.name}/day=*/part-0.parquet"
        latest = MACRO.module.latest_statement("statements", list(told.key), told.by or None)  # type: ignore[attr-defined]
        query = f"""
            with statements as (select * from read_parquet('{place}', hive_partitioning = true))
            select cast({self.planter.column} as varchar), epoch_ms({moment}), cast(day as date) from ({latest})
            where {where}
        """
        with duckdb.connect() as con:
            rows = con.execute(query).fetchall()
        if told.by:
            assert [1 for _, at, day in rows if midnight(day) != at // DAY * DAY] == []
        return Counter((key, at) for key, at, _ in rows)

    def expected(self) -> Staged:
        """What staging must hold: every record, once, whose day was read."""
        assert self.held is not None
        days = {midnight(day) for day in self.days}
        when = self.held.filed if self.planter.reads_files else self.held.at
        every = zip(self.planter.keys(self.held), self.held.at.tolist(), when.tolist(), strict=True)
        return Counter((key, at) for key, at, told in every if told // DAY * DAY in days)

    def check(self) -> None:
        """Every record of the days that were read is there exactly once, and nothing else is."""
        staged, expected = self.staged(), self.expected()
        lost, more = expected - staged, staged - expected
        assert (len(lost), len(more)) == (0, 0), f"lost {sorted(lost)[:3]}, more {sorted(more)[:3]}"

    @property
    def account(self) -> Account:
        """Who we are there."""
        raise NotImplementedError

    def plant(self) -> None:
        """Bring what is held to where it is read."""
        raise NotImplementedError

    def arm(self, kind: str, **options: Any) -> None:
        """Switch a fault on."""
        raise NotImplementedError

    def clear(self) -> None:
        """Switch every fault off."""
        raise NotImplementedError

    @property
    def has_struck(self) -> bool:
        """Whether every fault that is on was met."""
        raise NotImplementedError
