"""What a customer will probably buy: MBG/NBD and Gamma-Gamma, as clvkit fits them (docs/decisions/0017).

The same summaries give the same answer: a sample drawn by a hash, one order of rows, maximum likelihood without a
random start, rounded results.
"""

import hashlib
import warnings
from importlib import import_module
from typing import Any

import pyarrow as pa

DAYS_OF_A_WEEK = 7  # the models' unit, as in the papers: the parameters can be read beside theirs
FEWEST_REPEAT_BUYERS = 30  # below it the four parameters stand for nothing
DIGITS = 6
PREDICTED = pa.schema(
    [
        ("end_date", pa.date32()),
        ("customer_id", pa.string()),
        ("parameters", pa.string()),
        ("p_alive", pa.float64()),
        ("expected_orders_90d", pa.float64()),
        ("expected_orders_365d", pa.float64()),
        ("expected_orders_holdout", pa.float64()),
        ("expected_order_value", pa.float64()),
    ]
)


def lifetime_values(summaries: pa.Table, holdout_in_days: int, fitted_customers: int) -> pa.Table:
    """What is expected of each customer by each end: PREDICTED, in the order of ends, segments and ids.

    `summaries` has `end_date`, `b2b_b2c`, `customer_id`, `frequency`, `recency` and `t` (days), `monetary_value`. Each
    segment has its own parameters, from at most `fitted_customers` drawn by their ids; one in which too few had bought
    twice by that end has no rows.
    """
    if not len(summaries):
        return PREDICTED.empty_table()
    frame = summaries.to_pandas()
    parts = []
    for _, rows in frame.sort_values("customer_id").groupby(["end_date", "b2b_b2c"], sort=True):
        if (rows.monetary_value > 0).sum() >= FEWEST_REPEAT_BUYERS:
            parts.append(_expected(rows, holdout_in_days, fitted_customers))
    tables = [pa.Table.from_pandas(part[PREDICTED.names], PREDICTED, preserve_index=False) for part in parts]
    return pa.concat_tables(tables) if tables else PREDICTED.empty_table()


def _expected(rows: Any, holdout_in_days: int, fitted_customers: int) -> Any:
    """The rows of one end and segment with what is expected of each customer."""
    clvkit = import_module("clvkit")  # a second and a half, only where it is switched on
    drawn = rows.customer_id.map(lambda one: hashlib.md5(one.encode(), usedforsecurity=False).hexdigest())
    sample = _base(rows[drawn.rank(method="first") <= fitted_customers])
    everybody = _base(rows)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of buyers whose orders were given back: they are in the counts
        orders, spend = clvkit.MBGNBD().fit(sample), clvkit.GammaGamma().fit(sample)
    named = [*orders.params_.items(), *spend.params_.items()]

    def orders_in(days: int) -> Any:
        return _rounded(orders.predict(days / DAYS_OF_A_WEEK, everybody))

    return rows.assign(
        parameters=" ".join(f"{name}={value:.4g}" for name, value in named),
        p_alive=_rounded(orders.probability_alive(everybody)),
        expected_orders_90d=orders_in(90),
        expected_orders_365d=orders_in(365),
        expected_orders_holdout=orders_in(holdout_in_days),
        # with q at 1 or below a few orders outweigh all others: there is no mean to expect
        expected_order_value=_rounded(spend.predict(everybody)) if spend.q > 1 else float("nan"),
    )


def _rounded(prediction: Any) -> Any:
    return prediction.to_pandas().iloc[:, 0].round(DIGITS).to_numpy()


def _base(rows: Any) -> Any:
    """The summaries as clvkit takes them, in weeks."""
    weeks = rows.set_index("customer_id")[["frequency", "recency", "t", "monetary_value"]].astype(float)
    weeks = weeks.rename(columns={"t": "T"})
    weeks[["recency", "T"]] /= DAYS_OF_A_WEEK
    return import_module("clvkit").CustomerBase(
        weeks,
        time_unit="W",
        collapse="D",
        observation_period_end=rows.end_date.iloc[0],
        has_monetary=True,
        on_negative="net",
    )
