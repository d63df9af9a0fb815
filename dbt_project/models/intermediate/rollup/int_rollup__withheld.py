"""Groups whose figures are withheld, and those that would give them away; see publishing/small_groups.py."""

import pyarrow as pa

FIGURES = ("n_customers", "n_indexed", "n_buyers")
COUNTS = f"select account_id, parent_id, owner_id, {', '.join(FIGURES)} from counts order by all"  # noqa: S608 # ours


def model(dbt, session):  # noqa: ARG001 # dbt calls it so
    """One row per figure (what is counted), level and entity that must not be shown."""
    dbt.config(materialized="table")
    counts = dbt.ref("int_rollup__customer_counts").query("counts", COUNTS).fetchall()
    settings = dbt.ref("rollup_settings")
    from publishing.small_groups import withheld  # noqa: PLC0415 # dbt reads the model before it has a path

    least = settings.fetchone()[settings.columns.index("minimum_customers")]
    rows, besides = [], set()
    for n, figure in enumerate(FIGURES, start=3):
        hidden = withheld(((*row[:3], int(row[n])) for row in counts), least, besides)
        rows += [{"figure": figure, "level": level, "entity_id": entity} for level, entity in sorted(hidden)]
        besides = besides or hidden
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in ("figure", "level", "entity_id")]))
