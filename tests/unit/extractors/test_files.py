"""Files of a folder: what is read, what a wrong one costs, and what is left of a run that died."""

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors import files, folder, formats, settings
from extractors.auth import Account
from extractors.errors import Busy, Changed, Refused
from extractors.paging import whole
from extractors.run import extract
from extractors.spec import Window
from tests.unit.extractors.dropped import EXPORT, GOOD, HEADER, NOW, SALES, SHOP, Drop


@pytest.fixture
def place(tmp_path: Path) -> Drop:
    return Drop(tmp_path)


def test_a_day_is_what_its_files_say_in_the_order_of_their_names(place: Drop) -> None:
    place.drop("2026-08-01-b.jsonl", '{"sale_id": 3, "amount": 4.5, "sold_at": "2026-08-01"}\n\n')
    place.drop("2026-08-01-a.csv", GOOD)
    pq.write_table(
        pa.table({"sale_id": ["4"], "amount": [7], "sold_at": pa.array([1_001], pa.timestamp("ns"))}),
        place.folder / "2026-08-01-c.parquet",
    )
    place.drop("2026-08-02.csv", HEADER + "9,,1,,,2026-08-02\n")
    place.drop(".2026-08-01.csv", "half written")
    (receipt,) = place.run()
    assert (receipt.rows, receipt.pages, receipt.refused_files, receipt.rejected) == (4, 3, 0, 0)
    rows = place.rows()
    assert [(row["sale_id"], row["amount"]) for row in rows] == [
        ("1", Decimal("12.5000")),
        ("2", Decimal("3.0000")),
        ("3", Decimal("4.5000")),
        ("4", Decimal("7.0000")),
    ]
    assert (rows[0]["count"], rows[0]["is_paid"], rows[0]["sold_at"].isoformat()) == (
        2,
        True,
        "2026-07-31T21:00:00+00:00",
    )
    assert rows[0]["email_digest"]
    assert (rows[1]["email"], rows[1]["email_digest"], rows[1]["count"]) == (None, None, None)


def test_ids_that_parquet_carries_as_floats_are_whole_numbers(place: Drop) -> None:
    ids = pa.array([12345678901.0, 2.0**53, 7.0])
    more = {"amount": ["1"] * 3, "sold_at": ["2026-08-01"] * 3}
    pq.write_table(pa.table({"sale_id": ids, **more}), place.folder / "2026-08-01.parquet")
    place.run()
    assert [row["sale_id"] for row in place.rows()] == ["12345678901", "9007199254740992", "7"]


@pytest.mark.parametrize("odd", [1.5, 2.0**53 + 2, -(2.0**60), float("nan"), float("inf")])
def test_a_float_that_may_be_another_id_is_a_flaw(place: Drop, odd: float) -> None:
    table = pa.table({"sale_id": pa.array([1.0, odd]), "amount": ["1"] * 2, "sold_at": ["2026-08-01"] * 2})
    pq.write_table(table, place.folder / "2026-08-01.parquet")
    assert place.run()[0].refused_files == 1
    assert "\n2: sale_id: of another type" in place.reasons("2026-08-01.parquet")


def test_a_day_without_files_is_there_and_empty(place: Drop) -> None:
    receipts = place.run(days=2)
    assert [(receipt.day, receipt.rows) for receipt in receipts] == [("2026-08-01", 0), ("2026-08-02", 0)]
    assert place.rows() == []


def test_the_same_files_leave_the_same_content_and_a_row_said_twice_is_there_once(place: Drop) -> None:
    place.drop("2026-08-01.csv", GOOD)
    place.drop("2026-08-01-again.csv", GOOD)
    (first,), (second,) = place.run(), place.run()
    assert first.content_digest == second.content_digest
    assert (first.rows, first.duplicates) == (2, 2)


def test_a_byte_order_mark_line_ends_of_windows_and_breaks_in_a_cell_are_fine(place: Drop) -> None:
    text = '\ufeffsale_id,amount,sold_at\r\n"a\r\nb",1,2026-08-01\r\n\r\nc,2,2026-08-01\r\n'
    place.drop("2026-08-01.csv", text)
    place.drop("2026-08-01.jsonl", '\ufeff{"sale_id": "d", "amount": "1", "sold_at": "2026-08-01"}\r\n')
    assert place.run()[0].rows == 3
    assert [row["sale_id"] for row in place.rows()] == ["a\r\nb", "c", "d"]


def test_a_large_file_is_read_twice_instead_of_being_held(place: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "HELD_BYTES", 1_000)
    monkeypatch.setattr(formats, "CSV_BYTES", 1_000)
    lines = [f"{n},,1,,,2026-08-01\n" for n in range(500)]
    place.drop("2026-08-01.csv", HEADER + "".join(lines))
    place.drop("2026-08-01-wrong.csv", HEADER + "".join(lines) + "500,,x,,,2026-08-01\n")
    (receipt,) = place.run()
    assert (receipt.rows, receipt.refused_files) == (500, 1)
    assert [row["sale_id"] for row in place.rows()] == [str(n) for n in range(500)]


def test_a_mended_file_under_the_same_name_is_no_longer_refused(place: Drop) -> None:
    place.drop("2026-08-01.csv", GOOD + "3,,x,,,2026-08-01\n")
    assert [(r.rows, r.refused_files) for r in place.run()] == [(0, 1)]
    assert [(r.rows, r.refused_files) for r in place.run()] == [(0, 1)]
    place.drop("2026-08-01.csv", GOOD)
    assert [(r.rows, r.refused_files) for r in place.run()] == [(2, 0)]


