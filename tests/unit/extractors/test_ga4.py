"""GA4's export: its files, its days, its nested parameters."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors import landing
from extractors.auth import Account
from extractors.errors import Busy, Changed, Refused
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.sources.ga4 import SOURCE
from extractors.spec import Window
from sandbox.ga4_export import SCHEMA
from tests.unit.extractors.shop import KEY

DAY = Window(date(2026, 8, 4), date(2026, 8, 5))
NOW = datetime(2026, 9, 1, tzinfo=UTC)
NOON = int(datetime(2026, 8, 4, 12, tzinfo=UTC).timestamp() * 1_000_000)

Row = dict[str, object]


def event(number: int, day: str = "20260804", at: int = NOON, **more: object) -> Row:
    params = [{"key": "ga_session_id", "value": {"int_value": 77}}, *more.pop("params", [])]  # type: ignore[misc]
    row = {"event_date": day, "event_timestamp": at + number, "event_name": "page_view", "event_params": params}
    return {**row, "user_pseudo_id": "1.2", "batch_event_index": number, **more}


def put(folder: Path, name: str, *rows: Row, schema: pa.Schema = SCHEMA) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), folder / name)


def a_week(folder: Path) -> None:
    for n in range(1, 8):
        put(folder, f"events_2026080{n}.parquet", event(n, f"2026080{n}", NOON + (n - 4) * 86_400_000_000))


def run(tmp_path: Path, window: Window = DAY, **options: str) -> list[Receipt]:
    account = Account(str(tmp_path / "export"), options=options)
    return extract(SOURCE, "events", window, account, tmp_path / "lake", KEY, now=NOW)


def rows(tmp_path: Path, day: date = date(2026, 8, 4)) -> list[Row]:
    return landing.read(tmp_path / "lake", "ga4", "events", [day], None).to_pylist()


def test_three_days_before_are_read_again_and_stay_provisional(tmp_path: Path) -> None:
    a_week(tmp_path / "export")
    assert [(r.day, r.rows, r.is_provisional) for r in run(tmp_path)] == [
        ("2026-08-01", 1, False),
        ("2026-08-02", 1, True),
        ("2026-08-03", 1, True),
        ("2026-08-04", 1, True),
    ]


@pytest.mark.parametrize(
    "names",
    [
        ["events_20260804.parquet"],
        ["events_20260804_000000000000.parquet", "events_20260804_000000000001.parquet"],
        ["events_20260804/part-0.parquet", "events_20260804/part-1.parquet"],
    ],
)
def test_a_day_is_one_file_or_several_and_never_the_one_of_the_running_day(tmp_path: Path, names: list[str]) -> None:
    folder = tmp_path / "export"
    a_week(folder)
    (folder / "events_20260804.parquet").unlink()
    put(folder, "events_intraday_20260804.parquet", event(99))
    for number, name in enumerate(names):
        put(folder, name, event(number))
    assert run(tmp_path)[-1].rows == len(names)
    assert [row["batch_event_index"] for row in rows(tmp_path)] == list(range(len(names)))


def test_an_export_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    a_week(tmp_path / "export")
    (tmp_path / "export" / "events_20260804.parquet").unlink()
    with pytest.raises(Busy, match="ga4 events: the export of 2026-08-04 is not there yet") as busy:
        run(tmp_path)
    assert busy.value.retry_after == 3600.0
    assert [r.day for r in landing.receipts(tmp_path / "lake")] == ["2026-08-01", "2026-08-02", "2026-08-03"]


def test_a_day_read_again_keeps_what_it_has_where_its_file_is_gone(tmp_path: Path) -> None:
    a_week(tmp_path / "export")
    run(tmp_path)
    (tmp_path / "export" / "events_20260803.parquet").unlink()
    run(tmp_path, Window(date(2026, 8, 5), date(2026, 8, 6)))
    assert len(rows(tmp_path, date(2026, 8, 3))) == 1
    assert [r.day for r in landing.receipts(tmp_path / "lake")][-1] == "2026-08-05"


def test_a_day_that_grew_is_replaced_whole(tmp_path: Path) -> None:
    a_week(tmp_path / "export")
    run(tmp_path)
    put(tmp_path / "export", "events_20260803.parquet", event(1, "20260803"), event(2, "20260803"))
    run(tmp_path, Window(date(2026, 8, 5), date(2026, 8, 6)))
    assert len(rows(tmp_path, date(2026, 8, 3))) == 2


def test_an_event_is_filed_under_its_files_day_whatever_its_clock_says(tmp_path: Path) -> None:
    a_week(tmp_path / "export")
    put(tmp_path / "export", "events_20260804.parquet", event(1, at=0), event(2, at=NOON + 10 * 86_400_000_000))
    run(tmp_path)
    assert [row["event_at"].year for row in rows(tmp_path)] == [1970, 2026]  # type: ignore[attr-defined]


def test_equal_rows_are_one_event_and_a_different_parameter_makes_two(tmp_path: Path) -> None:
    a_week(tmp_path / "export")
    link = [{"key": "link_url", "value": {"string_value": "https://x/1"}}]
    put(tmp_path / "export", "events_20260804.parquet", event(1), event(1), event(1, params=link))
    assert (run(tmp_path)[-1].rows, run(tmp_path)[-1].duplicates) == (2, 1)


def test_parameters_are_found_by_name_wherever_google_puts_the_value(tmp_path: Path) -> None:
    a_week(tmp_path / "export")
    text, number = {"string_value": "1"}, {"int_value": 1}
    found = [[{"key": "session_engaged", "value": v}, {"key": "search_term", "value": v}] for v in (text, number)]
    put(tmp_path / "export", "events_20260804.parquet", *(event(n, params=p) for n, p in enumerate(found)))
    run(tmp_path)
    names = ("session_engaged", "search_term", "ga_session_id", "engagement_time_in_ms")
    assert [[row[name] for name in names] for row in rows(tmp_path)] == [[True, "1", 77, None]] * 2


def test_an_older_export_without_the_newer_columns_is_read_with_nulls(tmp_path: Path) -> None:
    a_week(tmp_path / "export")
    old = pa.schema([f for f in SCHEMA if not f.name.startswith(("batch_", "session_traffic", "collected", "is_act"))])
    put(tmp_path / "export", "events_20260804.parquet", event(1), schema=old)
    assert run(tmp_path)[-1].rejected == 0
    [row] = rows(tmp_path)
    assert (row["batch_event_index"], row["session_source"], row["user_pseudo_id"]) == (None, None, "1.2")


def test_lists_as_bigquery_once_wrapped_them_are_read_too(tmp_path: Path) -> None:
    a_week(tmp_path / "export")
    param = SCHEMA.field("event_params").type.value_type
    wrapped = pa.struct([("list", pa.list_(pa.struct([("element", param)])))])
    fields = [pa.field(f.name, wrapped) if f.name == "event_params" else f for f in SCHEMA]
    row = event(1)
    row["event_params"] = {"list": [{"element": one} for one in row["event_params"]]}  # type: ignore[attr-defined]
    put(tmp_path / "export", "events_20260804.parquet", row, schema=pa.schema(fields))
    run(tmp_path)
    assert rows(tmp_path)[0]["ga_session_id"] == 77


def test_a_record_that_does_not_fit_is_set_aside_and_the_others_land(tmp_path: Path) -> None:
    a_week(tmp_path / "export")
    put(tmp_path / "export", "events_20260804.parquet", event(1), event(2, event_name=None), event(3))
    done = run(tmp_path)[-1]
    assert (done.rows, done.rejected) == (2, 1)
    assert (tmp_path / "export" / "events_20260804.parquet").exists()


@pytest.mark.parametrize("gone", ["event_name", "event_timestamp"])
def test_an_export_of_another_shape_is_named(tmp_path: Path, gone: str) -> None:
    a_week(tmp_path / "export")
    other = pa.schema([field for field in SCHEMA if field.name != gone])
    put(tmp_path / "export", "events_20260804.parquet", event(1), schema=other)
    with pytest.raises(Changed, match=r"ga4 events: .*a column is missing"):
        run(tmp_path)


def test_parameters_of_another_type_everywhere_are_named(tmp_path: Path) -> None:
    a_week(tmp_path / "export")
    flat = pa.schema([pa.field(f.name, pa.string()) if f.name == "event_params" else f for f in SCHEMA])
    put(
        tmp_path / "export",
        "events_20260804.parquet",
        *({**event(n), "event_params": "x"} for n in range(200)),
        schema=flat,
    )
    with pytest.raises(Changed, match=r"ga4 events: .*of another type"):
        run(tmp_path)


def test_half_a_file_is_no_day(tmp_path: Path) -> None:
    a_week(tmp_path / "export")
    file = tmp_path / "export" / "events_20260804.parquet"
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(Changed, match="ga4 events"):
        run(tmp_path)
    assert [r.day for r in landing.receipts(tmp_path / "lake")][-1] == "2026-08-03"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="folder"):
        run(tmp_path)
