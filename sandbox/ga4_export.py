"""GA4's BigQuery export of the city as files: `events_YYYYMMDD.parquet`, one for each day of the property's calendar.

A day's file comes five hours after the day and grows once more two days later, with what devices told late.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sandbox.chance import DAY, HOUR
from sandbox.ga4_events import Event, events, is_late
from sandbox.world import World

LAG, LATE_BY = 5 * HOUR, 2 * DAY
TEXT, WHOLE = pa.string(), pa.int64()
VALUE = pa.struct(
    [("string_value", TEXT), ("int_value", WHOLE), ("float_value", pa.float64()), ("double_value", pa.float64())]
)
MANUAL = pa.struct([("campaign_name", TEXT), ("source", TEXT), ("medium", TEXT)])
CROSS = pa.struct([("source", TEXT), ("medium", TEXT), ("default_channel_group", TEXT)])
COLLECTED = ("manual_campaign_name", "manual_source", "manual_medium", "gclid")
SCHEMA = pa.schema(
    [
        ("event_date", TEXT),
        ("event_timestamp", WHOLE),
        ("event_name", TEXT),
        ("event_params", pa.list_(pa.struct([("key", TEXT), ("value", VALUE)]))),
        ("event_bundle_sequence_id", WHOLE),
        ("user_id", TEXT),
        ("user_pseudo_id", TEXT),
        ("privacy_info", pa.struct([("analytics_storage", TEXT), ("ads_storage", TEXT)])),
        ("device", pa.struct([("category", TEXT), ("operating_system", TEXT)])),
        ("geo", pa.struct([("country", TEXT), ("city", TEXT)])),
        ("traffic_source", pa.struct([("name", TEXT), ("medium", TEXT), ("source", TEXT)])),
        ("stream_id", TEXT),
        ("platform", TEXT),
        (
            "ecommerce",
            pa.struct([("total_item_quantity", WHOLE), ("purchase_revenue", pa.float64()), ("transaction_id", TEXT)]),
        ),
        ("collected_traffic_source", pa.struct([(name, TEXT) for name in COLLECTED])),
        ("is_active_user", pa.bool_()),
        ("batch_event_index", WHOLE),
        ("batch_page_id", WHOLE),
        ("batch_ordering_id", WHOLE),
        (
            "session_traffic_source_last_click",
            pa.struct([("manual_campaign", MANUAL), ("cross_channel_campaign", CROSS)]),
        ),
    ]
)


def begins(day: date, zone: str) -> int:
    """The first instant of a day of the property's calendar, in epoch ms."""
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def on_day(world: World, day: date, now: int, zone: str = "UTC", with_late: bool = True) -> list[Event]:
    """The events of a day of the property's calendar, in order of their instants."""
    low, high = begins(day, zone), begins(day + timedelta(days=1), zone)
    rows = np.arange(*np.searchsorted(world.web.started_at, [low - DAY, min(high, now + 1)])).tolist()
    told = [each for row in rows if with_late or not is_late(row) for each in events(world, row, now)]
    found = [(at, event) for at, event in told if low <= at // 1000 < high and at // 1000 <= now]
    found.sort(key=lambda each: each[0])
    return [{"event_date": f"{day:%Y%m%d}", **event} for _, event in found]


def write(world: World, now: int, folder: Path, zone: str = "UTC", first: date | None = None) -> list[Path]:
    """Every day's file that Google has written by then, from `first` on; the same bytes for the same instant."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    day = first or datetime.fromtimestamp(world.start / 1000, UTC).date()
    while (over := begins(day + timedelta(days=1), zone)) + LAG <= now:
        rows = on_day(world, day, over, zone, with_late=over + LATE_BY <= now)
        path = folder / f"events_{day:%Y%m%d}.parquet"
        pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), path, compression="snappy")
        written.append(path)
        day += timedelta(days=1)
    return written
