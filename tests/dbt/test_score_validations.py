"""Whether the score's judge is honest: it finds what is there, finds nothing in noise, and never looks ahead."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from expectations.marts import MARTS
from tests.dbt.lake import Lake, messages

FIRST, DAYS, CUSTOMERS = date(2026, 3, 1), 120, 1_200
AS_OF = FIRST + timedelta(days=DAYS)
MONDAY = date(2026, 4, 27)
SCORED = ("int_score__definitions", "int_score__incumbent")
TOLD = ("score_validations", "score_validation_deciles", "score_version_comparisons")
ELEMENTS = ("moments", "usage_items", "usage", "involvement", "opinions", "sentiments", "wallets")
INDEX = tuple(f"int_index__{name}" for name in ELEMENTS)
JUDGE = (*SCORED, "int_survey__wallets", *INDEX, "path:models/intermediate/validation", *TOLD)
PREDICTORS = (*INDEX, *(f"int_validation__{name}" for name in ("acts", "orders", "answers", "features")))
LATER = (
    ("int_day__customer_activities", "activity_date"),
    ("int_order__orders", "ordered_date"),
    ("int_survey__responses", "responded_at"),
    ("int_activity__events", "activity_date"),
    ("int_index__closed_deals", "closed_at"),
)
FEATURES = "select * from intermediate.int_validation__features where observed_on <= ? order by all"
OF_THE_SCORE = """
    select reached_low, reached, reached_high, ahead_of_recency_low, beats_recency, n_customers_with_event
    from marts.score_validations
    where predictor = ? and outcome = 'purchased' and segment = 'all' and horizon_in_days = 30
