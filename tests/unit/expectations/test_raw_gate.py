"""The raw gate over a small lake."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from expectations import gate, raw
from expectations.bands import Band
from expectations.partitions import written
from extractors.catalog import catalog
from extractors.spec import Source, Window

CANARY = "canary-7f3a@example.org"
MATOMO = catalog()["matomo"]
BLUESKY = catalog()["bluesky"]
GOALS = replace(catalog()["files"], endpoints=(catalog()["files"].endpoint("goals"),))


def failed(verdict: gate.Verdict) -> list[str]:
    return [f"{f.suite}: {f.says}" for f in verdict.failures]


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    return tmp_path / "runs"


@pytest.fixture(autouse=True)
def before(write, days) -> None:
    """The days that a run reads again before the first of the ten."""
    for source in (MATOMO, BLUESKY, GOALS):
        for endpoint in source.endpoints:
            for day in Window(days[0], days[1]).back(endpoint.restate_days).days[:-1]:
                write(source.name, endpoint.name, day, 0)


@pytest.fixture
def check(tmp_path: Path, runs: Path) -> Callable[[Source, list[date]], gate.Verdict]:
    return lambda source, days: gate.check_raw(source, str(tmp_path / "lake"), days, runs)


def test_fit_days_pass_and_the_verdict_is_written_down(write, days, check, runs):
    for day in days:
        write("matomo", "visits", day, 3)
    verdict = check(MATOMO, days)
    assert verdict.passed, str(verdict)
    assert (verdict.rows, len(verdict.findings) > 8) == (30, True)
    (run,) = (json.loads(path.read_text()) for path in runs.glob("*.json"))
    assert "matomo, 2026-09-10: fit" in (runs / "quality" / "index.html").read_text()
    assert {"run_id", "day", "step", "vendor", "status", "rows_in", "rows_out", "verdict", "started_at"} <= run.keys()
    assert (run["vendor"], run["day"], run["verdict"]) == ("matomo", "2026-09-10", "passed")


def test_an_empty_day_is_fit_and_a_day_without_a_partition_is_not(write, days, check):
    for day in days[:-1]:
        write("matomo", "visits", day, 0)
    assert check(MATOMO, days[:-1]).passed
    verdict = check(MATOMO, days)
    assert failed(verdict) == ["raw.matomo.visits: every day of the run has its partition"]
    assert verdict.failures[0].days == ("2026-09-10",)


def test_a_snapshot_is_filed_once_a_run_but_must_be_there(write, days, check):
    for day in days:
        write("bluesky", "posts", day, 1)
        write("bluesky", "interactions", day, 1)
    verdict = check(BLUESKY, days)
    assert failed(verdict) == ["raw.bluesky.followers: every day of the run has its partition"]
    write("bluesky", "followers", days[-1], 4)
    assert check(BLUESKY, days).passed


def test_a_day_that_the_run_only_read_again_is_judged_like_the_others(write, days, check):
    for day in days:
        write("matomo", "visits", day, 8)
    write("matomo", "visits", days[-2], 8, missing("visitor_id"))
    verdict = check(MATOMO, days[-1:])
    assert failed(verdict) == ["raw.matomo.visits: visitor_id is never missing"]
    assert verdict.failures[0].days == (str(days[-2]),)


def test_a_partition_that_the_run_did_not_write_is_not_judged(write, days, check):
    for day in days:
        write("matomo", "visits", day, 8)
    write("matomo", "visits", days[-3], 8, missing("visitor_id"))
    assert check(MATOMO, days[-1:]).passed


def missing(column: str):
    def change(table):
        nothing = table.schema.field(column).type
        place = table.schema.get_field_index(column)
        return table.set_column(place, column, pa.nulls(table.num_rows, nothing))

    return change


def as_text(column: str):
    def change(table):
        place = table.schema.get_field_index(column)
        return table.set_column(place, column, table[column].cast("string"))

    return change


def one_key(day: date) -> list[dict]:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    row = {"visit_id": "1", "visitor_id": "v", "first_action_at": at, "last_action_at": at}
    return [{**row, "_seq": n} for n in range(4)]


@pytest.mark.parametrize(
    "unfit",
    [
        (missing("visitor_id"), {}, "visitor_id is never missing"),
        (as_text("visit_count"), {}, "every column has its declared type"),
        (lambda table: table.drop_columns(["country"]), {}, "every declared column is there"),
        (lambda table: table, {"rows": 9}, "as many rows are there as the receipt says"),
        (lambda table: table, {"rejected": 6}, "hardly any record is rejected"),
    ],
)
def test_an_unfit_partition_closes_the_gate_and_is_named(write, days, check, unfit):
    change, receipt, says = unfit
    for day in days[:3]:
        write("matomo", "visits", day, 8)
    write("matomo", "visits", days[3], 8, change, **receipt)
    verdict = check(MATOMO, days[:4])
    assert failed(verdict) == [f"raw.matomo.visits: {says}"]
    assert verdict.failures[0].days == ("2026-09-04",)
    assert not verdict.passed


def test_repeated_keys_and_misfiled_rows_are_counted(write, days, check, tmp_path):
    path = write("matomo", "visits", days[0], 8)
    other = tmp_path / "lake/raw/source=matomo/entity=visits" / f"day={days[1]}"
    other.mkdir()
    (other / "part-0.parquet").write_bytes(path.read_bytes())
    verdict = check(MATOMO, days[:2])
    assert failed(verdict) == ["raw.matomo.visits: last_action_at falls on the day of its partition"]
    assert verdict.failures[0].measured == 8

    write("matomo", "visits", days[1], one_key(days[1]))
    verdict = check(MATOMO, days[:2])
    assert failed(verdict) == ["raw.matomo.visits: a key is stated once a day, or hardly ever twice"]


def test_a_day_far_smaller_than_usual_closes_the_gate_and_a_large_one_is_only_reported(write, days, check):
    for day in (days[0] - timedelta(days=1), *days[:-1]):
        write("matomo", "visits", day, 100)
    write("matomo", "visits", days[-1], 5)
    small = check(MATOMO, days[-1:])
    assert failed(small) == ["raw.matomo.visits: a day is not much smaller than usual"]
    write("matomo", "visits", days[-1], 900)
    large = check(MATOMO, days[-1:])
    assert failed(large) == ["raw.matomo.visits: a day is not much larger than usual"]
    assert large.passed


def test_a_day_that_was_only_read_again_has_no_volume_of_its_own(write, days, check):
    for day in (days[0] - timedelta(days=1), *days):
        write("matomo", "visits", day, 100)
    for count in (5, 900):
        write("matomo", "visits", days[-2], count)
        assert not failed(check(MATOMO, days[-1:]))


def test_a_broken_file_is_no_verdict_and_leaves_no_earlier_one(write, days, check, runs):
    path = write("matomo", "visits", days[0], 500)
    whole = path.read_bytes()
    assert check(MATOMO, days[:1]).passed
    path.write_bytes(whole[:4] + b"\0" * (len(whole) // 2) + whole[4 + len(whole) // 2 :])
    with pytest.raises(gate.GateBroken, match=r"raw\.matomo\.visits.*no verdict"):
        check(MATOMO, days[:1])
    (run,) = (json.loads(path.read_text()) for path in runs.glob("*.json"))
    assert (run["vendor"], run["status"], run["verdict"]) == ("matomo", "failed", "broken")


def test_no_value_of_the_data_appears_in_a_verdict_a_log_or_a_run_file(write, days, check, everything_said):
    found = [dict.fromkeys((c.name for c in MATOMO.endpoint("visits").columns), None) for _ in range(9)]
    for n, row in enumerate(found):
        row |= {"visit_id": CANARY, "user_id": CANARY, "country": CANARY, "_seq": n}
    write("matomo", "visits", days[0], found)
    verdict = check(MATOMO, days[:1])
    assert len(verdict.failures) >= 3
    said = [str(verdict), repr(verdict), *everything_said()]
    assert len(said) >= 6
    assert not [text for text in said if CANARY in text]


@pytest.mark.parametrize(
    ("vendor", "name"), [(source.name, endpoint.name) for source in catalog().values() for endpoint in source.endpoints]
)
def test_every_endpoint_has_a_suite_whose_measures_are_sql(vendor, name, write, days, tmp_path):
    source = catalog()[vendor]
    endpoint = source.endpoint(name)
    write(vendor, name, days[0], 3)
    suite = raw.suite(source, endpoint, days[0], Band(1, 9))
    assert suite.name == f"raw.{vendor}.{name}"
    window = Window(days[0], days[1])
    partitions = [p for p in written(str(tmp_path / "lake"), source, endpoint, window) if p.day == days[0]]
    con = duckdb.connect()
    con.execute("set timezone = 'UTC'")
    (row,) = con.execute(raw.facts(suite, partitions)).fetchall()
    assert len(row) == 2 + len(suite.expectations)
    assert row[1] == 3
    required = {column.name for column in endpoint.columns if column.required}
    assert required <= {e.column for e in suite.expectations}


def test_a_refused_file_closes_the_gate_and_names_where_it_lies(write, days, check):
    write("files", "goals", days[0], 1)
    assert check(GOALS, days[:1]).passed
    write("files", "goals", days[0], 1, refused_files=2)
    verdict = check(GOALS, days[:1])
    assert not verdict.passed
    assert "no file of the day was refused" in str(verdict)
    write("files", "goals", days[1], 1)
    assert check(GOALS, days[1:2]).passed, "a file that lies refused since yesterday closes no other day"


def test_a_kind_of_file_has_a_partition_for_every_day(write, days, check):
    write("files", "goals", days[0], 1)
    assert not check(GOALS, days[:2]).passed


def test_the_own_lines_belong_to_endpoints_that_exist():
    known = {f"{source.name}.{endpoint.name}" for source in catalog().values() for endpoint in source.endpoints}
    assert raw.OWN.keys() <= known


def test_a_day_that_was_cut_short_is_reported_and_is_no_measure_of_what_is_usual(write, days, check):
    x = catalog()["x"]
    for endpoint in x.endpoints:
        for day in days:
            write("x", endpoint.name, day, 0 if endpoint.name != "mentions" else 100)
    why = ["the daily ceiling was reached: 1 of 1 walks not made to their end"]
    write("x", "mentions", days[-1], 3, left_out=why)
    verdict = check(x, days[-1:])
    assert verdict.passed, str(verdict)
    assert failed(verdict) == ["raw.x.mentions: a day came whole"]
    write("x", "mentions", days[-1], 3)
    assert failed(check(x, days[-1:])) == ["raw.x.mentions: a day is not much smaller than usual"]
