"""What a change of the identity seeds would do to the customers, before it does it: a dry run beside the warehouse.

The identity models are built once more over the same lake, in a scratch warehouse that knows who was who after the last
build; what they would change is what the next build would. Nothing that is published or built is written.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from publishing import dry_run
from publishing.build import run_dbt

MODELS = ("+int_identity__changes", "+skipped_identifiers", "+customer_identities")
SEEDS = {"identity_rules": ("rule",), "identity_exclusions": ("identifier_type", "part", "value")}
KEPT = {
    "meta.identities_applied": "meta.identities_applied",
    "marts.skipped_identifiers": "before.skipped_identifiers",
    **{f"seeds.{seed}": f"before.{seed}" for seed in SEEDS},
}
KINDS = ("MERGED", "SPLIT", "MOVED", "NEW", "REMOVED")
EXAMPLES = 5
# A split has no link to show; what it shows is the identifier that says nothing any more.
CHANGES = """
    with newly as (
        select
            held.customer_id,
            min(concat(reason, ': ', rule, ' on ', identifier_type, ' ', identifier_value)) as evidence
        from marts.skipped_identifiers as skipped
        anti join before.skipped_identifiers using (rule, identifier_type, identifier_value)
        inner join before.held using (identifier_type, identifier_value)
        group by held.customer_id
    )

    select
        change_type,
        from_customer_id,
        to_customer_id,
        changes.identifier_type,
        changes.identifier_value,
        changes.reason,
        coalesce(changes.evidence, case when change_type in ('SPLIT', 'MOVED') then newly.evidence end) as evidence
    from intermediate.int_identity__changes as changes
    left join newly on changes.from_customer_id = newly.customer_id
    order by all
"""


HELD = """
    create table before.held as
    select distinct sightings.identifier_type, sightings.identifier_value, records.customer_id
    from built.intermediate.int_identity__sightings as sightings
    inner join meta.identities_applied as records
        on sightings.record_type = records.identifier_type and sightings.record_id = records.identifier_value
    where sightings.is_current
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One decision that the next build would take otherwise."""

    kind: str
    from_id: str | None
    to_id: str | None
    identifier: str | None
    reason: str
    evidence: str | None

    def __str__(self) -> str:
        """From whom to whom, and why."""
        what = f" ({self.identifier})" if self.identifier else ""
        why = f"{self.reason}: {self.evidence}" if self.evidence else self.reason
        return f"{self.from_id or '-'} -> {self.to_id or '-'}{what}  {why}"


@dataclass(frozen=True, slots=True)
class Diff:
    """What would change: the rows of the seeds, customers before and after, every change, skipped by reason."""

    seeds: tuple[str, ...]
    customers: tuple[int, int]
    changes: tuple[Change, ...]
    skipped: dict[str, tuple[int, int]]
    newer_partitions: int

    def of(self, kind: str) -> list[Change]:
        """The changes of one kind."""
        return [change for change in self.changes if change.kind == kind]

    def __str__(self) -> str:
        """A page to read: counts, and the first examples of each."""
        lines = ["Seeds", *(f"  {line}" for line in self.seeds or ("as in the last build",))]
        lines += [f"Customers  {self.customers[0]} -> {self.customers[1]}"]
        for kind in KINDS:
            found = self.of(kind)
            lines.append(f"  {kind.lower():8} {len(found)}")
            lines += [f"    {change}" for change in found[:EXAMPLES]]
        lines.append("Skipped identifiers")
        lines += [f"  {reason}  {was} -> {now}" for reason, (was, now) in sorted(self.skipped.items())] or ["  none"]
        if self.newer_partitions:
            lines.append(
                f"{self.newer_partitions} partitions are newer than the last build; what they change is in it."
            )
        return "\n".join(lines)


def diff(lake: str | Path, warehouse: Path, out: Path) -> Diff:
    """What the seeds as they are now would change against the last build; every change in `out`/changes.csv.

    NothingBuilt where there is no last build or one is going on, BuildFailed where a seed breaks its own rules.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    scratch = out / "warehouse.duckdb"
    day, newer = dry_run.take_over(lake, warehouse, scratch, KEPT, HELD)
    try:
        before = _customers(scratch, "meta.identities_applied")  # which the run replaces
        run_dbt(lake, scratch, day, (), select=MODELS)
        after = _customers(scratch, "marts.customer_identities")
        with duckdb.connect(str(scratch)) as con:
            con.execute(f"copy ({CHANGES}) to '{out / 'changes.csv'}' (header)")
            return _read(con, (before, after), newer)
    finally:
        scratch.unlink(missing_ok=True)
        shutil.rmtree(out / "dbt", ignore_errors=True)


def _customers(warehouse: Path, table: str) -> int:
    count = "select count(distinct customer_id) from {}"
    with duckdb.connect(str(warehouse), read_only=True) as con:
        ((customers,),) = con.execute(count.format(table)).fetchall()
    return int(customers)


def _read(con: duckdb.DuckDBPyConnection, customers: tuple[int, int], newer: int) -> Diff:
    rows: list[tuple[Any, ...]] = con.execute(CHANGES).fetchall()
    changes = tuple(
        Change(kind, was, now, f"{what} {value}" if what else None, why, evidence)
        for kind, was, now, what, value, why, evidence in rows
    )
    skipped = con.execute(
        "select reason, count(*) filter (where not is_now), count(*) filter (where is_now) from ("
        "select reason, false as is_now from before.skipped_identifiers "
        "union all select reason, true from marts.skipped_identifiers) group by reason"
    ).fetchall()
    return Diff(
        dry_run.edits(con, SEEDS), customers, changes, {reason: (was, now) for reason, was, now in skipped}, newer
    )