"""


def crowd() -> tuple[pa.Table, pa.Table]:
    """Customers whose liveliness decides how much they do on a day, and how often they buy."""
    chance = np.random.default_rng(20260301)
    lively = chance.normal(size=CUSTOMERS)
    acts = chance.poisson(np.exp(0.9 * lively - 1.6)[:, None], (CUSTOMERS, DAYS))
    buys = chance.random((CUSTOMERS, DAYS)) < (0.004 * np.exp(0.9 * lively))[:, None]
    who, when = np.nonzero(acts)
    buyers, bought = np.nonzero(buys)
    return (
        pa.table(
            {
                "customer_id": [f"c{n}" for n in who],
                "activity": ["viewed_page"] * len(who),
                "n_human": pa.array(acts[who, when], pa.int32()),
                "activity_date": [FIRST + timedelta(days=int(n)) for n in when],
            }
        ),
        pa.table(
            {
                "customer_id": [f"c{n}" for n in buyers],
                "ordered_date": [FIRST + timedelta(days=int(n)) for n in bought],
                "net_sales": pa.array(chance.integers(5, 90, len(buyers)), pa.int64()),
            }
        ),
    )


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """A warehouse that holds what the judge reads and nothing else, judged once."""
    root: Path = tmp_path_factory.mktemp("world")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    acts, orders = crowd()
    with duckdb.connect(str(lake.warehouse)) as warehouse:
        warehouse.register("acts", acts)
        warehouse.register("orders", orders)
        warehouse.execute("create schema intermediate")
        warehouse.execute("create table intermediate.int_day__customer_activities as select * from acts")
        warehouse.execute("create table intermediate.int_order__orders as select *, true as is_purchase from orders")
        warehouse.execute(
            "create table intermediate.int_customer__customers as "
            "select distinct customer_id, if(hash(customer_id) % 4 = 0, 'b2b', 'b2c') as b2b_b2c from acts"
        )
        warehouse.execute(
            "create table intermediate.int_survey__responses as select customer_id, 'NPS' as survey_type, "
            "(hash(customer_id) % 11)::double as score, 0 as lowest_score, 10 as highest_score, true as is_on_scale, "
            "activity_date::timestamp as responded_at, '' as question, null::double as sentiment, "
            "customer_id as survey_response_id, concat(customer_id, activity_date) as response_id "
            "from acts where hash(customer_id, activity_date) % 50 = 0"
        )
        warehouse.execute(
            "create table intermediate.int_activity__events as select customer_id, 'placed_order' as activity, "
            "concat('p', net_sales) as product_id, null::varchar as machine_reason, ordered_date as activity_date, "
            "row_number() over ()::varchar as activity_id, activity_id as source_record_id from orders"
        )
        warehouse.execute(
            "create table intermediate.int_sentiment__texts as select source_record_id, 0.5 as sentiment "
            "from intermediate.int_activity__events where hash(source_record_id) % 3 = 0"
        )
        warehouse.execute(
            "create table intermediate.int_index__closed_deals as select source_record_id as deal_id, customer_id, "
            "hash(source_record_id) % 2 = 0 as is_won, activity_date::timestamp as closed_at "
            "from intermediate.int_activity__events"
        )
        warehouse.execute("create table intermediate.int_index__covered as select unnest(['usage', 'social']) as part")
        warehouse.execute(
            "create table intermediate.int_coverage__days as "
            f"select date '{FIRST}' + n::int as date_day, true as is_received from range({DAYS}) as days (n)"
        )
        warehouse.execute(
            "create table intermediate.int_coverage__runs as select 'validate' as step, 'passed' as verdict, "
            f"date '{AS_OF - timedelta(days=2)}' as run_day"
        )
    seeds = lake.dbt("seed", str(AS_OF))
    assert seeds.success, messages(seeds)
    judge(lake, *JUDGE)
    yield lake


def judge(lake: Lake, *models: str) -> None:
    """Build these models over what is there."""
    result = lake.dbt("run", str(AS_OF), "--select", *models)
    assert result.success, messages(result)


def test_the_planted_effect_is_found_and_is_more_than_recency_knows(world: Lake) -> None:
    ((low, reached, high, ahead, verdict, n_events),) = world.rows(OF_THE_SCORE, "score")
    assert 0.5 < low < reached < high < 1
    assert ahead > 0
    assert verdict == "yes"
    assert n_events > 50


def test_a_number_that_means_nothing_reaches_chance(world: Lake) -> None:
    ((low, _, high, _, verdict, _),) = world.rows(OF_THE_SCORE, "random")
    assert low < 0.5 < high
    assert verdict == "no"


def test_the_area_is_that_of_all_pairs(world: Lake) -> None:
    """On the latest Monday by itself, against every pair of a buyer and another; levels cost less than 0.01."""
    ((exact,),) = world.rows("""
        with latest as (
            select features.predicted, outcomes.purchased
            from intermediate.int_validation__features as features
            inner join intermediate.int_validation__outcomes as outcomes using (customer_id, observed_on)
            where
                predictor = 'score' and horizon_in_days = 30
                and observed_on = (select max(observed_on) from intermediate.int_validation__outcomes
                    where horizon_in_days = 30)
        )
        select avg(case when a.predicted > b.predicted then 1.0 when a.predicted = b.predicted then 0.5 else 0 end)
        from latest as a inner join latest as b on a.purchased = 1 and b.purchased = 0
    """)
    ((found,),) = world.rows("""
        select reached from intermediate.int_validation__curves
        where predictor = 'score' and outcome = 'purchased' and segment = 'all' and horizon_in_days = 30
        order by observed_on desc limit 1
    """)
    assert found == pytest.approx(exact, abs=0.01)


def test_the_tenths_hold_everybody_and_rise_with_the_score(world: Lake) -> None:
    rates = world.rows("""
        select event_rate, n from marts.score_validation_deciles
        where predictor = 'score' and outcome = 'purchased' and segment = 'all' and horizon_in_days = 30
        order by decile
    """)
    ((n,),) = world.rows("select max(n) from marts.score_validations where horizon_in_days = 30 and segment = 'all'")
    assert sum(count for _, count in rates) == n
    assert rates[-1][0] > 2 * rates[0][0]


def test_what_comes_later_changes_no_predictor(world: Lake) -> None:
    """Whoever does everything after a Monday is exchanged: what was known by that Monday stays, byte for byte."""
    before = world.rows(FEATURES, MONDAY)
    assert len(before) > CUSTOMERS
    assert {row[0] for row in before} > {"score", "nps", "usage", "sentiment", "involvement", "competitive"}
    with duckdb.connect(str(world.warehouse)) as warehouse:
        for table, day in LATER:
            warehouse.execute(
                f"update intermediate.{table} "
                f"set customer_id = 'c' || ((substr(customer_id, 2)::int + 7) % {CUSTOMERS}) "
                f"where {day} >= date '{MONDAY}'"
            )
    judge(world, *PREDICTORS)
    assert world.rows(FEATURES, MONDAY) == before
    assert len(world.rows(FEATURES, AS_OF)) > len(before)


def test_what_is_deleted_after_a_monday_changes_no_predictor_either(world: Lake) -> None:
    before = world.rows(FEATURES, MONDAY)
    with duckdb.connect(str(world.warehouse)) as warehouse:
        for table, day in LATER:
            warehouse.execute(
                f"delete from intermediate.{table} "
                f"where {day} >= date '{MONDAY}' and {day} < date '{MONDAY + timedelta(days=21)}'"
            )
    judge(world, *PREDICTORS)
    assert world.rows(FEATURES, MONDAY) == before


def test_a_changed_score_that_foretells_worse_closes_the_gate(world: Lake) -> None:
    """Likes that mean nothing: the published version gave them no weight, the seeds do."""
    measure = MARTS["score_version_comparisons"].own[0].measure
    assert world.rows("select count(*) from marts.score_version_comparisons") == [(0,)]
    with duckdb.connect(str(world.warehouse)) as warehouse:
        warehouse.execute(
            "insert into intermediate.int_day__customer_activities "
            "select customer_id, 'liked_post', (hash(customer_id, activity_date) % 9)::int, activity_date "
            "from (select distinct customer_id from intermediate.int_day__customer_activities) "
            "cross join (select distinct activity_date from intermediate.int_day__customer_activities) "
            "where hash(customer_id, activity_date) % 5 = 0"
        )
        warehouse.execute(
            "insert into intermediate.int_score__definitions select * replace ('v0' as score_version, "
            "if(activity = 'liked_post', 0, weight) as weight, as_of_date - 1 as as_of_date) "
            "from intermediate.int_score__definitions"
        )
    judge(world, *JUDGE)
    assert world.rows(
        "select verdict, incumbent_version, score_version from marts.score_version_comparisons where is_deciding"
    ) == [("worse", "v0", "v1")]
    assert world.rows(f"select {measure} from marts.score_version_comparisons") == [(1,)]


def test_with_outcomes_shuffled_nothing_is_found(world: Lake) -> None:
    with duckdb.connect(str(world.warehouse)) as warehouse:
        warehouse.execute("""
            create or replace table intermediate.int_validation__outcomes as
            with numbered as (
                select *, row_number() over (
                    partition by observed_on, horizon_in_days order by md5(customer_id || 'shuffled')
                ) as place
                from intermediate.int_validation__outcomes
            ),
            others as (
                select customer_id, observed_on, horizon_in_days, row_number() over (
                    partition by observed_on, horizon_in_days order by customer_id
                ) as place
                from intermediate.int_validation__outcomes
            )
            select others.customer_id, numbered.* exclude (customer_id, place)
            from numbered inner join others using (observed_on, horizon_in_days, place)
        """)
    judge(world, "int_validation__cells", "int_validation__areas", "int_validation__deciles", "score_validations")
    ((low, _, high, ahead, verdict, _),) = world.rows(OF_THE_SCORE, "score")
    assert low < 0.5 < high
    assert ahead < 0
    assert verdict == "no"
