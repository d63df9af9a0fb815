"""How far identity can be trusted: the city resolved, its pairs against the truth, by confidence, as a table.

`python -m benchmarks.reliability [--people N] [--days N] [--write]` prints what docs/identity.md says between its
marks; `--write` puts it there.
"""

import argparse
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.timing import ROOT, WORK
from demo.home import ACCOUNTS
from extractors import landing, settings
from extractors.catalog import catalog
from extractors.run import extract
from extractors.spec import Window
from publishing.build import run_dbt
from sandbox import truth
from sandbox.server import Sandbox, serve_in_thread
from sandbox.world import build, instant

PAGE = ROOT / "docs" / "identity.md"
MARKS = "<!-- measured: python -m benchmarks.reliability --write -->", "<!-- end of what is measured -->"
FIRST = date(2026, 7, 3)
ASKED = {
    "hubspot": ("contacts", "contacts_archived"),
    "mailchimp": ("lists",),
    "matomo": ("visits",),
    "bluesky": ("interactions",),
}
BINS = (0.0, 0.9, 0.95, 0.97, 0.98, 0.99, 1.01)
NOISES = (1.0, 2.0)
# Which customer, if only one, holds each identifier of the truth: records by their ids, emails and handles left out,
# because the truth knows no digests.
JUDGED = """
    create table judged as
    select
        truth.identifier_type || ':' || truth.identifier_value as identifier,
        truth.person_id,
        truth.is_linkable and not truth.is_shared as is_fair,
        min(found.customer_id) as customer_id,
        min(sure.identity_confidence_score) as confidence
    from read_parquet(?) as truth
    inner join intermediate.int_identity__people as found using (identifier_type, identifier_value)
    left join (
        select customer_id, max(identity_confidence_score) as identity_confidence_score
        from intermediate.int_identity__members group by customer_id
    ) as sure on sure.customer_id = found.customer_id
    group by all
    having count(distinct found.customer_id) <= 1
"""
PAIRS = """
    select
        count(*) filter (where a.customer_id = b.customer_id),
        count(*) filter (where a.person_id = b.person_id),
        count(*) filter (where a.customer_id = b.customer_id and a.person_id = b.person_id)
    from judged as a inner join judged as b on a.identifier < b.identifier
    where a.is_fair and b.is_fair and (a.customer_id = b.customer_id or a.person_id = b.person_id)
"""
BY_CONFIDENCE = """
    select
        a.customer_id,
        min(a.confidence) as confidence,
        count(*) as pairs,
        count(*) filter (where a.person_id = b.person_id) as right_pairs
    from judged as a inner join judged as b on a.identifier < b.identifier and a.customer_id = b.customer_id
    where a.identifier not like 'matomo%' and b.identifier not like 'matomo%'
    and a.identifier not like 'site_user%' and b.identifier not like 'site_user%'
    group by a.customer_id
"""


@dataclass(frozen=True)
class Share:
    """So many of so many, with Wilson's interval of 95 %."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share; 1 of none."""
        return self.hits / self.of if self.of else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """Between what and what the true share lies, 19 times of 20."""
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.96, self.of, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        """The share and its interval."""
        low, high = self.interval
        return f"{self.value:.4f} ({low:.4f} to {high:.4f})"


@dataclass(frozen=True)
class Judged:
    """A city resolved: precision and recall over pairs of identifiers, and a row a customer by confidence."""

    noise: float
    precision: Share
    recall: Share
    customers: list[tuple[float, int, int]]

    def lines(self) -> Iterator[str]:
        """The reliability table: a line for every bin of confidence that has customers."""
        for low, high in pairwise(BINS):
            rows = [row for row in self.customers if low <= row[0] < high]
            if rows:
                stated = sum(row[0] for row in rows) / len(rows)
                pairs = Share(sum(row[2] for row in rows), sum(row[1] for row in rows))
                whole = Share(sum(row[1] == row[2] for row in rows), len(rows))
                name = f"{low:.2f} to {min(high, 1.0):.2f}"
                yield f"| {self.noise:g} | {name} | {len(rows)} | {stated:.3f} | {pairs} | {whole} |"


def city(people: int, days: int, noise: float, home: Path) -> tuple[Path, date]:
    """Read so much of a city into a lake in `home`, its truth beside it; the lake and the last day."""
    shutil.rmtree(home, ignore_errors=True)
    last = FIRST + timedelta(days=days - 1)
    now = instant(f"{last + timedelta(days=1)}T06:00:00Z")
    world = build(7, people, FIRST, now, **({} if noise == 1 else {"noise": noise}))
    truth.write(world, now, home / "truth")
    for source in catalog().values():
        landing.declare(source, home / "lake")
    server, stop = serve_in_thread(Sandbox(world, now, FIRST, rate_factor=1e6))
    try:
        for vendor, names in ASKED.items():
            told: dict[str, Any] = {"host": f"http://127.0.0.1:{server.server_port}/{vendor}", **ACCOUNTS[vendor]}
            extra = {"rate_factor": "1000", **told.get("extra", {})}
            account = settings.account_of(vendor, {"conn_type": "http", **told, "extra": extra})
            for name in names:
                at = datetime(last.year, last.month, last.day, 6, tzinfo=UTC) + timedelta(days=1)
                window = Window(FIRST, last + timedelta(days=1))
                extract(catalog()[vendor], name, window, account, str(home / "lake"), b"a key", now=at)
    finally:
        stop()
    return home / "lake", last


def judged(people: int, days: int, noise: float) -> Judged:
    """A city of that size and noise, resolved and held against its truth."""
    home = WORK / f"reliability-{people}-{days}-{noise:g}"
    lake, last = city(people, days, noise, home)
    warehouse = home / "warehouse.duckdb"
    run_dbt(lake, warehouse, last, (), select=("+int_identity__people",))
    with duckdb.connect(str(warehouse)) as con:
        con.execute(JUDGED, [str(home / "truth" / "identifiers.parquet")])
        linked, true, right = con.execute(PAIRS).fetchall()[0]
        rows = con.execute(BY_CONFIDENCE).fetchall()
    return Judged(noise, Share(right, linked), Share(right, true), [(c, n, ok) for _, c, n, ok in rows])


def table(found: list[Judged], people: int, days: int) -> str:
    """What docs/identity.md says between its marks."""
    lines = [
        f"The city of {people:,} people over {days} days, seed 7.",
        "",
        "| noise | precision | recall |",
        "|--|--|--|",
    ]
    lines += [f"| {one.noise:g} | {one.precision} | {one.recall} |" for one in found]
    lines += ["", "| noise | confidence | customers | mean confidence | right pairs | wholly right customers |"]
    lines += ["|--|--|--|--|--|--|", *(line for one in found for line in one.lines())]
    return "\n".join(lines)


def main() -> None:
    """Print the tables, or write them into their page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability", description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    text = table([judged(asked.people, asked.days, noise) for noise in NOISES], asked.people, asked.days)
    print(text)  # noqa: T201 - the tables are the output
    if asked.write:
        head, _, rest = PAGE.read_text().partition(MARKS[0])
        PAGE.write_text(f"{head}{MARKS[0]}\n\n{text}\n\n{MARKS[1]}{rest.partition(MARKS[1])[2]}")


if __name__ == "__main__":
    main()
