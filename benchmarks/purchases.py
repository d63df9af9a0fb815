"""What score_validations says of a public file of purchases, where the score is made of nothing but orders.

`python -m benchmarks.purchases FILE` reads CDNOW's CDNOW_master.txt[.gz] or the Online Retail set as Parquet, builds
the validation's models over it as they are, and prints what they say as a Markdown table.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from publishing.build import run_dbt

SEEDS = """activity_types vendor_activities touchpoints score_settings validation_settings validation_horizons
validation_predictors tenure_bands usage_features involvement_activities involvement_weights index_settings
index_weights"""
MODELS = "int_score__definitions int_score__incumbent int_survey__wallets"
ELEMENTS = "moments usage_items usage involvement opinions sentiments wallets"
JUDGE = "path:models/intermediate/validation score_validations score_validation_deciles"
CDNOW = """
    select part[1] as customer, strptime(part[2], '%Y%m%d')::date as day, part[4]::decimal(18, 4) as amount
    from (
        select string_split_regex(trim(line), '\\s+') as part
        from read_csv(?, columns = {'line': 'varchar'}, delim = '\\t', header = false, skip = 1)
    )
"""
ONLINE_RETAIL = """
    select
        any_value("CustomerID")::bigint::varchar as customer,
        min("InvoiceDate")::date as day,
        sum("Quantity"::decimal(14, 3) * "UnitPrice"::decimal(16, 4))::decimal(18, 4) as amount
    from read_parquet(?)
    where "CustomerID" is not null and "InvoiceNo" not like 'C%'
    group by "InvoiceNo"
"""
TABLES = """
    create schema intermediate;
    create table intermediate.int_order__orders as
    select customer as customer_id, day as ordered_date, amount as net_sales, true as is_purchase
    from bought where amount > 0;
    create table intermediate.int_day__customer_activities as
    select customer_id, 'placed_order' as activity, count(*)::int as n_human, ordered_date as activity_date
    from intermediate.int_order__orders group by all;
    create table intermediate.int_customer__customers as
    select distinct customer_id, 'b2c' as b2b_b2c from intermediate.int_order__orders;
    create table intermediate.int_survey__responses (
        survey_response_id text, response_id text, question text, customer_id text, survey_type text, score double,
        lowest_score int, highest_score int, is_on_scale boolean, sentiment double, responded_at timestamp
    );
    create table intermediate.int_coverage__runs (step text, verdict text, run_day date);
    create table intermediate.int_coverage__days as
    select distinct ordered_date as date_day, true as is_received from intermediate.int_order__orders;
    create table intermediate.int_activity__events (
        activity_id text, customer_id text, activity text, product_id text, source_record_id text, machine_reason text,
        activity_date date
    );
    create table intermediate.int_sentiment__texts (source_record_id text, sentiment double);
    create table intermediate.int_index__closed_deals (customer_id text, is_won boolean, closed_at timestamp);
    create table intermediate.int_index__covered (part text)
"""
SAID = """
    select predictor, outcome, horizon_in_days, reached, reached_low, reached_high, ahead_of_recency,
        ahead_of_recency_low, ahead_of_recency_high, lift_top10, n, n_customers_with_event, beats_recency
    from marts.score_validations
    where segment = 'all' and outcome in ('purchased', 'revenue')
        and predictor in ('score', 'recency', 'rfm', 'orders', 'bonding', 'random')
    order by horizon_in_days, outcome, reached desc, predictor
"""
HEAD = ("predictor", "outcome", "days", "reached (95 %)", "ahead of recency (95 %)", "lift", "n", "came to", "verdict")


def judge(file: Path) -> list[str]:
    """The rows of the table, its head first."""
    with TemporaryDirectory() as folder:
        warehouse = Path(folder, "warehouse.duckdb")
        with duckdb.connect(str(warehouse)) as con:
            read = ONLINE_RETAIL if file.suffix == ".parquet" else CDNOW
            con.execute(f"create temp table bought as {read}", [str(file)])
            con.execute(TABLES)
            ((last,),) = con.execute("select max(ordered_date) from intermediate.int_order__orders").fetchall()
        elements = [f"int_index__{name}" for name in ELEMENTS.split()]
        run_dbt(folder, warehouse, last, (), select=[*f"{SEEDS} {MODELS} {JUDGE}".split(), *elements])
        with duckdb.connect(str(warehouse), read_only=True) as con:
            said = con.execute(SAID).fetchall()
    lines = [f"| {' | '.join(HEAD)} |", "|" + "---|" * len(HEAD)]
    for predictor, outcome, days, reached, low, high, ahead, least, most, lift, n, came, verdict in said:
        ahead_of = "" if predictor == "recency" else told(ahead, least, most, "+.3f")
        cells = (predictor, outcome, days, told(reached, low, high, ".3f"), ahead_of)
        cells += ("" if lift is None else f"{lift:.2f}", f"{n:,}", f"{came:,}", verdict or "")
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return lines


def told(figure: float | None, low: float, high: float, shape: str) -> str:
    """A figure with its interval, or nothing where there is none."""
    return "" if figure is None else f"{figure:{shape}} ({low:{shape}} to {high:{shape}})"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.purchases", description=__doc__)
    parser.add_argument("file", type=Path)
    sys.stdout.write("\n".join(judge(parser.parse_args().file)) + "\n")
