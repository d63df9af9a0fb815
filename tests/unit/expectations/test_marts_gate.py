"""The mart gate over a small warehouse."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from expectations import gate, marts, runs

DAY = date(2026, 9, 30)
CANARY = "canary-5c1d@example.org"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with the columns that the suites read, one row each."""
    path = tmp_path / "warehouse.duckdb"
    types = {
        "as_of_date": "date",
        "date_day": "date",
        "score": "double",
        "is_received": "boolean",
        "is_deciding": "boolean",
        "points": "double",
        "raw_score": "double",
        "reached": "double",
        "retained_customers": "double",
        "cohort_size": "double",
        "cohort_month_number": "double",
        "n": "double",
        "n_events": "double",
        "n_dates": "double",
    }
    tables: dict[str, set[str]] = {name: set(mart.key) | {"filler"} for name, mart in marts.MARTS.items()}
    for name, mart in marts.MARTS.items():
        for expectation in mart.own:
            for need in expectation.needs:
                table, _, column = need.rpartition(".")
                tables[table or name].add(column)
    with duckdb.connect(str(path)) as con:
        con.execute("create schema marts")
        for name, columns in tables.items():
            kinds = {
                c: types.get(c, "timestamp" if c.endswith("_at") or c == "ts" else "varchar") for c in sorted(columns)
            }
            con.execute(f"create table marts.{name} ({', '.join(f'{c} {kind}' for c, kind in kinds.items())})")
            values = {
                "varchar": "'x'",
                "timestamp": "timestamp '2026-09-30 10:00:00'",
                "date": "date '2026-09-30'",
                "boolean": "true",
            }
            row = ", ".join(values.get(kind, "7.0") for kind in kinds.values())
            con.execute(f"insert into marts.{name} by position from (values ({row}))")
    return path


@pytest.fixture
def check(warehouse: Path, tmp_path: Path) -> Callable[..., gate.Verdict]:
    def after(*statements: str) -> gate.Verdict:
        with duckdb.connect(str(warehouse)) as con:
            for statement in statements:
                con.execute(statement)
        return gate.check_marts(warehouse, DAY, tmp_path / "runs")

    return after


def failed(verdict: gate.Verdict) -> list[str]:
    return [f"{f.suite}: {f.says}" for f in verdict.failures]


def test_fit_marts_pass_and_every_published_table_has_a_suite(check):
    verdict = check("create table marts.something_new as select 1 as x")
    assert verdict.passed, str(verdict)
    assert failed(verdict) == []
    expected = {f"mart.{name}" for name in [*marts.MARTS, "something_new"]}
    assert {f.suite for f in verdict.findings} == expected
    assert verdict.rows == len(expected)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("insert into marts.customers from marts.customers", "mart.customers: no key is there twice"),
        ("update marts.orders set order_id = null", "mart.orders: order_id is never missing"),
        ("delete from marts.activities", "mart.activities: it has rows"),
        ("update marts.activities set ts = '2026-10-01 00:00:00'", "mart.activities: no activity lies after the day"),
        ("update marts.customer_scores set score = 100.5", "mart.customer_scores: a score lies between 0 and 100"),
        (
            "update marts.score_contributions set points = 6.5",
            "mart.score_contributions: the contributions add up to the raw score",
        ),
        (
            "update marts.score_validations set predictor = 'random', outcome = 'purchased', n = 1200, n_events = 600, "
            "n_dates = 6, reached = 0.66",
            "mart.score_validations: chance stays chance",
        ),
        (
            "update marts.score_version_comparisons set verdict = 'worse'",
            "mart.score_version_comparisons: a changed score foretells no worse than the published one",
        ),
        ("alter table marts.orders drop column ordered_at", "mart.orders: no order lies after the day"),
    ],
)
def test_an_unfit_mart_closes_the_gate_and_is_named(check, statement, says):
    verdict = check(statement)
    assert failed(verdict) == [says]
    assert not verdict.passed
    with pytest.raises(gate.GateClosed, match=says.split(": ")[1]):
        raise gate.GateClosed(str(verdict))


