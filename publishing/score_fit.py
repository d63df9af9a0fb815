"""Weights fitted to what customers did afterwards: proposed as seed files with their proof, never applied.

Features are what lies before a Monday, the outcome is an order in the horizon that begins a lead after it. The latest
Mondays are held out; whatever is fitted ends before the first of them, its outcomes included.
"""

import csv
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
from scipy.sparse import csr_array  # type: ignore[import-untyped] # it publishes no types

from publishing.build import PROJECT
from publishing.dry_run import NothingBuilt
from publishing.weights import BackTest, Observations, back_test, choose, fit

HELD_OUT = 4
OBSERVED = """
    create temp table observed as
    select
        row_number() over (order by monday, customer_id) - 1 as row,
        customer_id,
        dense_rank() over (order by customer_id) - 1 as customer,
        monday::date as monday
    from intermediate.int_validation__customers
    cross join (
        select unnest(generate_series(
            date_trunc('week', greatest(acts.first, orders.first) + {window} + 6),
            acts.last + 1 - {lead} - {horizon},
            interval 7 day
        )) as monday
        from (
            select min(activity_date) as first, max(activity_date) as last
            from intermediate.int_day__customer_activities
        ) as acts
        cross join (select min(ordered_date) as first from intermediate.int_order__orders) as orders
    )
    where first_seen_on < monday
"""
POINTS = """
    select row, place, sum(least(n_human, cap) * power(0.5, (monday - activity_date - 1) / {half_life})) as points
    from observed
    inner join intermediate.int_day__customer_activities using (customer_id)
    inner join types using (activity)
    where n_human > 0 and activity_date < monday and activity_date >= monday - {window}
    group by row, place
    order by row, place
"""
CAME = """
    select
        monday - date '1970-01-01',
        customer,
        exists (
            select 1 from intermediate.int_order__orders as orders
            where orders.customer_id = observed.customer_id
            and ordered_date >= monday + {lead} and ordered_date < monday + {lead} + {horizon}
        )
    from observed
    order by row
"""


@dataclass(frozen=True)
class Proposal:
    """New weights beside the old ones, how they were found, and what both reach on the Mondays held out."""

    version: str
    weights: dict[str, tuple[float, float]]
    strength: float
    fitted_to: date
    held_out: tuple[date, ...]
    test: BackTest
    verdict: str

    def __str__(self) -> str:
        """A page to read: the back-test, the weights that moved, and what to do with the files."""
        test = self.test
        lines = [
            f"{self.version}: {self.verdict}",
            f"  area under the curve on {len(self.held_out)} Mondays held out (from {self.held_out[0]}): "
            f"{test.old:.3f} -> {test.new:.3f}, {test.ahead:+.3f} ({test.ahead_low:+.3f} to {test.ahead_high:+.3f})",
            f"  {test.n} observations, {test.n_customers_with_event} customers bought; fitted on what ended by "
            f"{self.fitted_to}, held back by {self.strength:g}",
            "Weights",
        ]
        moved = sorted(self.weights.items(), key=lambda kept: (-abs(kept[1][1] - kept[1][0]), kept[0]))
        lines += [f"  {name}  {old:g} -> {new:g}" for name, (old, new) in moved if old != new] or ["  as they are"]
        return "\n".join(lines)


def propose(warehouse: Path, out: Path, version: str, seeds: Path = PROJECT / "seeds") -> Proposal:
    """Fit the weights and write activity_types.csv, score_settings.csv and back_test.json into `out`; nothing else.

    NothingBuilt where there is no built warehouse; ValueError where there is too little history to hold some of it out.
    """
    types = _read(seeds / "activity_types.csv")
    (settings,), (judge,) = _read(seeds / "score_settings.csv"), _read(seeds / "validation_settings.csv")
    scoring = [
        row
        for row in types
        if row["direction"] == "inbound" and row["counts_as_active"] == "true" and float(row["weight"]) > 0
    ]
    lead, horizon = int(judge["lead_in_days"]), int(judge["deciding_horizon_in_days"])
    seen = _observe(warehouse, scoring, settings, lead, horizon)
    old = np.array([float(row["weight"]) for row in scoring])
    mondays = np.unique(seen.monday)
    first_held_out = mondays[-HELD_OUT] if len(mondays) > HELD_OUT else np.inf
    early = seen.of(seen.monday + lead + horizon <= first_held_out)
    if not np.isfinite(first_held_out) or not early.came.any():
        raise ValueError("there is too little history to fit weights and to hold some of it out")
    strength = choose(early, old)
    new = np.maximum(np.round(fit(early, old, strength), 3), 0.001)  # 0 says elsewhere that an act is rewarded
    late = seen.of(seen.monday >= first_held_out)
    test = back_test(late, old, new)
    proposal = Proposal(
        version,
        {row["activity"]: (was, now) for row, was, now in zip(scoring, old.tolist(), new.tolist(), strict=True)},
        strength,
        _day(int(early.monday.max()) + lead + horizon),
        tuple(_day(int(monday)) for monday in mondays[-HELD_OUT:]),
        test,
        test.verdict(int(judge["minimum_events"])),
    )
    _write(out, proposal, types, {**settings, "score_version": version})
    return proposal


def _observe(
    warehouse: Path, scoring: list[dict[str, str]], settings: dict[str, str], lead: int, horizon: int
) -> Observations:
    if not warehouse.exists():
        raise NothingBuilt(f"there is no warehouse at {warehouse.name}: build first")
    numbers = {
        **{"window": int(settings["window_in_days"]), "half_life": float(settings["half_life_in_days"])},
        **{"lead": lead, "horizon": horizon},
    }
    with duckdb.connect(str(warehouse), read_only=True) as con:
        con.execute("create temp table types (activity text, place int, cap int)")
        con.executemany(
            "insert into types values (?, ?, ?)",
            [[row["activity"], place, int(row["daily_cap"])] for place, row in enumerate(scoring)],
        )
        con.execute(OBSERVED.format(**numbers))
        monday, customer, came = map(np.asarray, con.execute(CAME.format(**numbers)).fetchnumpy().values())
        row, place, points = map(np.asarray, con.execute(POINTS.format(**numbers)).fetchnumpy().values())
    if not len(came):
        raise ValueError("there is too little history to look back from any Monday")
    filled = csr_array((points.astype(np.float64), (row, place)), shape=(len(came), len(scoring)))
    return Observations(filled, came.astype(np.float64), monday.astype(np.int64), customer.astype(np.int64))


def _write(out: Path, proposal: Proposal, types: list[dict[str, str]], settings: dict[str, str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    weighed = [
        {**row, "weight": f"{proposal.weights[row['activity']][1]:g}"} if row["activity"] in proposal.weights else row
        for row in types
    ]
    for name, rows in (("activity_types.csv", weighed), ("score_settings.csv", [settings])):
        with (out / name).open("w", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
    told = asdict(replace(proposal, weights={}))
    (out / "back_test.json").write_text(json.dumps(told, default=str, indent=1) + "\n")


def _read(seed: Path) -> list[dict[str, str]]:
    with seed.open(newline="") as file:
        return list(csv.DictReader(file))


def _day(number: int) -> date:
    return date.fromordinal(date(1970, 1, 1).toordinal() + number)
