"""What customers will probably buy, on customers who bought by the model's own story, and without enough of them."""

import datetime
import random
from typing import Any

import pyarrow as pa
import pytest

from publishing.lifetime_value import PREDICTED, lifetime_values

pytest.importorskip("clvkit", reason="it is optional: pip install clvkit")
END = datetime.date(2026, 8, 1)
R, ALPHA, A, B = 0.8, 6.0, 0.8, 2.5  # in weeks
WEEKS = 52.0


def buyers(n: int, seed: int = 7) -> pa.Table:
    """The summaries of customers who buy at a rate of their own until, after some purchase, they die."""
    luck = random.Random(seed)  # noqa: S311 # invented customers
    rows: list[dict[str, Any]] = []
    for number in range(n):
        rate, dying = luck.gammavariate(R, 1 / ALPHA), luck.betavariate(A, B)
        now, days = 0.0, [0.0]
        while luck.random() >= dying:
            now += luck.expovariate(rate) if rate > 1e-9 else WEEKS
            if now > WEEKS:
                break
            days.append(now)
        spent = luck.gammavariate(6, 5)
        more = len(days) - 1
        row = {
            "end_date": END,
            "b2b_b2c": "b2c",
            "customer_id": f"c{number:05}",
            "frequency": more,
            "recency": round(days[-1] * 7),
        }
        rows.append({**row, "t": round(WEEKS * 7), "monetary_value": spent if more else 0.0})
    return pa.Table.from_pylist(rows)


def test_the_parameters_that_customers_were_made_with_are_found() -> None:
    found = lifetime_values(buyers(4000), 90, 20000)["parameters"][0].as_py()
    values = {name: float(value) for name, value in (one.split("=") for one in found.split())}
    assert values["r"] / values["alpha"] == pytest.approx(R / ALPHA, rel=0.15)
    assert values["a"] / (values["a"] + values["b"]) == pytest.approx(A / (A + B), rel=0.15)


def test_the_same_customers_in_another_order_give_the_same_bytes() -> None:
    table = buyers(400)
    turned = table.take(pa.array(range(len(table) - 1, -1, -1)))
    assert lifetime_values(table, 90, 200).equals(lifetime_values(turned, 90, 200))


def test_who_bought_long_ago_and_often_is_less_alive_than_who_bought_of_late() -> None:
    pair = [("long ago", 60), ("of late", 360)]
    rows = [
        {**buyers(1).to_pylist()[0], "customer_id": name, "frequency": 8, "recency": days, "monetary_value": 30.0}
        for name, days in pair
    ]
    everybody = pa.concat_tables([buyers(2000), pa.Table.from_pylist(rows)])
    said = {one["customer_id"]: one for one in lifetime_values(everybody, 90, 20000).to_pylist()}
    assert said["long ago"]["p_alive"] < 0.05
    assert said["of late"]["p_alive"] > 0.8
    assert said["of late"]["expected_orders_90d"] < said["of late"]["expected_orders_365d"]
    assert said["of late"]["expected_orders_holdout"] == said["of late"]["expected_orders_90d"]


def test_segments_have_parameters_of_their_own() -> None:
    firms = buyers(1000, seed=8)
    segment = firms.column_names.index("b2b_b2c")
    firms = firms.set_column(segment, "b2b_b2c", pa.array(["b2b"] * len(firms)))
    both = lifetime_values(pa.concat_tables([buyers(400), firms]), 90, 20000)
    assert both.slice(1000).equals(lifetime_values(buyers(400), 90, 20000))
    assert len(set(both["parameters"].to_pylist())) == 2


def test_where_a_few_orders_outweigh_all_others_no_value_is_expected() -> None:
    rows = buyers(400).to_pylist()
    tail = [
        {**row, "monetary_value": row["monetary_value"] and 10.0 ** (number % 7)} for number, row in enumerate(rows)
    ]
    said = lifetime_values(pa.Table.from_pylist(tail), 90, 20000)
    assert said["expected_order_value"].null_count == len(said) == 400
    assert said["expected_orders_90d"].null_count == 0


def test_too_few_who_came_back_are_no_ground_to_predict_on() -> None:
    assert lifetime_values(buyers(20), 90, 20000).equals(PREDICTED.empty_table())
    assert lifetime_values(buyers(0), 90, 20000).schema.equals(PREDICTED)
