"""What came of it, as a BI tool would see it: read from the published folder alone."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from demo.home import CHECKOUT, Home

GATES = """
select
    coalesce(source_system, 'marts') as who, count(*), count(*) filter (verdict = 'passed'), max_by(message, run_date)
from pipeline_runs where step in ('gate', 'validate') group by who order by who = 'marts', who
"""
METRICS = """
select
    *, sum(n_sessions) over month as sessions, sum(n_sessions_timed) over month as timed,
    sum(engaged_time_in_s) over month / nullif(sum(n_sessions_timed) over month, 0) as time_per_session,
    sum(n_likes) over month as likes, sum(n_comments) over month as comments,
    sum(n_shares) over month as shares, sum(n_mentions) over month as mentions
from kpi_days where segment = 'all'
window month as (order by kpi_date rows 27 preceding)
order by kpi_date desc limit 1
"""
READERS = """
select
    count(distinct reader) as tracked,
    count(distinct case when was_clicked then reader end) / nullif(count(distinct reader), 0) as clicked,
    count(distinct case when was_clicked_human then reader end) / nullif(count(distinct reader), 0) as clicked_human
from (select *, coalesce(customer_id, anonymous_customer_id) as reader from email_sends)
where is_tracked and was_delivered and sent_date > ?::date - 28
"""
CUSTOMERS = """
select customer_id, b2b_b2c, score, raw_score, reasons
from customers order by score desc nulls last, raw_score desc nulls last, customer_id limit 10
"""
VERDICT = """
select predictor, reached, reached_low, reached_high, n, n_events, n_dates, beats_recency, evidence
from score_validations
where outcome = 'purchased' and segment = 'all' and predictor in ('score', 'recency')
order by horizon_in_days, predictor desc limit 2
"""


def version(published: Path, day: date) -> str | None:
    """The published version if it reaches that day, else None."""
    manifest = published / "current" / "manifest.json"
    if not manifest.exists():
        return None
    said = json.loads(manifest.read_text())
    return str(said["version"]) if said["day"] >= str(day) else None


def report(home: Home) -> None:
    """Print the verdicts, the metrics, the most engaged customers, what the score is worth, and where the files lie."""
    current = (home.published / "current").resolve()
    with duckdb.connect(str(current / "marts.duckdb"), read_only=True) as marts:
        parts = [gates(marts), metrics(marts), customers(marts), proof(marts), files(home, current)]
    sys.stdout.write("\n" + "\n\n".join("\n".join(lines) for lines in parts) + "\n")


def gates(marts: duckdb.DuckDBPyConnection) -> list[str]:
    """A line per gate: how often it was asked, what it said of the last day, and what it found there."""
    lines = ["Gates"]
    for who, asked, passed, words in marts.execute(GATES).fetchall():
        summary, *findings = words.split("; [")
        lines.append(f"  {who:<10} passed {passed} of {asked}; the last: {summary.partition(' ')[2]}")
        lines += [f"    [{finding.partition('; look at')[0]}" for finding in findings]
    return lines


def metrics(marts: duckdb.DuckDBPyConnection) -> list[str]:
    """A line per engagement metric of the 28 days to the last, over all customers."""
    found = marts.execute(METRICS)
    names = [column[0] for column in found.description or ()]
    row = found.fetchone()
    if row is None:
        return ["Engagement: no day yet"]
    day = dict(zip(names, row, strict=True))
    readers = marts.execute(READERS, [day["kpi_date"]])
    day |= dict(zip([column[0] for column in readers.description or ()], readers.fetchone() or (), strict=True))
    n = {name: number(value) for name, value in day.items() if name not in ("kpi_date", "segment")}
    p = {name: percent(value) for name, value in day.items()}
    return [
        f"Engagement in the 28 days to {day['kpi_date']}",
        f"  active customers      {n['active_customers_28d']}; {n['active_customers_7d']} in the last 7 days, "
        f"{n['active_customers_1d']} on the last (stickiness {p['stickiness']})",
        f"  retention             {p['retention_rate']} ({n['retained_customers']} of {n['cohort_size']})",
        f"  time on site          {n['time_per_session']} s a session ({n['timed']} of {n['sessions']} sessions timed)",
        f"  interactions          {n['interactions_per_30d']} per active customer in 30 days",
        f"  click-through         {p['clicked_human']} by people, {p['clicked']} with machines "
        f"({n['tracked']} readers of tracked emails)",
        f"  social engagement     {n['likes']} likes, {n['comments']} comments, {n['shares']} shares, "
        f"{n['mentions']} mentions",
        f"  conversion            {p['conversion_rate']} ({n['converting_customers_28d']} customers)",
    ]


def customers(marts: duckdb.DuckDBPyConnection) -> list[str]:
    """A line per customer: the score, and what it is made of."""
    lines = ["The ten most engaged customers"]
    for customer, kind, score, raw, reasons in marts.execute(CUSTOMERS).fetchall():
        shown = f"{score:5.1f}" if score is not None else "    -"
        lines.append(f"  {customer}  {kind or '':<4} {shown}  (raw {raw or 0:6.1f})  {reasons or ''}")
    return lines


def proof(marts: duckdb.DuckDBPyConnection) -> list[str]:
    """What the score says of later orders, beside what recency alone says."""
    rows = marts.execute(VERDICT).fetchall()
    if not rows:
        return ["Does the score foretell orders? The history is too short to say."]
    lines = ["Does the score foretell orders? (area under the curve; 0.5 is chance)"]
    for predictor, reached, low, high, n, events, dates, _, _ in rows:
        shown = f"{reached:.3f} ({low:.3f} to {high:.3f})" if reached is not None else "-"
        lines.append(f"  {predictor:<10} {shown}; {number(events)} of {number(n)} customers on {dates} Mondays bought")
    *_, verdict, evidence = rows[0]
    return [*lines, f"  better than recency alone: {verdict} ({evidence})"]


def files(home: Home, current: Path) -> list[str]:
    """Where everything lies, and how large it is."""
    folder = home.published.relative_to(CHECKOUT) / "current"
    marts = sorted(current.glob("*.parquet"))
    size = sum(file.stat().st_size for file in current.rglob("*") if file.is_file()) / 1e6
    return [
        f"Published: {folder} -> {current.name}",
        f"  marts.duckdb, {len(marts)} Parquet files, manifest.json, quality/index.html; {size:.1f} MB",
        f"  .venv/bin/python -c \"import duckdb; duckdb.connect('{folder}/marts.duckdb', read_only=True)"
        ".sql('from customers').show()\"",
    ]


def number(value: Any) -> str:
    """A number as people write it; a dash where no source covers it."""
    if value is None:
        return "-"
    return f"{value:,.1f}" if isinstance(value, float) and not value.is_integer() else f"{value:,.0f}"


def percent(value: Any) -> str:
    """A share as a percentage; a dash where no source covers it."""
    return f"{value:.1%}" if isinstance(value, float) else "-"
