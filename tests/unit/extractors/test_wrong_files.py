"""A file that does not fit: refused whole, with the place and the reason, and no value of it."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors import formats
from extractors.errors import Changed
from tests.unit.extractors.dropped import EXPORT, GOOD, HEADER, Drop


@pytest.fixture
def place(tmp_path: Path) -> Drop:
    return Drop(tmp_path)


WRONG = {
    "empty.csv": ("", "it is empty, without even a header"),
    "semicolons.csv": (HEADER.replace(",", ";") + "1;;2;;;2026-08-01\n", "1: the columns are not separated by commas"),
    "column.csv": ("sale_id,amount,sold_at,canary\n", "1: the template has no such column: the header's number 4"),
    "twice.csv": ("sale_id,amount,sold_at,amount\n", "1: a column is there twice: amount"),
    "absent.csv": ("sale_id,amount\n1,2\n", "1: a column is missing: sold_at"),
    "latin.csv": ((HEADER + "1,canary\xe9,2,,,2026-08-01\n").encode("latin-1"), "2: not UTF-8"),
    "utf16.csv": (GOOD.encode("utf-16"), "1: not UTF-8"),
    "open.csv": (GOOD + '3,"canary,1,,,2026-08-01\n4,,1,,,2026-08-01\n', "4: a quotation mark is never closed"),
    "stray.csv": (
        HEADER + '1,"canary,1,,,2026-08-01\n2,5" canary,1,,,2026-08-01\n',
        "whole file: the quotation mark on line 3 neither opens nor closes a cell",
    ),
    "inch.csv": (HEADER + '1,4" x 5" canary,1,,,2026-08-01\n', "the quotation mark on line 2 neither opens nor closes"),
    "short.csv": (HEADER + '1,"a\nb",2,,,2026-08-01\n\n2,,3\n', "5: 3 columns instead of 6"),
    "missing.csv": (HEADER + ',,2,,,2026-08-01\n"",,2,,,2026-08-01\n', "2 x sale_id: missing"),
    "type.csv": (HEADER + "1,,canary,,,2026-08-01\n", "2: amount: of another type: decimal is expected"),
    "comma.csv": (HEADER + '1,,"2,50",,,2026-08-01\n', "2: amount: of another type: decimal is expected"),
    "time.csv": (HEADER + "1,,2,,,01.08.2026\n", "2: sold_at: of another type: moment is expected"),
    "bad.jsonl": ('{"sale_id": "1", "amount": 2, "sold_at": "2026-08-01"}\n{"canary"\n', "2: no readable JSON"),
    "gap.jsonl": ('\n{"sale_id": "1", "sold_at": "2026-08-01"}\n', "2: amount: missing"),
    "epoch.jsonl": ('{"sale_id": "1", "amount": 2, "sold_at": 1785578400}\n', "1: sold_at: of another type"),
    "junk.parquet": ("canary", "it cannot be read as Parquet"),
    "sheet.xlsx": ("canary", "its name ends in none of .csv, .jsonl, .parquet"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_whole_with_the_place_and_no_value(name: str, place: Drop) -> None:
    text, said = WRONG[name]
    place.drop(f"2026-08-01-{name}", text)
    place.drop("2026-08-01.csv", GOOD)
    (receipt,) = place.run()
    assert (receipt.rows, receipt.refused_files, receipt.pages, receipt.requests) == (2, 1, 1, 2)
    assert place.names() == ["2026-08-01.csv"]
    assert place.aside() == [f"2026-08-01-{name}", f"2026-08-01-{name}.reasons.txt"]
    assert said in place.reasons(f"2026-08-01-{name}")
    assert "canary" not in place.reasons(f"2026-08-01-{name}").replace(name, "")


def test_a_row_of_parquet_is_told_by_its_number(place: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "PARQUET_ROWS", 2)
    table = pa.table({"sale_id": ["1", "2", "3", None], "amount": ["1"] * 4, "sold_at": ["2026-08-01"] * 4})
    pq.write_table(table, place.folder / "2026-08-01.parquet")
    pq.write_table(table.drop_columns(["amount"]), place.folder / "2026-08-01-b.parquet")
    assert place.run()[0].refused_files == 2
    assert "\n4: sale_id: missing" in place.reasons("2026-08-01.parquet")
    assert "a column is missing: amount" in place.reasons("2026-08-01-b.parquet")


@pytest.mark.parametrize("size", [120, 121, 122, 123])
def test_a_stray_quotation_mark_is_seen_wherever_the_file_is_cut_into_pieces(
    place: Drop, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(formats, "CSV_BYTES", size)
    lines = [f'{n},"{"x" * n * 4}, ""y""",1,,,2026-08-01\n' for n in range(9)]
    place.drop("2026-08-01-a.csv", HEADER + "".join(lines))
    for n in range(70, 80):
        place.drop(f"2026-08-01-b{n}.csv", HEADER + f'1,{"x" * n}"canary" z,1,,,2026-08-01\n')
    assert [(r.rows, r.refused_files) for r in place.run()] == [(9, 10)]
    for n in range(70, 80):
        assert "the quotation mark on line 2" in place.reasons(f"2026-08-01-b{n}.csv")


