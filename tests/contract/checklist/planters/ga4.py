"""GA4's export: page views of one visitor."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sandbox.ga4_export import SCHEMA
from tests.contract.checklist.planter import FilePlanter


def row(number: int, at: int) -> dict[str, Any]:
    """An event as BigQuery exports it."""
    what = {"event_name": "page_view", "user_pseudo_id": "1.2", "platform": "WEB", "event_date": "20260810"}
    return {**what, "event_timestamp": at * 1000, "event_bundle_sequence_id": number}


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    """A file of Parquet."""
    pq.write_table(pa.Table.from_pylist(rows, SCHEMA), path)


PLANTER = FilePlanter(
    source="ga4",
    endpoint="events",
    column="event_bundle_sequence_id",
    moment="event_at",
    unit=1,
    name=lambda day: f"events_{day:%Y%m%d}.parquet",
    row=row,
    write=write,
    keys=lambda held: [str(n) for n in held.number],
    blank=("platform", "platform"),
)
