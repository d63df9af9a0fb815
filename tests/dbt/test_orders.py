"""What counts as an order, and from which day on."""

import pytest

from tests.dbt.lake import Lake, at, digest, only
from tests.dbt.test_incremental_equals_full_refresh import NO_TESTS

DAY, AS_OF, LATER = "2026-08-01", "2026-08-03", "2026-08-06"
TOLD = (
    *("activities", "conversions", "customer_days", "customer_relations"),
    *("customers", "journey_paths", "market_months", "orders"),
)
BEFORE = {"created_at": at("2026-03-01"), "modified_at": at(DAY), "is_archived": False}


def put_klaviyo(lake: Lake, day: str, metric: str, value: int) -> None:
    """What Klaviyo was told on a day of Cleo's order."""
    said = {"event_id": metric, "metric_id": metric, "profile_id": "k1", "order_number": "K-1", "value": value}
    lake.put("klaviyo", "events", day, [said | {"happened_at": at(f"{day} 11:00")}])


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Ann's second deal is won, and its day is still to come; Ben brought back what he had bought in April."""
    root = tmp_path_factory.mktemp("shop")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    won = {"is_closed_won": True, "stage": "closedwon"} | BEFORE
    deals = [("1", 10, "2026-08-01 12:00"), ("2", 1000, "2026-08-05 09:00")]
    lake.put("hubspot", "contacts", DAY, [{"contact_id": "1", "email_digest": digest("ann@x.example")} | BEFORE])
    numbered = [won | {"deal_id": d, "order_number": f"H-{d}", "amount": n, "closed_at": at(t)} for d, n, t in deals]
    lake.put("hubspot", "deals", DAY, numbered)
    lake.put("hubspot", "deal_contacts", DAY, [{"deal_id": deal, "contact_id": "1"} for deal, _, _ in deals])
    ben = {"currency": "EUR", "email": "ben@x.example", "email_digest": digest("ben@x.example")}
    for day, order, amount in (("2026-04-01", "b1", 10), ("2026-04-03", "b2", -10)):
        sold = {"order_id": order, "amount": amount, "ordered_at": at(f"{day} 10:00")}
        lake.put("files", "orders", day, [ben | sold])
    named = [{"metric_id": name, "name": name} for name in ("Placed Order", "Refunded Order")]
    lake.put("klaviyo", "metrics", DAY, [metric | {"integration_category": "Ecommerce"} for metric in named])
    put_klaviyo(lake, DAY, "Placed Order", 100)
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


def test_an_order_dated_ahead_comes_by_itself_on_its_day_and_a_refund_of_a_part_on_its_own(shop: Lake) -> None:
    lake = shop.copied("later")
    put_klaviyo(lake, "2026-08-05", "Refunded Order", 5)
    lake.build(LATER, *NO_TESTS, *only(*TOLD))
    ann = customer(lake, "hubspot_contact_id", "1")
    known = "select lifetime_count_orders, last_active_date::varchar from marts.customers where customer_id = ?"
    assert lake.rows(known, ann) == [(2, "2026-08-05")]
    days = "select activity_date::varchar, n_activities from marts.customer_days where customer_id = ? order by 1"
    assert lake.rows(days, ann) == [(DAY, 1), ("2026-08-05", 1)]
    cleos = "select net_sales::integer from marts.orders where source_system = 'klaviyo'"
    assert (shop.rows(cleos), lake.rows(cleos)) == ([(100,)], [(95,)])
    worth = "select revenue_impact::integer from marts.activities where activity_date = ? and source_system = 'klaviyo'"
    assert (shop.rows(worth, DAY), lake.rows(worth, DAY)) == ([(100,)], [(95,)])
    whole = lake.copied("whole")
    whole.build(LATER, *NO_TESTS, *only(*TOLD), everything=True)
    assert told(lake) == told(whole)


def test_an_order_whose_coupon_the_till_tells_of_later_was_made_for_a_reward(shop: Lake) -> None:
    lake = shop.copied("coupon")
    sold = {"order_id": "t1", "order_number": "H-1", "currency": "EUR", "amount": 10, "discount_code": "HI"}
    lake.put("files", "orders", "2026-08-05", [sold | {"ordered_at": at(f"{DAY} 12:00")}])
    lake.build(LATER, *NO_TESTS, *only(*TOLD))
    acts = "select activity from marts.activities where source_record_id = 'hubspot/deals/1'"
    assert (shop.rows(acts), lake.rows(acts)) == ([("placed_order",)], [("placed_order_with_coupon",)])
    whole = lake.copied("coupon whole")
    whole.build(LATER, *NO_TESTS, *only(*TOLD), everything=True)
    assert told(lake) == told(whole)


def test_a_return_is_no_second_purchase(shop: Lake) -> None:
    ben = customer(shop, "files_customer_id", digest("ben@x.example"))
    known = "lifetime_count_orders, lifetime_total_spent::integer, is_repeat_customer, first_order_at, last_order_at"
    bought = at("2026-04-01 10:00").replace(tzinfo=None)
    found = shop.rows(f"select {known} from marts.customers where customer_id = ?", ben)
    assert found == [(1, 0, False, bought, bought)]
    reached = "select order_id, revenue::integer from marts.conversions where customer_id = ?"
    assert shop.rows(reached, ben) == [("files/orders/b1", 10)]
    acts = "select source_record_id from marts.activities where customer_id = ?"
    assert shop.rows(acts, ben) == [("files/orders/b1",)]
    assert shop.rows("select orders_365d from marts.customer_relations where customer_id = ?", ben) == [(1,)]
    april = "select n_buyers, n_repeat_buyers, repeat_purchase_rate_90d from marts.market_months"
    assert shop.rows(f"{april} where segment = 'all' and market_month = '2026-04-01'") == [(1, 0, 0.0)]


def test_a_return_stands_in_the_orders_and_has_no_number(shop: Lake) -> None:
    known = "order_id, net_sales::integer, new_vs_repeat, customer_order_seq_number"
    found = shop.rows(f"select {known} from marts.orders where source_system = 'files' order by 1")
    assert found == [("files/orders/b1", 10, "new", 1), ("files/orders/b2", -10, None, None)]