def test_quotation_marks_as_the_standard_has_them_are_fine(place: Drop) -> None:
    names = ",".join(f'"{name}"' for name in HEADER.strip().split(","))
    text = f'\ufeff{names}\r\n"1","""a"" b, ""c""\r\n""""","2","",,"2026-08-01"\r\n"2","","3",,,2026-08-01'
    place.drop("2026-08-01.csv", text)
    assert [(r.rows, r.refused_files) for r in place.run()] == [(2, 0)]
    assert [row["email"] for row in place.rows()] == ['"a" b, "c"\r\n""', None]


NEVER_FITS = {
    "sold_at": [pa.array([1785578400]), pa.array([1785578400.0]), pa.array([True])],
    "amount": [pa.array([datetime(2026, 8, 1, tzinfo=UTC)]), pa.array([[1]])],
    "sale_id": [pa.array([["1"]]), pa.array([{"x": 1}])],
}


@pytest.mark.parametrize(("name", "array"), [(name, array) for name, every in NEVER_FITS.items() for array in every])
def test_a_type_of_parquet_that_can_never_fit_is_refused_like_any_other(
    place: Drop, name: str, array: pa.Array
) -> None:
    table = pa.table({"sale_id": ["1"], "amount": ["1"], "sold_at": ["2026-08-01"], name: array})
    pq.write_table(table, place.folder / "2026-08-01-b.parquet")
    place.drop("2026-08-01.csv", GOOD)
    assert [(r.rows, r.refused_files) for r in place.run()] == [(2, 1)]
    assert f"\n1: {name}: of another type" in place.reasons("2026-08-01-b.parquet")


def test_a_type_in_an_export_that_can_never_fit_is_a_reject(place: Drop) -> None:
    table = pa.table({"sale_id": ["9"], "amount": ["1"], "sold_at": [True]})
    pq.write_table(table, place.folder / "2026-08-01-b.parquet")
    place.drop("2026-08-01.csv", GOOD)
    assert [(r.rows, r.rejected) for r in place.run(EXPORT)] == [(2, 1)]


def test_the_reasons_count_everything_and_show_the_first_twenty(place: Drop) -> None:
    lines = [f"{n},,x,,,2026-08-01\n" for n in range(30)]
    place.drop("2026-08-01-some.csv", HEADER + "".join(lines))
    place.drop("2026-08-01-all.csv", HEADER + "".join(lines * 400))
    place.run()
    some = place.reasons("2026-08-01-some.csv")
    assert "\n30 x amount: of another type" in some
    assert "\n21: amount" in some
    assert "\n22: amount" not in some
    assert "\n100 or more x amount: of another type" in place.reasons("2026-08-01-all.csv")


def test_lines_are_told_right_across_blocks_and_where_several_things_are_wrong(
    place: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "CSV_BYTES", 400)
    monkeypatch.setattr(formats, "JSON_BYTES", 400)
    good, bad = (
        "{n},,1,,,2026-08-01\n",
        {40: "40,,1\n", 60: ",,1,,,2026-08-01\n", 80: "80,1\n", 90: "90,,1,x,,2026-08-01\n"},
    )
    lines = [bad.get(n, good.format(n=n)) for n in range(2, 120)]
    place.drop("2026-08-01.csv", HEADER + "".join(lines))
    objects = [
        f'{{"sale_id": {n}, "amount": {n if n % 50 else "[]"}, "sold_at": "2026-08-01"}}\n' for n in range(1, 120)
    ]
    place.drop("2026-08-01.jsonl", "".join(objects))
    place.run()
    said = [line.split(": ")[0] for line in place.reasons("2026-08-01.csv").splitlines()[-4:]]
    assert said == ["40", "60", "80", "90"]
    assert [line.split(": ")[0] for line in place.reasons("2026-08-01.jsonl").splitlines()[-2:]] == ["50", "100"]


def test_a_line_too_long_to_read_on_after_it_refuses_the_whole_export(
    place: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "JSON_BYTES", 400)
    monkeypatch.setattr(formats, "LONGEST_LINE", 2000)
    line = '{"sale_id": "1", "amount": 2, "sold_at": "2026-08-01"}\n'
    place.drop("2026-08-01.jsonl", line + f'{{"sale_id": "{"x" * 5000}"}}\n' + line * 9)
    with pytest.raises(Changed, match="line 2 has more than"):
        place.run(EXPORT)
