"""`python -m truth.reliability`: what the stated confidence of an identity is worth, as a table.

It is the part of docs/identity.md between its marks; `--write` puts it there.
"""

import argparse
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb

from demo.home import ACCOUNTS
from extractors import landing
from extractors.catalog import catalog
from publishing.build import run_dbt
from truth.city import DIGEST_KEY, LAST, City
from truth.figures import Figure, proportion
from truth.measures import views

PAGE = Path(__file__).parents[1] / "docs" / "identity.md"
MARKS = "<!-- measured: python -m truth.reliability --write -->", "<!-- end of what is measured -->"
MODELS = ("+customer_identities", "int_identity__pairs")
BINS = (0.0, 0.9, 0.95, 0.97, 0.98, 0.99, 1.01)
# The records of the truth by their vendors' ids, each with its customer; a device follows people and is no record.
RECORDS = """
    create temp table told as
    select
        truth.person_id,
        components.identifier_number as number,
        members.customer_id,
        members.identity_confidence_score as confidence
    from truth_identifiers as truth
    inner join intermediate.int_identity__members as members using (identifier_type, identifier_value)
    inner join intermediate.int_identity__components as components using (identifier_type, identifier_value)
    where truth.identifier_type in ('hubspot_contact_id', 'mailchimp_member_id', 'bluesky_did')
    and members.customer_id is not null
"""
PAIRS = """
    create temp table pairs as
    select
        a.customer_id,
        a.confidence,
        a.person_id = b.person_id as is_right,
        supported.left_number is not null as is_supported
    from told as a
    inner join told as b on a.customer_id = b.customer_id and a.number < b.number
    left join intermediate.int_identity__pairs as supported
        on a.number = supported.left_number and b.number = supported.right_number
"""
BY_CUSTOMER = """
    select min(confidence), count(*), count(*) filter (where is_right) from pairs group by customer_id
"""


@dataclass(frozen=True)
class Measured:
    """One city: each customer of several records as (stated confidence, pairs, right pairs); the right of each kind."""

    noise: float
    customers: list[tuple[float, int, int]]
    kinds: list[Figure]

    def bins(self) -> Iterator[str]:
        """A line of the reliability table for every bin of confidence that somebody is in."""
        for low, high in pairwise(BINS):
            rows = [row for row in self.customers if low <= row[0] < high]
            if rows:
                name, stated = f"{low:.2f} to {min(high, 1.0):.2f}", sum(row[0] for row in rows) / len(rows)
                pairs = proportion(name, sum(row[2] for row in rows), sum(row[1] for row in rows), 0)
                whole = proportion(name, sum(row[1] == row[2] for row in rows), len(rows), 0)
                yield f"| {self.noise:g} | {name} | {len(rows)} | {stated:.3f} | {shown(pairs)} | {shown(whole)} |"


def shown(figure: Figure) -> str:
    """A share and its interval."""
    return f"{figure.value:.4f} ({figure.low:.4f} to {figure.high:.4f})"


def measured(warehouse: Path, truth: Path, noise: float) -> Measured:
    """Hold the records of a built city against its truth."""
    with duckdb.connect(str(warehouse)) as con:
        views(con, truth, DIGEST_KEY)
        for statement in (RECORDS, PAIRS):
            con.execute(statement)
        kinds = [
            proportion(name, right, of, 0)
            for name, right, of in con.execute(
                "select case when is_supported then 'that say so themselves' else 'through others' end,"
                " count(*) filter (where is_right), count(*) from pairs group by 1 order by 1"
            ).fetchall()
        ]
        return Measured(noise, con.execute(BY_CUSTOMER).fetchall(), kinds)


def city(people: int, days: int, noise: float, folder: Path) -> Measured:
    """Read the records of a city, resolve them and nothing else, and hold them against the truth."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    place = City(people, days, noise, folder)
    for source in catalog().values():
        landing.declare(source, folder / "lake")
    place.sandbox("truth", "--out", str(place.truth), *place.arguments)
    with place.served() as url:
        for vendor in ACCOUNTS:
            place.read(vendor, url)
    run_dbt(folder / "lake", place.warehouse, LAST, (), select=MODELS)
    return measured(place.warehouse, place.truth, noise)


def table(found: Sequence[Measured], people: int, days: int) -> str:
    """What the page says between its marks."""
    lines = [f"{people:,} people over {days} days (seed 7).", ""]
    lines += ["| noise | confidence | customers | mean confidence | right pairs | wholly right customers |"]
    lines += ["|--|--|--|--|--|--|", *(line for one in found for line in one.bins()), ""]
    lines += ["| noise | pairs of records | how many | right |", "|--|--|--|--|"]
    lines += [f"| {one.noise:g} | {kind.name} | {kind.of} | {shown(kind)} |" for one in found for kind in one.kinds]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables, or write them into their page."""
    parser = argparse.ArgumentParser(prog="python -m truth.reliability", description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--out", type=Path, default=Path("data/reliability"))
    parser.add_argument("--write", action="store_true", help="into docs/identity.md")
    asked = parser.parse_args(arguments)
    found = [city(asked.people, asked.days, noise, asked.out / f"{noise:g}") for noise in (1.0, 2.0)]
    text = table(found, asked.people, asked.days)
    print(text)  # noqa: T201 - the tables are the output
    if asked.write:
        head, _, rest = PAGE.read_text().partition(MARKS[0])
        PAGE.write_text(f"{head}{MARKS[0]}\n\n{text}\n\n{MARKS[1]}{rest.partition(MARKS[1])[2]}")


if __name__ == "__main__":
    main()
