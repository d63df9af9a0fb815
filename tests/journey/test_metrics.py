"""A metric asked by MetricFlow is the figure of the mart."""

import csv
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import LAST, LOADED, Journey
from town import ROOT

OF_DAYS = {
    "active_customers": "active_customers_1d",
    "active_customers_7d": "active_customers_7d",
    "active_customers_28d": "active_customers_28d",
    "average_engaged_time": "average_engaged_time_in_s",
    "interactions_28d": "interactions_28d",
    "interactions_per_30d": "interactions_per_30d",
    "people_delivered": "n_people_tracked_delivered",
    "ctr_human": "ctr_human",
    "social_engagements": "social_engagements",
    "converting_customers_28d": "converting_customers_28d",
    "conversion_rate": "conversion_rate",
}


@pytest.fixture
def project(main_job: Journey, tmp_path: Path) -> Path:
    """Our dbt project with what the last build made of it, as MetricFlow wants to find it."""
    for part in ("models", "macros", "seeds", "dbt_project.yml", "profiles.yml"):
        (tmp_path / part).symlink_to(ROOT / "dbt_project" / part)
    (tmp_path / "target").symlink_to(main_job.house.home / "dbt" / "target")
    return tmp_path


def asked(main_job: Journey, project: Path, *query: str) -> list[dict[str, str]]:
    """The rows that MetricFlow answers a query with."""
    command = [Path(sys.executable).with_name("mf"), "query", *query, "--csv", "answer.csv"]
    environment = main_job.house.environment(main_job.town)
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    with (project / "answer.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def told(main_job: Journey, sql: str) -> list[tuple[object, ...]]:
    """The rows of the marts."""
    with duckdb.connect(main_job.house.warehouse, read_only=True) as con:
        return con.execute(sql).fetchall()


def test_the_metrics_of_a_day_are_those_of_the_mart(main_job: Journey, project: Path) -> None:
    window = ("--start-time", LOADED.isoformat(), "--end-time", LAST.isoformat())
    rows = asked(main_job, project, "--metrics", ",".join(OF_DAYS), "--group-by", "metric_time", *window)
    found = {row["metric_time__day"][:10]: [float(row[name] or 0) for name in OF_DAYS] for row in rows}
    days = told(
        main_job,
        f"select kpi_date, {', '.join(OF_DAYS.values())} from marts.kpi_days "
        f"where segment = 'all' and kpi_date >= date '{LOADED}' order by kpi_date",
    )
    assert len(days) == 3
    assert any(value for _, *values in days for value in values[:2])
    for day, *values in days:
        assert found[str(day)] == pytest.approx([float(value or 0) for value in values]), day


def test_the_score_by_segment_is_the_mean_of_the_mart(main_job: Journey, project: Path) -> None:
    rows = asked(main_job, project, "--metrics", "average_score", "--group-by", "customer_score__b2b_b2c")
    marts = told(main_job, "select b2b_b2c, avg(score) from marts.customer_scores group by b2b_b2c")
    assert len(marts) == 2
    assert {row["customer_score__b2b_b2c"]: float(row["average_score"]) for row in rows} == pytest.approx(dict(marts))


def test_the_retention_of_cohorts_is_that_of_the_mart(main_job: Journey, project: Path) -> None:
    by = "cohort__cohort_month_number"
    rows = asked(main_job, project, "--metrics", "customers_who_stayed,cohort_members", "--group-by", by)
    marts = told(
        main_job,
        "select cohort_month_number, sum(retained_customers), sum(cohort_size) "
        "from marts.cohort_retention group by cohort_month_number",
    )
    assert {int(row[by]): (int(row["customers_who_stayed"]), int(row["cohort_members"])) for row in rows} == {
        number: (stayed, members) for number, stayed, members in marts
    }
