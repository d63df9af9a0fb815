"""How the tests run the extractor and read what it landed."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.auth import Account
from extractors.catalog import catalog
from extractors.landing import Receipt
from extractors.run import extract
from extractors.spec import Window
from tests.real.story import PASSWORD, Story

SOURCE = catalog()["bluesky"]
KEY = b"a key for tests"


def account(story: Story, identifier: str = "", password: str = PASSWORD) -> Account:
    """The brand's account, as a connection would give it."""
    secrets = {"identifier": identifier or story.brand.handle, "password": password}
    return Account(base=story.brand.pds, secrets=secrets, options={"actor": story.brand.handle}, rate_factor=1.0)


def read(endpoint: str, who: Account, lake: Path) -> list[Receipt]:
    """Extract the endpoint for yesterday and today (and tomorrow, should midnight pass meanwhile)."""
    today = datetime.now(UTC).date()
    window = Window(today - timedelta(days=1), today + timedelta(days=2))
    now = datetime.combine(today + timedelta(days=3), time(), UTC)
    return extract(SOURCE, endpoint, window, who, str(lake), KEY, now=now)


def partitions(endpoint: str, lake: Path) -> Iterator[Path]:
    """The files of the endpoint, day by day."""
    return iter(sorted(lake.glob(f"raw/source=bluesky/entity={endpoint}/day=*/part-0.parquet")))


def landed(endpoint: str, lake: Path) -> pa.Table:
    """All rows of the endpoint."""
    return pa.concat_tables(pq.ParquetFile(path).read() for path in partitions(endpoint, lake))


def rows(endpoint: str, lake: Path, *columns: str) -> list[tuple[object, ...]]:
    """All rows of the endpoint, these columns of each."""
    table = landed(endpoint, lake)
    return list(zip(*(table.column(name).to_pylist() for name in columns), strict=True))
