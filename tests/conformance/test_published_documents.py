"""Every call of the extractor and every answer of the sandbox conforms to the vendor's published document.

Prism stands in between. Where we differ on purpose, exceptions.csv says where and why; a row that nothing needs any
more is an error.
"""

import csv
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from extractors.catalog import catalog
from tests.conformance.conftest import account, read
from tests.conformance.documents import DOCUMENTS
from tests.conformance.prism import Violation, judged
from tests.journey.town import Town

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Difference:
    """A row of exceptions.csv: `*` in it stands for anything, everything else for itself."""

    vendor: str
    operation: str
    place: str
    says: str
    why: str

    def covers(self, violation: Violation) -> bool:
        """Whether it is this violation that we mean to have."""
        asked = ((violation.operation, self.operation), (violation.place, self.place), (violation.says, self.says))
        return all(fnmatchcase(found, meant.replace("[", "[[]")) for found, meant in asked)


def differences() -> list[Difference]:
    """All rows."""
    with (HERE / "exceptions.csv").open(newline="") as file:
        return [Difference(**row) for row in csv.DictReader(file)]


def test_every_difference_has_a_reason_and_a_vendor() -> None:
    rows = differences()
    assert {row.vendor for row in rows} <= set(DOCUMENTS)
    assert [row for row in rows if not row.why.strip()] == []


@pytest.mark.parametrize("vendor", sorted(set(DOCUMENTS) & set(catalog())))
def test_calls_and_answers_conform(
    vendor: str, place: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = catalog()[vendor]
    with judged(DOCUMENTS[vendor](), f"http://127.0.0.1:{place.port}/{vendor}", tmp_path) as tap:
        receipts = [r for root in source.roots for r in read(vendor, root.name, account(vendor, tap.address), tmp_path)]
    verdicts = tap.verdicts
    rows = {e.name: sum(r.rows for r in receipts if r.endpoint == e.name) for e in source.endpoints}
    with capsys.disabled():
        calls, operations = verdicts.calls.total(), len(verdicts.calls)
        print(f"\n{vendor}: {calls} calls and answers of {operations} operations judged, {sum(rows.values())} records")  # noqa: T201
    mine = [row for row in differences() if row.vendor == vendor]
    meant = {violation for violation in verdicts.violations for row in mine if row.covers(violation)}
    assert sorted(set(verdicts.violations) - meant) == []
    assert [row for row in mine if not any(row.covers(violation) for violation in verdicts.violations)] == []
    assert [name for name, count in rows.items() if not count] == [], "what brings no record is not judged"
    assert verdicts.calls.total() > 0
