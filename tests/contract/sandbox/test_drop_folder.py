"""The city's drop folder: every kind of file, read whole, about the people of the city."""

import csv
import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors import landing
from extractors.auth import Account
from extractors.catalog import catalog
from extractors.run import extract
from extractors.spec import Window
from sandbox.__main__ import main
from sandbox.dropped import write
from sandbox.world import World, build, instant

FIRST, LAST = date(2026, 8, 1), date(2026, 8, 30)
NOW = "2026-08-30T06:00:00Z"
SOURCE = catalog()["files"]
KEY = b"a key for tests"


@pytest.fixture(scope="module")
def world() -> World:
    return build(7, 300, FIRST, instant(NOW))


@pytest.fixture(scope="module")
def dropped(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dropped")
    assert write(world, instant(NOW), folder)
    return folder


@pytest.fixture(scope="module")
def lake(dropped: Path) -> str:
    found = str(dropped.parent / "lake")
    for endpoint in SOURCE.roots:
        receipts = extract(
            SOURCE,
            endpoint.name,
            Window(FIRST, LAST),
            Account(str(dropped)),
            found,
            KEY,
            now=datetime(2026, 8, 31, tzinfo=UTC),
        )
        assert sum(receipt.refused_files for receipt in receipts) == 0, endpoint.name
        assert sum(receipt.rows for receipt in receipts) > 0, endpoint.name
        assert {receipt.rejected for receipt in receipts} == {0}
    return found


def days() -> list[date]:
    return list(Window(FIRST, LAST).days)


def test_every_row_that_was_dropped_is_in_the_lake(dropped: Path, lake: str) -> None:
    for kind in ("orders", "attendance", "referrals"):
        files = sorted((dropped / kind).glob("*.csv"))
        told = [row for file in files for row in csv.DictReader(file.read_text().splitlines())]
        key = SOURCE.endpoint(kind).key
        kept = landing.read(lake, "files", kind, days(), list(key)).to_pylist()
        assert sorted(tuple(row.values()) for row in kept) == sorted(tuple(row[name] for name in key) for row in told)
        assert len(set(map(str, kept))) == len(kept)


def test_it_speaks_of_the_people_whom_the_vendors_know(world: World, lake: str) -> None:
    rows = landing.read(lake, "files", "orders", days(), None).to_pylist()
    known = {*world.people.email, *world.people.mail_email}
    assert {row["email"] for row in rows} - {None} <= known
    assert any(row["order_number"] for row in rows)
    assert any(row["loyalty_id"] and not row["email"] for row in rows)
    assert any(not row["loyalty_id"] and not row["email"] for row in rows)


def test_the_same_city_leaves_the_same_bytes_and_a_longer_one_begins_with_them(
    dropped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = "2026-09-02T06:00:00Z"
    main(["drop", "--out", str(tmp_path), "--people", "300", "--first", str(FIRST), "--now", later])
    assert capsys.readouterr().out
    before = digests(dropped)
    assert {name: digest for name, digest in digests(tmp_path).items() if name in before} == before


def digests(folder: Path) -> dict[str, str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