def test_a_file_whose_name_tells_no_day_is_moved_aside_by_any_run(place: Drop) -> None:
    place.drop("today.csv", GOOD)
    place.drop("2026-13-01.csv", GOOD)
    place.run()
    assert place.names() == []
    assert "its name does not begin with a day" in place.reasons("today.csv")


def test_fields_of_json_that_nobody_declared_are_named_in_the_receipt(place: Drop) -> None:
    place.drop("2026-08-01.jsonl", '{"sale_id": "1", "amount": 1, "sold_at": "2026-08-01", "till": 4}\n')
    assert place.run()[0].unknown_fields == ("till",)


def test_a_file_that_grows_while_it_is_read_is_tried_again_later(place: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in (GOOD, GOOD + "3,,"):
        file = place.drop("2026-08-01.csv", text)
        stamp = folder.Folder.stamp

        def grown(self: folder.Folder, path: str, file: Path = file, stamp=stamp) -> object:
            before = stamp(self, path)
            file.write_text(GOOD * 2)
            return before

        with monkeypatch.context() as patch:
            patch.setattr(folder.Folder, "stamp", grown)
            with pytest.raises(Busy, match=r"^shop sales: a file changed while it was read$"):
                place.run()
        assert place.aside() == []
        assert not list(Path(place.lake).rglob("part-0.parquet"))


@pytest.mark.parametrize("step", ["before reasons", "before refusal", "after refusal"])
def test_a_run_that_is_killed_while_it_refuses_can_be_run_again(step: str, place: Drop) -> None:
    place.drop("2026-08-01.csv", GOOD + "3,,x,,,2026-08-01\n")
    code = f"""
import os, signal, sys
from pathlib import Path
from extractors import folder
from tests.unit.extractors.dropped import Drop
folder.passing = lambda at: os.kill(os.getpid(), signal.SIGKILL) if at == {step!r} else None
Drop(Path(sys.argv[1])).run()
"""
    killed = subprocess.run([sys.executable, "-c", code, str(place.home)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [(r.rows, r.refused_files) for r in place.run()] == [(0, 1)]
    assert place.names() == []
    assert place.aside() == ["2026-08-01.csv", "2026-08-01.csv.reasons.txt"]


def test_of_a_vendors_export_only_the_record_is_set_aside(place: Drop) -> None:
    good = {"sale_id": "1", "amount": "1", "sold_at": "2026-08-01"}
    pq.write_table(pa.Table.from_pylist([good, {**good, "sale_id": None}, good]), place.folder / "2026-08-01.parquet")
    (receipt,) = place.run(EXPORT)
    assert (receipt.rows, receipt.rejected, receipt.refused_files) == (1, 1, 0)
    (file,) = Path(place.lake, "rejected").rglob("part-0.parquet")
    (row,) = pq.read_table(file, partitioning=None).to_pylist()
    assert (row["reason"], row["place"], row["record"]) == ("missing", "sale_id", "2026-08-01.parquet, row 2")


def test_an_export_of_another_shape_is_changed_and_stays_where_it_is(place: Drop) -> None:
    wrong = pa.table({"sale_id": ["1"], "amount": ["1"]})
    many = pa.table({"sale_id": ["1"] * 300, "amount": ["x"] * 300, "sold_at": ["2026-08-01"] * 300})
    for table, said in ((wrong, "a column is missing: sold_at"), (many, "amount: of another type")):
        pq.write_table(table, place.folder / "2026-08-01.parquet")
        with pytest.raises(Changed, match=f"^shop sales: .*{said}"):
            place.run(EXPORT)
        assert place.names() == ["2026-08-01.parquet"]


def test_rows_with_a_day_of_their_own_are_filed_by_it(place: Drop) -> None:
    place.drop("2026-08-01.csv", HEADER + "1,,1,,,2026-08-01T23:00:00-02:00\n2,,1,,,2026-08-01T10:00:00Z\n")
    dated = replace(EXPORT, endpoints=(replace(SALES, span=whole(by="sold_at")),))
    receipts = place.run(dated, days=2)
    assert [(receipt.day, receipt.rows) for receipt in receipts] == [("2026-08-01", 1), ("2026-08-02", 1)]
    assert [row["sale_id"] for row in place.rows(date(2026, 8, 2))] == ["1"]


def test_the_folder_may_be_any_uri(place: Drop) -> None:
    place.drop("2026-08-01.csv", GOOD)
    account = Account((place.home / "drop").as_uri())
    window = Window(date(2026, 8, 1), date(2026, 8, 2))
    assert [r.rows for r in extract(SHOP, "sales", window, account, place.lake, b"key", now=NOW)] == [2]


@pytest.mark.parametrize("base", ["", "nowhere", "http://127.0.0.1:9/drop"])
def test_a_folder_that_is_not_there_is_refused(base: str, place: Drop) -> None:
    account = Account(base and base if "://" in base or not base else str(place.home / base))
    with pytest.raises(Refused, match=r"^shop: the (connection names|folder)"):
        extract(SHOP, "sales", Window(date(2026, 8, 1), date(2026, 8, 2)), account, place.lake, b"key", now=NOW)


def test_the_connection_of_a_folder_is_a_path_or_a_uri() -> None:
    for connection in ({"extra": {"folder": "drop/here"}}, {"host": "drop/here"}):
        assert settings.account_of("files", connection).base == "drop/here"
    assert settings.account_of("files", {"host": "s3://bucket/drop"}).base == "s3://bucket/drop"
