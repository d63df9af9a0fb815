"""How well the optional rule links records whose people are known: precision, recall and F1 of pairs, by file.

`python -m benchmarks.linkage FOLDER` takes the public sets that record linkage is usually judged on, by their usual
names: fake_1000.csv (splink's) and dataset1.csv, dataset2.csv (FEBRL's). It fails where F1 is below its floor.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.timing import ROOT
from publishing.likely_people import likely_people

FEBRL = """
    select trim(rec_id) as record, split_part(trim(rec_id), '-', 2) as truth, trim(given_name) as first_name,
        trim(surname) as last_name, trim(address_1) as street, trim(suburb) as city, trim(postcode) as postcode,
        strftime(try_strptime(trim(date_of_birth), '%Y%m%d'), '%Y-%m-%d') as birth_date
    from read_csv(?, all_varchar = true, normalize_names = true)
"""
FAKE = """
    select unique_id as record, cluster as truth, first_name, surname as last_name, dob as birth_date, city, email
    from read_csv(?, all_varchar = true)
"""
SETS = {"fake_1000.csv": (FAKE, 0.92), "dataset1.csv": (FEBRL, 0.97), "dataset2.csv": (FEBRL, 0.97)}
COUNTS = """
    with told as (
        select given.record, given.truth, coalesce(found.person, given.record) as person
        from given left join found using (record)
    )

    select
        count(*) filter (where a.person = b.person),
        count(*) filter (where a.truth = b.truth),
        count(*) filter (where a.person = b.person and a.truth = b.truth)
    from told as a inner join told as b on a.record < b.record
    where a.person = b.person or a.truth = b.truth
"""


@dataclass(frozen=True)
class Score:
    """Pairs linked, pairs true, and those that are both."""

    linked: int
    true: int
    right: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.linked + self.true)

    def __str__(self) -> str:
        """Precision, recall and F1."""
        precision, recall = self.right / max(self.linked, 1), self.right / max(self.true, 1)
        return f"precision {precision:.4f}, recall {recall:.4f}, F1 {self.f1:.4f}"


def threshold() -> float:
    """The probability from which on the rule links, from the seed."""
    seed = ROOT / "dbt_project" / "seeds" / "identity_rules.csv"
    rows = duckdb.execute("select confidence from read_csv(?) where rule = 'likely_person'", [str(seed)]).fetchall()
    return float(rows[0][0])


def judge(records: pa.Table, at_least: float) -> Score:
    """How well records with a column `truth` are told apart without it."""
    found = likely_people(records.drop_columns("truth"), at_least)
    with duckdb.connect() as con:
        con.register("given", records)
        con.register("found", found)
        return Score(*con.execute(COUNTS).fetchall()[0])


def main() -> int:
    """Print a line for each set; 1 where one is below its floor."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linkage", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the public sets lie")
    folder = parser.parse_args().folder
    below = 0
    for name, (query, floor) in SETS.items():
        score = judge(duckdb.execute(query, [str(folder / name)]).to_arrow_table(), threshold())
        below += score.f1 < floor
        print(f"{name}: {score} (floor {floor})")  # noqa: T201 - the scores are the output
    return int(below > 0)


if __name__ == "__main__":
    sys.exit(main())
