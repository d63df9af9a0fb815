"""What counts as an order, and from which day on."""

import pytest

from tests.dbt.lake import Lake, at, digest, only
from tests.dbt.test_incremental_equals_full_refresh import NO_TESTS

DAY, AS_OF, LATER = "2026-08-01", "2026-08-03", "2026-08-06"
TOLD = ("activities", "conversions", "customers", "customer_days", "journey_paths", "market_months", "orders")
BEFORE = {"created_at": at("2026-03-01"), "modified_at": at(DAY), "is_archived": False}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Ann's second deal is won, and its day is still to come."""
    root = tmp_path_factory.mktemp("shop")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    won = {"is_closed_won": True, "stage": "closedwon"} | BEFORE
    deals = [("1", 10, "2026-08-01 12:00"), ("2", 1000, "2026-08-05 09:00")]
    lake.put("hubspot", "contacts", DAY, [{"contact_id": "1", "email_digest": digest("ann@x.example")} | BEFORE])
    lake.put("hubspot", "deals", DAY, [won | {"deal_id": d, "amount": n, "closed_at": at(t)} for d, n, t in deals])
    lake.put("hubspot", "deal_contacts", DAY, [{"deal_id": deal, "contact_id": "1"} for deal, _, _ in deals])
    lake.build(AS_OF, *only(*TOLD))
    return lake


def customer(lake: Lake, kind: str, value: str) -> str:
    """The customer behind an identifier."""
    sql = "select customer_id from intermediate.int_identity__people where identifier_type = ? and identifier_value = ?"
    ((found,),) = lake.rows(sql, kind, value)
    return str(found)


def told(lake: Lake) -> dict[str, set[tuple[object, ...]]]:
    """Everything that the marts say."""
    return {mart: set(lake.rows(f"select * from marts.{mart}")) for mart in TOLD}


def test_an_order_dated_ahead_counts_nowhere_before_its_day(shop: Lake) -> None:
    ann = customer(shop, "hubspot_contact_id", "1")
    known = "lifetime_count_orders, lifetime_total_spent::integer, rfm_recency_in_days, is_repeat_customer"
    found = shop.rows(f"select {known}, last_active_date::varchar from marts.customers where customer_id = ?", ann)
    assert found == [(1, 10, 1, False, DAY)]
    orders = "select order_id, is_repeated_within_90d from marts.conversions where customer_id = ?"
    assert shop.rows(orders, ann) == [("hubspot/deals/1", None)]
    assert shop.rows("select order_id from marts.orders where customer_id = ?", ann) == [("hubspot/deals/1",)]
    acts = "select source_record_id from marts.activities where customer_id = ?"
    assert shop.rows(acts, ann) == [("hubspot/deals/1",)]


def test_an_order_dated_ahead_comes_by_itself_on_its_day(shop: Lake) -> None:
    lake = shop.copied("later")
    lake.put("hubspot", "contacts", "2026-08-05", [])
    lake.build(LATER, *NO_TESTS, *only(*TOLD))
    ann = customer(lake, "hubspot_contact_id", "1")
    known = "select lifetime_count_orders, last_active_date::varchar from marts.customers where customer_id = ?"
    assert lake.rows(known, ann) == [(2, "2026-08-05")]
    days = "select activity_date::varchar, n_activities from marts.customer_days where customer_id = ? order by 1"
    assert lake.rows(days, ann) == [(DAY, 1), ("2026-08-05", 1)]
    whole = lake.copied("whole")
    whole.build(LATER, *NO_TESTS, *only(*TOLD), everything=True)
    assert told(lake) == told(whole)
