"""A warehouse that grew day by day says what one made at once says."""

import shutil
from collections.abc import Collection

from tests.dbt.brand_days import days
from tests.dbt.lake import Lake

MARTS = (
    "activities",
    "sessions",
    "content_views",
    "email_sends",
    "orders",
    "customer_days",
    "campaign_days",
    "customer_scores",
    "score_contributions",
    "customers",
    "kpi_days",
    "social_interactions",
    "social_post_days",
    "consents",
    "restatements",
    "content_days",
    "social_days",
    "service_days",
    "contact_months",
    "customer_voices",
    "trust_months",
    "market_months",
    "circumstance_months",
    "engagement_indexes",
    "engagement_rollups",
    "conversions",
    "goal_conversions",
    "funnel_conversions",
    "journey_transitions",
    "journey_paths",
)
NO_TESTS = ("--exclude", "resource_type:test", "resource_type:unit_test")


def everything_anew(lake: Lake, as_of: str) -> Lake:
    """The same lake built at once."""
    whole = lake.copied("whole")
    whole.build(as_of, *NO_TESTS, everything=True)
    return whole


def differences(one: Lake, other: Lake, may_be_empty: Collection[str] = ()) -> dict[str, tuple[int, int]]:
    """For each mart that differs, how many rows are only in the one and only in the other."""
    found = {}
    for mart in MARTS:
        ours, theirs = (set(lake.rows(f"select * from marts.{mart}")) for lake in (one, other))
        assert theirs or mart in may_be_empty, f"{mart} is empty"
        if ours != theirs:
            found[mart] = (len(ours - theirs), len(theirs - ours))
    return found


def test_day_by_day_equals_all_at_once(lake: Lake) -> None:
    for as_of in days(lake):
        lake.build(as_of, *NO_TESTS)
    assert differences(lake, everything_anew(lake, as_of)) == {}
    late_visit = "as_of = '2026-08-05' and kpi_date = '2026-08-03' and segment = 'all' and metric = 'n_sessions'"
    told = lake.rows(f"select reason, value_before, value_after from marts.restatements where {late_visit}")
    assert told == [("late data", 7.0, 8.0)]


def test_a_build_sees_nothing_of_the_days_to_come(lake: Lake) -> None:
    as_of = next(days(lake))
    entity = lake.root / "raw" / "source=matomo" / "entity=visits"
    last = max(entity.iterdir())
    assert last.name < f"day={as_of}"
    shutil.copytree(last, entity / f"day={as_of}")  # a vendor that is ahead of the others
    question = "select max(_day)::varchar from {{ ref('stg_matomo__visits') }}"
    lake.build(as_of, "--select", "+stg_matomo__visits", everything=True)
    shown = lake.dbt("show", as_of, "--inline", question).result
    assert [row[0] for row in shown.results[0].agate_table.rows] == [last.name.removeprefix("day=")]
    to_an_onlooker = lake.rows("select max(_day)::varchar from staging.stg_matomo__visits")
    assert to_an_onlooker == [(as_of,)]
