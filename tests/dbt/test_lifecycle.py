"""The history of stages at a past date is that part of today's: nothing of it depends on what came after."""

from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from tests.dbt.lake import Lake, messages

FIRST, DAYS, CUSTOMERS = date(2026, 1, 1), 500, 150
DATES = tuple((FIRST + timedelta(days=n)).isoformat() for n in (200, 380, DAYS))
ACTS = {
    "viewed_page": 8,
    "viewed_product": 4,
    "clicked_email": 4,
    "opened_email": 6,
    "subscribed": 1,
    "opened_ticket": 2,
    "referred_friend": 2,
    "referred_friend_for_reward": 2,
    "quoted_post": 2,
    "placed_order": 4,
}
MART = "lifecycle_transitions"
HISTORY = """
    select
        customer_id, evidence_activity_id, model, from_stage, to_stage, rule_version, entered_at,
        case when exited_at < ? then exited_at end, case when exited_at < ? then exit_reason end
    from marts.lifecycle_transitions where entered_at < ? order by all
"""
CROWD_UNTIL = "create temp table acts as select * from crowd where activity_date < cast(? as date)"
INPUTS = {
    "int_activity__events": "select * exclude (net_sales) from acts",
    "int_day__customer_activities": """
        select customer_id, activity, count(machine_reason is null or null)::int as n_human, activity_date
        from acts group by all""",
    "int_day__customer_days": """
        select customer_id, bool_or(machine_reason is null and activity <> 'opened_email') as is_active, activity_date
        from acts group by all""",
    "int_order__orders": """
        select customer_id, net_sales, activity_date as ordered_date, ts as ordered_at from acts
        where activity = 'placed_order' and machine_reason is null""",
    "int_session__sessions": """
        select activity_id as session_id, customer_id, activity_id as entry_activity_id, 'matomo' as source_system,
            net_sales > 3 as is_engaged, activity_date as session_date, ts as started_at
        from acts where activity = 'viewed_page'""",
    "int_sentiment__texts": "select source_record_id, net_sales / 10 as sentiment from acts",
    "int_customer__customers": "select distinct customer_id, 'b2c' as b2b_b2c from acts",
    "int_identity__successors": "select null::varchar as old_id where false",
    "int_coverage__days": "select distinct 'web' as channel, true as is_received, activity_date as date_day from acts",
}


def acts() -> pa.Table:
    """A crowd that comes in spells and is silent for months in between; some of it bought, refunded or a machine's."""
    chance = np.random.default_rng(20260101)
    spells = [(n, int(chance.integers(0, DAYS))) for n in range(CUSTOMERS) for _ in range(3)]
    who, when = zip(
        *((n, day) for n, begin in spells for day in range(begin, min(DAYS, begin + 100)) if chance.random() < 0.1),
        strict=True,
    )
    count = len(who)
    weights = np.array(list(ACTS.values())) / sum(ACTS.values())
    midnight = datetime(FIRST.year, FIRST.month, FIRST.day)  # noqa: DTZ001 as the warehouse has it, in UTC
    moments = [midnight + timedelta(days=day, seconds=int(chance.integers(0, 86_400))) for day in when]
    return pa.table(
        {
            "activity_id": [f"a{n}" for n in range(count)],
            "source_record_id": [f"r{n}" for n in range(count)],
            "customer_id": [f"c{n}" for n in who],
            "activity": chance.choice(list(ACTS), count, p=weights).tolist(),
            "content_id": [f"https://x.example/products/{n}" for n in chance.integers(0, 5, count)],
            "product_id": pa.nulls(count, pa.string()),
            "machine_reason": [("known_bot" if n == 0 else None) for n in chance.integers(0, 10, count)],
            "net_sales": pa.array(chance.integers(-3, 10, count), pa.int64()),
            "activity_date": [moment.date() for moment in moments],
            "ts": moments,
        }
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Lake]:
    """The same town as the builds of several dates saw it, each in a warehouse of its own."""
    crowd, lakes = acts(), {}
    for as_of in DATES:
        root: Path = tmp_path_factory.mktemp("stages")
        lake = lakes[as_of] = Lake(root / "lake", root / "warehouse.duckdb")
        with duckdb.connect(str(lake.warehouse)) as warehouse:
            warehouse.register("crowd", crowd)
            warehouse.execute(CROWD_UNTIL, [as_of])
            warehouse.execute("create schema intermediate")
            for model, query in INPUTS.items():
                warehouse.execute(f"create table intermediate.{model} as {query}")
        seeds = lake.dbt("seed", as_of)
        assert seeds.success, messages(seeds)
        stages = lake.dbt("run", as_of, "--select", f"+{MART},path:models/intermediate/lifecycle", MART)
        assert stages.success, messages(stages)
    return lakes


@pytest.mark.parametrize("past", DATES[:-1])
def test_the_history_at_a_past_date_is_that_part_of_todays(told: dict[str, Lake], past: str) -> None:
    then, today = (lake.rows(HISTORY, past, past, past) for lake in (told[past], told[DATES[-1]]))
    assert len(then) > 100
    assert then == today


def test_the_crowd_goes_through_every_stage_up_and_down(told: dict[str, Lake]) -> None:
    found = told[DATES[-1]].rows(
        "select to_stage, bool_or(evidence_activity_id is null) from marts.lifecycle_transitions group by 1 order by 1"
    )
    lowest = {"first_experience", "discover"}
    assert {stage for stage, _ in found} == lowest | {
        *("building_relationship", "loyalty", "advocacy"),
        *("shop", "buy", "own", "advocate"),
    }
    assert lowest <= {stage for stage, fallen_back in found if fallen_back}


def test_no_act_with_a_reward_or_of_a_machine_makes_an_advocate(told: dict[str, Lake]) -> None:
    shown = told[DATES[-1]].rows("""
        select distinct events.activity, events.machine_reason from marts.lifecycle_transitions as stages
        inner join intermediate.int_activity__events as events on stages.evidence_activity_id = events.activity_id
        where stages.to_stage = 'advocate' order by 1
    """)
    assert shown == [("quoted_post", None), ("referred_friend", None)]
