"""What a competent engineer writes by hand: requests, its JSON, `Table.from_pylist`, Parquet.

`python -m benchmarks.peers.plain contacts|visits BASE FROM TO FOLDER`
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import requests
from pyarrow import parquet

ROWS_AT_ONCE = 10_000


def contacts(session: requests.Session, base: str, *_: date) -> Iterator[list[dict]]:
    """The pages of HubSpot's list."""
    params = {"limit": "100"}
    while True:
        answer = session.get(f"{base}/crm/v3/objects/contacts", params=params, timeout=60)
        answer.raise_for_status()
        page = answer.json()
        yield [{**record.pop("properties"), **record} for record in page["results"]]
        if "paging" not in page:
            return
        params["after"] = page["paging"]["next"]["after"]


def visits(session: requests.Session, base: str, start: date, end: date) -> Iterator[list[dict]]:
    """The pages of every day's visits."""
    for day in (start + timedelta(days=n) for n in range((end - start).days)):
        skip = 0
        while True:
            form = {"module": "API", "method": "Live.getLastVisitsDetails", "format": "JSON", "date": str(day)}
            form |= {"filter_limit": "500", "filter_offset": str(skip)}
            answer = session.post(f"{base}/index.php", data=form, timeout=60)
            answer.raise_for_status()
            page = answer.json()
            if not page:
                break
            yield page
            skip += 500


def main() -> None:
    """Land one entity as one Parquet file, a few thousand rows at a time."""
    entity, base, start, end, folder = sys.argv[1:]
    walk = {"contacts": contacts, "visits": visits}[entity]
    path = Path(folder) / f"{entity}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows: list[dict] = []
    writer = None
    with requests.Session() as session:
        for page in walk(session, base, date.fromisoformat(start), date.fromisoformat(end)):
            rows += page
            if len(rows) >= ROWS_AT_ONCE:
                table = pa.Table.from_pylist(rows, schema=writer and writer.schema)
                writer = writer or parquet.ParquetWriter(path, table.schema, compression="zstd")
                writer.write_table(table)
                rows = []
    if rows:
        table = pa.Table.from_pylist(rows, schema=writer and writer.schema)
        writer = writer or parquet.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    if writer:
        writer.close()


if __name__ == "__main__":
    main()
