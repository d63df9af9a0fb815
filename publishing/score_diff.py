"""Who would move if the score's seeds as they are now were built: a dry run beside the warehouse.

The points of the last build's day are counted once more with the seeds as they stand, in a scratch warehouse that holds
what the last build knew of customers and their days. Nothing that is published or built is written.
"""

import shutil
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb

from publishing import dry_run
from publishing.build import run_dbt

SEEDS = {"activity_types": ("activity",), "score_settings": ()}
# the seeds that the tests of activity_types read stand beside it
MODELS = (*SEEDS, "vendor_activities", "touchpoints", "int_score__points", "int_score__ranked", "int_score__coverage")
READ = ("int_day__customer_activities", "int_customer__customers", "int_coverage__days", "int_coverage__acts")
KEPT = {
    **{f"intermediate.{model}": f"intermediate.{model}" for model in READ},
    **{f"intermediate.{model}": f"before.{model}" for model in MODELS if model.startswith("int_")},
    **{f"seeds.{seed}": f"before.{seed}" for seed in SEEDS},
}
DAY = "create table before.day as select max(as_of_date) - 1 as day from built.intermediate.int_score__scores"
HIGH = 80.0  # the line above which a fifth of the segment stands
BANDS = (0.0, 5.0, 10.0, 25.0, 100.0)
EXAMPLES = 5
MOVES = """
    create table before.moves as
    with parts as (
        select
            customer_id,
            activity,
            coalesce(after.points, 0) - coalesce(before.points, 0) as points
        from intermediate.int_score__points as after
        full join before.int_score__points as before using (customer_id, activity)
    ),

    reasons as (
        select customer_id, activity, points
        from parts
        where points <> 0
        qualify row_number() over (partition by customer_id order by abs(points) desc, activity) = 1
    )

    select
        after.customer_id,
        after.b2b_b2c,
        before.percentile as score_before,
        after.percentile as score_after,
        round(after.percentile - before.percentile, 6) as moved,
        before.raw_score as raw_score_before,
        after.raw_score as raw_score_after,
        reasons.activity as most_changed_activity,
        reasons.points as its_points
    from intermediate.int_score__ranked as after
    inner join before.int_score__ranked as before using (customer_id)
    left join reasons using (customer_id)
"""
TOP = """
    select customer_id, b2b_b2c, score_before, score_after, most_changed_activity, cast(its_points as double)
    from before.moves where moved {} 0 order by abs(moved) desc, customer_id limit {}
"""


@dataclass(frozen=True, slots=True)
class Move:
    """One customer whose score would be another."""

    customer_id: str
    segment: str
    before: float
    after: float
    activity: str | None
    points: float | None

    def __str__(self) -> str:
        """From where to where, and what did most of it."""
        why = f"{self.activity} {self.points:+.1f} points" if self.activity else "others moved"
        return f"{self.customer_id} {self.segment}  {self.before:.1f} -> {self.after:.1f}  {why}"


@dataclass(frozen=True, slots=True)
class Diff:
    """What would change: edited seeds, how many customers move within each band, cross the line, and move most."""

    seeds: tuple[str, ...]
    customers: int
    bands: tuple[int, ...]
    mean_move: float
    entered: int
    left: int
    up: tuple[Move, ...]
    down: tuple[Move, ...]
    coverage: tuple[float, float]

    def __str__(self) -> str:
        """A page to read: counts, and who moves most."""
        lines = ["Seeds", *(f"  {line}" for line in self.seeds or ("as in the last build",))]
        lines += [f"Customers  {self.customers}", f"  stay  {self.bands[0]}"]
        for (low, high), n in zip(pairwise(BANDS), self.bands[1:], strict=True):
            lines.append(f"  move by more than {low:.0f} up to {high:.0f}  {n}")
        lines.append(f"  mean move  {self.mean_move:.2f}")
        lines.append(f"Above {HIGH:.0f}  {self.entered} come in, {self.left} go out")
        for name, moves in (("Up", self.up), ("Down", self.down)):
            lines += [name, *([f"  {move}" for move in moves] or ["  nobody"])]
        was, now = self.coverage
        if was != now:
            lines.append(f"Coverage  {was:.2f} -> {now:.2f}")
        return "\n".join(lines)


def diff(lake: str | Path, warehouse: Path, out: Path) -> Diff:
    """Who moves by the seeds as they are now, against the last build; every customer in `out`/score_changes.csv.

    NothingBuilt where there is no last build or one is going on, BuildFailed where a seed breaks its own rules.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    scratch = out / "warehouse.duckdb"
    try:
        dry_run.take_over(lake, warehouse, scratch, KEPT, DAY)
        with duckdb.connect(str(scratch)) as con:
            ((day,),) = con.execute("select day from before.day").fetchall()
        if day is None:
            raise dry_run.NothingBuilt("no score was ever built: build first")
        run_dbt(lake, scratch, day, (), select=MODELS)
        with duckdb.connect(str(scratch)) as con:
            con.execute(MOVES)
            con.execute(
                f"copy (from before.moves order by moved desc, customer_id) to '{out / 'score_changes.csv'}' (header)"
            )
            return _read(con)
    finally:
        scratch.unlink(missing_ok=True)
        shutil.rmtree(out / "dbt", ignore_errors=True)


def _read(con: duckdb.DuckDBPyConnection) -> Diff:
    within = ", ".join(
        f"count(*) filter (abs(moved) > {low} and abs(moved) <= {high})" for low, high in pairwise(BANDS)
    )
    ((n, mean, entered, left, *bands),) = con.execute(f"""
        select
            count(*), coalesce(avg(abs(moved)), 0),
            count(*) filter (score_before < {HIGH} and score_after >= {HIGH}),
            count(*) filter (score_before >= {HIGH} and score_after < {HIGH}),
            count(*) filter (moved = 0), {within}
        from before.moves
    """).fetchall()  # noqa: S608 # our own numbers
    up, down = (tuple(Move(*row) for row in con.execute(TOP.format(way, EXAMPLES)).fetchall()) for way in (">", "<"))
    was, now = (
        con.execute(f"select score_coverage from {place}.int_score__coverage").fetchall()[0][0]  # noqa: S608
        for place in ("before", "intermediate")
    )
    return Diff(dry_run.edits(con, SEEDS), n, tuple(bands), mean, entered, left, up, down, (was or 0.0, now or 0.0))
