"""A small finished warehouse."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

DAY = date(2026, 9, 30)
PASSED = {"subject": "marts", "day": str(DAY), "passed": True, "rows": 0, "findings": []}


@pytest.fixture
def day() -> date:
    """The day that the warehouse is built for."""
    return DAY


@pytest.fixture
def passed() -> dict:
    """The record of a verdict that lets everything pass."""
    return PASSED


@pytest.fixture
def build(tmp_path: Path) -> Callable[[int], Path]:
    """Build a warehouse whose every mart says which generation it is."""
    path = tmp_path / "warehouse.duckdb"

    def again(generation: int) -> Path:
        with duckdb.connect(str(path)) as con:
            con.execute("create schema if not exists marts; create schema if not exists staging")
            con.execute("create or replace table staging.secret as select 1 as generation")
            con.execute(f"create or replace table generation as select {generation} as generation")
            con.execute(
                "create or replace table marts.customers as select 'c' || range as customer_id, generation,"
                " range * 0.5 as raw_score, timestamptz '2026-09-30 12:00:00+00' as seen_at"
                " from range(2000), generation order by hash(range)"
            )
            con.execute(
                "create or replace view marts.orders as select 'o' || range as order_id, generation,"
                " cast(9.5 as decimal(18, 2)) as net_sales from range(500), warehouse.main.generation"
            )
            con.execute(
                "create or replace table marts.customer_profiles as select 'c1' as customer_id, generation,"
                " 'canary@example.org' as email from generation"
            )
            con.execute(
                "create or replace table marts.crm_scores as select '7' as crm_record_id, generation from generation"
            )
            con.execute(
                "create or replace table marts.pipeline_runs as select 'old' as run_id, 'gate' as step, 'passed' as"
                " verdict, 'matomo' as source_system, 3::bigint as rows_in_count"
            )
            con.execute(
                "create or replace table marts.data_coverage as select * from (values"
                " ('matomo', date '2026-09-01', true), ('matomo', date '2026-09-30', true),"
                " ('hubspot', date '2026-09-30', false)) as t(source_system, date_day, is_received)"
            )
        return path

    return again
