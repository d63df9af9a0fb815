"""dlt in its documented configuration: the rest_api source, or a resource that yields Arrow tables, to Parquet files.

`python -m benchmarks.peers.dlt_pipeline rest|arrow BASE FROM TO FOLDER` lands contacts.
"""

import os
import sys
from collections.abc import Iterator
from datetime import date

os.environ |= {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "RUNTIME__LOG_LEVEL": "ERROR",
    "DLT_DATA_DIR": f"{sys.argv[5]}/../state",
    "DLT_PROJECT_DIR": f"{sys.argv[5]}/..",
}

import dlt
import pyarrow as pa
import requests
from dlt.sources.rest_api import rest_api_source

from benchmarks.peers.pages import tables


def rest(base: str) -> object:
    """The declarative source, paging by the cursor of the list."""
    paginator = {"type": "cursor", "cursor_path": "paging.next.after", "cursor_param": "after"}
    endpoint = {
        "path": "crm/v3/objects/contacts",
        "params": {"limit": 100},
        "data_selector": "results",
        "paginator": paginator,
    }
    contacts = {"name": "contacts", "endpoint": endpoint}
    return rest_api_source({"client": {"base_url": f"{base}/"}, "resources": [contacts]})


@dlt.resource(name="contacts")
def arrow(base: str, start: date, end: date) -> Iterator[pa.Table]:
    """Arrow tables made from whole pages, which dlt does not normalise."""
    session = requests.Session()

    def post(path: str, body: bytes) -> bytes:
        answer = session.post(base + path, data=body, timeout=60)
        answer.raise_for_status()
        return answer.content

    yield from tables("contacts", post, start, end)


def main() -> None:
    """Land the contacts under the folder."""
    mode, base, start, end, folder = sys.argv[1:]
    source = rest(base) if mode == "rest" else arrow(base, date.fromisoformat(start), date.fromisoformat(end))
    pipeline = dlt.pipeline(
        "contacts",
        destination=dlt.destinations.filesystem(bucket_url=f"file://{folder}"),
        dataset_name="landed",
        pipelines_dir=f"{folder}/../pipelines",
    )
    pipeline.run(source, loader_file_format="parquet")


if __name__ == "__main__":
    main()
