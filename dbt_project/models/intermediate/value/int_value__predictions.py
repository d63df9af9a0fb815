"""What customers will probably buy, where the variable is on; see publishing/lifetime_value.py."""

SUMMARIES = """
    select end_date, b2b_b2c, customer_id, frequency, recency, t, monetary_value
    from summaries order by end_date, b2b_b2c, customer_id
"""
SETTINGS = "select holdout_in_days, fitted_customers from settings"


def model(dbt, session):  # noqa: ARG001 # dbt hands over both
    """One row per customer who ever bought and end; none where the variable `lifetime_value` is false."""
    dbt.config(materialized="table")
    is_on = dbt.config.get("meta")["lifetime_value"]
    summaries = dbt.ref("int_value__summaries").query("summaries", SUMMARIES).to_arrow_table()
    holdout_in_days, fitted_customers = dbt.ref("value_settings").query("settings", SETTINGS).fetchone()
    from publishing.lifetime_value import lifetime_values  # noqa: PLC0415 # dbt reads the model before it has a path

    return lifetime_values(summaries if is_on else summaries[:0], holdout_in_days, fitted_customers)
