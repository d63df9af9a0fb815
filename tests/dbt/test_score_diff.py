"""What an edit of the score's seeds would do is told before it is done, and nothing is written."""

import csv
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from extractors import landing
from extractors.catalog import catalog
from publishing import build as room
from publishing.dry_run import NothingBuilt
from publishing.score_diff import Diff, diff
from tests.dbt.lake import ROOT, Lake, messages

DAY, AS_OF = date(2026, 8, 1), "2026-08-02"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Nine readers, of one to nine pages, and a buyer who read nothing, scored."""
    root: Path = tmp_path_factory.mktemp("diff")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    lake.put("matomo", "visits", str(DAY), [])
    receipts = [[r.vendor, r.endpoint, DAY, r.content_digest] for r in landing.receipts(lake.root)]
    with duckdb.connect(str(lake.warehouse)) as con:
        con.execute("create schema intermediate")
        con.execute("create schema meta")
        con.execute("create table meta.partitions (vendor text, endpoint text, day date, content_digest text)")
        con.executemany("insert into meta.partitions values (?, ?, ?, ?)", receipts)
        con.execute(f"""
            create table intermediate.int_day__customer_activities as
            select 'reader ' || n as customer_id, 'viewed_page' as activity, n::int as n_human, date '{DAY}'
                as activity_date
            from range(1, 10) as readers (n)
            union all select 'buyer', 'placed_order', 1, date '{DAY}'
        """)
        con.execute(
            "create table intermediate.int_customer__customers as "
            "select distinct customer_id, 'b2c' as b2b_b2c from intermediate.int_day__customer_activities"
        )
        con.execute(
            "create table intermediate.int_coverage__days as select unnest(?::text[]) as source_system, "
            f"true as is_received, date '{DAY}' as date_day",
            [sorted(catalog())],
        )
        con.execute(
            "create table intermediate.int_coverage__acts as select * "
            "from (values ('matomo', 'viewed_page'), ('hubspot', 'placed_order')) as acts (source_system, activity)"
        )
    for command in (("seed",), ("run", "--select", "path:models/intermediate/score", "+int_coverage__runs")):
        done = lake.dbt(command[0], AS_OF, *command[1:])
        assert done.success, messages(done)
    return lake


@pytest.fixture(scope="module")
def told(place: Lake) -> tuple[Diff, list[dict[str, str]]]:
    """What it would do if an order were worth half a point, and the file about it."""
    project = place.root.parent / "dbt_project"
    shutil.copytree(ROOT / "dbt_project", project, ignore=shutil.ignore_patterns("target", "logs"))
    seed = project / "seeds/activity_types.csv"
    row = next(line for line in seed.read_text().splitlines() if line.startswith("placed_order,"))
    seed.write_text(seed.read_text().replace(row, row.replace(",true,20,20", ",true,0.5,20")))
    before = place.warehouse.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "PROJECT", project)
        patch.setenv("RAPPORT_RUNS", str(place.root / "runs"))
        found = diff(place.root, place.warehouse, place.root.parent / "diff")
    assert place.warehouse.read_bytes() == before
    assert [file.name for file in (place.root.parent / "diff").iterdir()] == ["score_changes.csv"]
    with (place.root.parent / "diff" / "score_changes.csv").open() as file:
        return found, list(csv.DictReader(file))


def test_it_names_the_weight_that_was_edited(told: tuple[Diff, list[dict[str, str]]]) -> None:
    assert told[0].seeds == ("activity_types placed_order: weight 20.000 -> 0.500",)


def test_who_falls_is_told_with_the_act_and_who_rises_without(told: tuple[Diff, list[dict[str, str]]]) -> None:
    (fall,) = told[0].down
    assert (fall.customer_id, fall.before, fall.after) == ("buyer", 100, 0)
    assert (fall.activity, fall.points) == ("placed_order", -19.5)
    assert [(rise.customer_id, rise.activity) for rise in told[0].up] == [(f"reader {n}", None) for n in range(1, 6)]
    assert told[0].up[0].after == pytest.approx(100 / 9)


def test_it_counts_how_far_they_move_and_who_crosses_the_line(told: tuple[Diff, list[dict[str, str]]]) -> None:
    assert told[0].customers == 10
    assert told[0].bands == (0, 0, 0, 9, 1)
    assert told[0].mean_move == pytest.approx((9 * 100 / 9 + 100) / 10)
    assert (told[0].entered, told[0].left) == (1, 1)


def test_every_customer_stands_in_the_file_and_the_most_moved_on_the_page(
    told: tuple[Diff, list[dict[str, str]]],
) -> None:
    found, rows = told
    assert len(rows) == 10
    assert rows[-1]["customer_id"] == "buyer"
    assert f"  {found.down[0]}\n" in f"{found}\n"
    assert "Above 80  1 come in, 1 go out" in str(found)


def test_without_a_finished_build_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    with pytest.raises(NothingBuilt, match="build first"):
        diff(tmp_path, tmp_path / "warehouse.duckdb", tmp_path / "out")
