"""A partition is the old one or the new one, whole, whatever happens on the way."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors import lake as lakes
from extractors import landing
from extractors.catalog import catalog
from extractors.landing import Landing, receipts
from extractors.receipt import ContentDigest, Receipt
from extractors.records import Misfit
from extractors.schema import arrow_schema
from tests.unit.extractors import writer
from tests.unit.extractors.shop import ORDERS, SOURCE

DAY = date(2026, 8, 1)
STEPS = ("before open", "after row group", "before sync", "before rename", "after rename")


def rows_in(lake: str | Path, day: date = DAY) -> list[str]:
    return landing.read(lake, "shop", "orders", [day], ["order_id"]).column("order_id").to_pylist()


def write(lake: Path, name: str, count: int = 5, **more: int) -> list[Receipt]:
    return writer.write(str(lake), name, count, **more)


def in_child(what: Callable[[], object]) -> int:
    """How a process of its own ends that does this: 0 if it gets to the end, 1 after an error, 137 if it died."""
    child = os.fork()
    if not child:
        with suppress(BaseException):
            what()
            os._exit(0)
        os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_at(lake: Path, name: str, step: str) -> int:
    return in_child(lambda: writer.dying(str(lake), name, step))


@pytest.mark.parametrize("step", STEPS)
def test_a_writer_that_dies_at_any_step_leaves_the_old_day_or_the_new_one(tmp_path: Path, step: str) -> None:
    write(tmp_path, "old")
    assert die_at(tmp_path, "new", step) == 137
    assert rows_in(tmp_path) == [f"{'new' if step == 'after rename' else 'old'}{n}" for n in range(5)]
    again = write(tmp_path, "new")
    assert rows_in(tmp_path) == [f"new{n}" for n in range(5)]
    assert again[0].content_digest == receipts(tmp_path)[0].content_digest


def test_a_writer_killed_at_any_moment_leaves_a_whole_day(tmp_path: Path) -> None:
    first = write(tmp_path, "day0-", 20_000)
    code = f"from tests.unit.extractors import writer; writer.for_ever({str(tmp_path)!r})"
    moments = random.Random(7)  # noqa: S311 the same moments every time
    running = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert running.stdout is not None
    try:
        for _ in range(24):
            child = int(running.stdout.readline())
            time.sleep(moments.uniform(0.0, 0.06))
            os.kill(child, signal.SIGKILL)
            got = rows_in(tmp_path)
            assert len(got) == 20_000
            assert len({name.split("-")[0] for name in got}) == 1
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
    assert write(tmp_path, "day0-", 20_000)[0].content_digest == first[0].content_digest


def test_leftovers_are_swept_when_they_are_old_and_no_sooner(tmp_path: Path) -> None:
    write(tmp_path, "old")
    for age in (0, 10_000):
        die_at(tmp_path, "new", "before rename")
        [left] = tmp_path.glob("**/.part-0*")
        os.utime(left, (time.time() - age, time.time() - age))
        swept = lakes.at(tmp_path).sweep(lakes.folder("shop", "orders"))
        assert swept == (1 if age else 0)
        left.unlink(missing_ok=True)
    assert rows_in(tmp_path) == [f"old{n}" for n in range(5)]


def test_writers_of_the_same_day_at_once_are_both_safe(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        ends = list(pool.map(lambda name: in_child(lambda: write(tmp_path, name, 5000)), "abc"))
    assert ends == [0, 0, 0]
    got = rows_in(tmp_path)
    assert (len(got), len({name[0] for name in got})) == (5000, 1)


def test_an_empty_day_is_a_file_with_a_schema_and_no_rows(tmp_path: Path) -> None:
    [receipt] = write(tmp_path, "none", 0)
    table = pq.read_table(tmp_path / lakes.partition("shop", "orders", DAY), partitioning=None)
    assert (table.num_rows, receipt.rows) == (0, 0)
    assert table.schema.equals(arrow_schema(ORDERS))


def test_the_receipt_stands_in_the_footer(tmp_path: Path) -> None:
    [receipt] = write(tmp_path, "x", 3)
    assert receipts(tmp_path) == [receipt]
    assert receipts(tmp_path, "shop", "orders") == receipts(tmp_path, "shop") == [receipt]
    assert receipts(tmp_path, "other") == receipts(tmp_path / "nowhere") == []
    assert (receipt.rows, receipt.day, receipt.is_provisional) == (3, "2026-08-01", False)


def test_a_receipt_of_another_version_is_still_read() -> None:
    old = {"vendor": "shop", "endpoint": "orders", "day": "2026-08-01", "window_start": "", "window_end": "", "gone": 1}
    assert Receipt.of(json.dumps(old).encode()).vendor == "shop"


def test_declared_endpoints_have_an_empty_partition_that_is_no_data(tmp_path: Path) -> None:
    for source in catalog().values():
        landing.declare(source, tmp_path)
    found = list(lakes.at(tmp_path).files("raw"))
    assert len(found) == sum(len(source.endpoints) for source in catalog().values())
    assert receipts(tmp_path) == []
    before = {path: (tmp_path / path).stat().st_mtime_ns for path in found}
    for source in catalog().values():
        landing.declare(source, tmp_path)
    assert before == {path: (tmp_path / path).stat().st_mtime_ns for path in found}


def test_a_changed_declaration_declares_its_new_schema(tmp_path: Path) -> None:
    landing.declare(SOURCE, tmp_path)
    fewer = replace(SOURCE, endpoints=(replace(ORDERS, columns=ORDERS.columns[:1] + ORDERS.columns[-1:]),))
    landing.declare(fewer, tmp_path)
    table = pq.read_table(tmp_path / lakes.partition("shop", "orders", landing.NEVER), partitioning=None)
    assert table.schema.names == ["order_id", "ordered_at", "ordered_at_raw", "_seq"]


def test_rows_sent_twice_stand_once_and_two_statements_of_a_key_stand_twice(tmp_path: Path) -> None:
    land = Landing(tmp_path, "shop", ORDERS, [DAY])
    for name in ("a", "b", "a"):
        land.add(writer.rows(name, 2))
    land.add(writer.rows("b", 1, amount=7))
    [receipt] = land.commit(writer.receipt())
    assert rows_in(tmp_path) == ["a0", "a1", "b0", "b1", "b0"]
    assert (receipt.rows, receipt.duplicates) == (5, 2)
    numbers = landing.read(tmp_path, "shop", "orders", [DAY], ["_seq"]).column("_seq").to_pylist()
    assert numbers == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("keys_at_a_time", [1, 5, 1000])
def test_duplicates_are_found_across_row_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys_at_a_time: int
) -> None:
    monkeypatch.setattr("extractors.partition.ROW_GROUP", 10)
    monkeypatch.setattr("extractors.partition.KEYS_AT_A_TIME", keys_at_a_time)
    land = Landing(tmp_path, "shop", ORDERS, [DAY])
    for start in (0, 8, 16):
        land.add(writer.rows("x", 12, start=start))
    [receipt] = land.commit(writer.receipt())
    assert rows_in(tmp_path) == [f"x{n}" for n in range(28)]
    assert receipt.duplicates == 8
    assert list(tmp_path.glob("**/.part*")) == []


def test_rows_go_to_their_own_utc_day_and_others_are_counted(tmp_path: Path) -> None:
    land = Landing(tmp_path, "shop", ORDERS, [DAY, date(2026, 8, 2)])
    land.add(writer.rows("x", 4, hours=12))
    done = land.commit(writer.receipt())
    assert [(r.day, r.rows, r.outside) for r in done] == [("2026-08-01", 2, 0), ("2026-08-02", 2, 0)]
    land = Landing(tmp_path, "shop", ORDERS, [DAY])
    land.add(writer.rows("x", 4, hours=12))
    assert [(r.rows, r.outside) for r in land.commit(writer.receipt())] == [(2, 2)]


def test_rejected_records_lie_beside_and_go_when_the_day_is_good_again(tmp_path: Path) -> None:
    file = tmp_path / lakes.partition("shop", "orders", DAY, "rejected")
    land = Landing(tmp_path, "shop", ORDERS, [DAY])
    land.reject([Misfit("missing", "id", "{}"), Misfit("of another type", "at", '{"at": 1}')])
    assert land.commit(writer.receipt())[0].rejected == 2
    table = pq.read_table(file, partitioning=None)
    assert table.schema.equals(landing.REJECTED)
    assert table.column("place").to_pylist() == ["id", "at"]
    write(tmp_path, "good")
    assert not file.exists()


def test_nobody_else_may_look_into_the_raw_lake(tmp_path: Path) -> None:
    write(tmp_path, "x")
    assert (tmp_path / "raw").stat().st_mode & 0o777 == 0o700


def test_a_full_disk_leaves_the_old_day(tmp_path: Path) -> None:
    write(tmp_path, "old")
    assert in_child(lambda: writer.on_a_full_disk(str(tmp_path))) == 1
    assert rows_in(tmp_path) == [f"old{n}" for n in range(5)]


def test_the_content_digest_sees_rows_and_no_batches() -> None:
    def digest(*tables: pa.Table) -> str:
        made = ContentDigest()
        for table in tables:
            made.add(table)
        return made.hex()

    whole = writer.rows("x", 50)
    assert digest(whole) == digest(whole.slice(0, 7), whole.slice(7)) == digest(*(whole.slice(n, 1) for n in range(50)))
    assert digest(whole) != digest(whole.slice(0, 49))
    assert digest(whole) != digest(whole.slice(1), whole.slice(0, 1))
    assert digest(whole) != digest(whole.set_column(1, whole.field(1), pa.nulls(50, pa.string())))
