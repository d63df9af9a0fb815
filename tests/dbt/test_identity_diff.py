"""The dry run of an edit of the identity seeds: it says what the next build does, and writes nothing."""

import csv
import shutil
from pathlib import Path

import duckdb
import pytest

from extractors import landing
from publishing import build as room
from publishing.dry_run import NothingBuilt
from publishing.identity_diff import Diff, diff
from tests.dbt.lake import ROOT, Lake, digest, only
from tests.dbt.test_identity_day_by_day import TOLD
from tests.dbt.town import DAY_1, DAY_2, contact

AS_OF = "2026-08-02"


def edited(seed: Path, was: str, now: str) -> None:
    """Edit a seed as an analyst would."""
    text = seed.read_text()
    assert was in text
    seed.write_text(text.replace(was, now))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A few contacts, built: three share a mailbox, two a role's."""
    root: Path = tmp_path_factory.mktemp("diff")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    shared = [contact(1 + n, "three@x.example") for n in range(3)]
    role = [contact(8 + n, "info@firm.example", site_user_id=f"u{n}") for n in range(2)]
    lake.put("hubspot", "contacts", DAY_1, [*shared, *role])
    lake.build(AS_OF, *only(*TOLD))
    rows = [[r.vendor, r.endpoint, r.date, r.content_digest] for r in landing.receipts(lake.root)]
    with duckdb.connect(str(lake.warehouse)) as con:
        con.execute("create table meta.partitions (vendor text, endpoint text, day date, content_digest text)")
        con.executemany("insert into meta.partitions values (?, ?, ?, ?)", rows)
    lake.put("matomo", "visits", DAY_2, [])
    return lake


@pytest.fixture(scope="module")
def told(place: Lake) -> tuple[Diff, list[dict[str, str]]]:
    """What an edit of both seeds would do, and the file about it."""
    project = place.root.parent / "dbt_project"
    shutil.copytree(ROOT / "dbt_project", project, ignore=shutil.ignore_patterns("target", "logs"))
    edited(
        project / "seeds/identity_rules.csv",
        "contact_email,hubspot_contact_id,email,true,3",
        "contact_email,hubspot_contact_id,email,true,2",
    )
    edited(project / "seeds/identity_exclusions.csv", "email,local_part,info,role mailbox\n", "")
    before = place.warehouse.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "PROJECT", project)
        patch.setenv("RAPPORT_RUNS", str(place.root / "runs"))
        found = diff(place.root, place.warehouse, place.root.parent / "diff")
    assert place.warehouse.read_bytes() == before
    assert [file.name for file in (place.root.parent / "diff").iterdir()] == ["changes.csv"]
    with (place.root.parent / "diff" / "changes.csv").open() as file:
        return found, list(csv.DictReader(file))


def customers(place: Lake, *contacts: int) -> set[str]:
    """Who these contacts are in the warehouse."""
    sql = "select customer_id from marts.customer_identities where identifier_value = ?"
    return {str(row[0]) for number in contacts for row in place.rows(sql, str(number))}


def test_it_names_what_was_edited(told: tuple[Diff, list[dict[str, str]]]) -> None:
    assert told[0].seeds == (
        "identity_rules contact_email: max_group_size 3 -> 2",
        "identity_exclusions - email local_part info",
    )


def test_whom_a_smaller_cap_would_part_is_told_with_the_identifier_that_says_nothing_any_more(
    told: tuple[Diff, list[dict[str, str]]], place: Lake
) -> None:
    splits = told[0].of("SPLIT")
    assert {change.from_id for change in splits} == customers(place, 1, 2, 3)
    assert len(splits) == 2
    assert {change.evidence for change in splits} == {
        f"on too many records: contact_email on email {digest('three@x.example')}"
    }


def test_whom_a_lifted_exclusion_would_merge_is_told_with_the_rule(
    told: tuple[Diff, list[dict[str, str]]], place: Lake
) -> None:
    (merge,) = told[0].of("MERGED")
    assert {merge.from_id, merge.to_id} == customers(place, 8, 9)
    assert merge.evidence
    assert merge.evidence.startswith("contact_email on hubspot_contact_id")


def test_it_counts_customers_and_the_skipped_before_and_after(told: tuple[Diff, list[dict[str, str]]]) -> None:
    assert told[0].customers == (3, 4)
    assert told[0].skipped == {"role mailbox": (1, 0), "on too many records": (0, 1)}
    assert told[0].newer_partitions == 1


def test_every_change_stands_in_the_file_and_on_the_page(told: tuple[Diff, list[dict[str, str]]]) -> None:
    found, rows = told
    assert sorted(row["change_type"] for row in rows) == ["MERGED", "SPLIT", "SPLIT"]
    page = str(found)
    assert "Customers  3 -> 4" in page
    assert all(str(change) in page for change in found.changes)


def test_without_a_finished_build_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    with pytest.raises(NothingBuilt, match="build first"):
        diff(tmp_path, tmp_path / "warehouse.duckdb", tmp_path / "out")