def test_an_email_after_a_withdrawn_consent_is_reported_and_one_before_is_not(check):
    consent = "update marts.consents set scope = 'email_marketing', status = 'REVOKED', status_at = "
    before = check(consent + "timestamp '2026-09-30 11:00:00'")
    assert failed(before) == []
    after = check(consent + "timestamp '2026-09-29 11:00:00'")
    assert failed(after) == ["mart.email_sends: nobody who withdrew consent was sent an email after it"]
    assert after.passed
    granted = "'y' as consent_id, 'GRANTED' as status, status_at + interval 1 hour as status_at"
    again = check(f"insert into marts.consents by name from marts.consents select * replace ({granted})")
    assert failed(again) == []


def test_a_source_that_is_missing_for_the_day_is_reported(check):
    assert failed(check("update marts.data_coverage set is_received = true")) == []
    verdict = check("update marts.data_coverage set date_day = '2026-09-29'")
    assert failed(verdict) == ["mart.data_coverage: every source has said something about the day"]
    assert verdict.passed


def test_a_mart_that_lost_most_of_its_rows_closes_the_gate(check, tmp_path):
    check("insert into marts.customers select 'c' || range, 'x' from range(300)")
    (run,) = (tmp_path / "runs").glob("*.json")
    record = json.loads(run.read_text())
    for n in range(1, 9):
        day = str(DAY - timedelta(days=n))
        run.with_name(f"{day}.validate.marts.json").write_text(json.dumps({**record, "day": day}))
    assert failed(check()) == []
    shrunk = check("delete from marts.customers where customer_id > 'c1'")
    assert failed(shrunk) == ["mart.customers: it has not shrunk against usual"]
    assert not shrunk.passed
    assert runs.verdict(tmp_path / "runs", "marts", DAY) == json.loads(json.dumps(shrunk.record()))


def test_a_warehouse_that_is_not_one_is_no_verdict(tmp_path):
    broken = tmp_path / "warehouse.duckdb"
    broken.write_text("not a database " * 999)
    with pytest.raises(gate.GateBroken, match="the database"):
        gate.check_marts(broken, DAY, tmp_path / "runs")
    with pytest.raises(gate.GateBroken):
        gate.check_marts(tmp_path / "nowhere.duckdb", DAY, tmp_path / "runs")
    (run,) = (json.loads(path.read_text()) for path in (tmp_path / "runs").glob("*.json"))
    assert (run["status"], run["verdict"], run["finished_at"]) == ("failed", "broken", None)


def test_a_gate_that_could_not_judge_takes_back_what_it_had_said_of_a_day(check, tmp_path):
    assert check().passed
    assert runs.verdict(tmp_path / "runs", "marts", DAY)["passed"]
    with pytest.raises(gate.GateBroken):
        check("alter table marts.customer_scores alter score type varchar using 'x'")
    with pytest.raises(ValueError, match=r"no verdict on marts of 2026-09-30: mend .* judge again"):
        runs.verdict(tmp_path / "runs", "marts", DAY)
    assert "marts, 2026-09-30: the gate came to no verdict" in (tmp_path / "runs/quality/index.html").read_text()
    assert check("alter table marts.customer_scores alter score type double using 7.0").passed
    assert runs.verdict(tmp_path / "runs", "marts", DAY)["passed"]


def test_an_error_inside_a_measure_is_no_verdict_and_quotes_nothing(check, everything_said):
    with pytest.raises(gate.GateBroken, match=r"mart\.customer_scores.*no verdict") as broken:
        check(f"alter table marts.customer_scores alter score type varchar using '{CANARY}'")
    assert CANARY not in str(broken.value)
    assert not [text for text in everything_said() if CANARY in text]


def test_the_gate_leaves_the_warehouse_as_it_was(check, warehouse):
    check()
    before = warehouse.read_bytes()
    check()
    assert warehouse.read_bytes() == before
