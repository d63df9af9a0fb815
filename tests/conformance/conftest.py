"""A small city for the judges, and what the extractor lands of it; these tests run only when asked for by name."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors import settings
from extractors.auth import Account
from extractors.catalog import catalog
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.spec import Window
from tests.journey.town import CREDENTIALS, Town, town

FIRST, NOW, END = date(2026, 7, 1), "2026-09-01T06:00:00Z", date(2026, 9, 1)
KEY = b"a key for tests"


def account(vendor: str, address: str) -> Account:
    """The sandbox's account at a vendor, who answers at the address, without waiting for its limits."""
    return replace(settings.account_of(vendor, {"host": address, **CREDENTIALS[vendor]}), rate_factor=1000.0)


def read(vendor: str, root: str, who: Account, lake: Path) -> list[Receipt]:
    """Extract the endpoint and its children for the whole life of the city."""
    return extract(catalog()[vendor], root, Window(FIRST, END), who, str(lake), KEY)


@pytest.fixture(scope="session")
def place() -> Iterator[Town]:
    """A running city of 300 people: enough that something of every kind is in it."""
    with town(FIRST, NOW, "--people", "300") as running:
        yield running


Rows = Callable[[str, str], pa.Table]


@pytest.fixture(scope="session")
def landed(place: Town, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The rows that the extractor lands for an endpoint; each root is read once."""
    lake = tmp_path_factory.mktemp("lake")

    @cache
    def once(vendor: str, root: str) -> None:
        read(vendor, root, account(vendor, f"http://127.0.0.1:{place.port}/{vendor}"), lake)

    def rows(vendor: str, endpoint: str) -> pa.Table:
        declared = catalog()[vendor].endpoint(endpoint)
        once(vendor, declared.each.of if declared.each else endpoint)
        found = sorted(lake.glob(f"raw/source={vendor}/entity={endpoint}/day=*/part-0.parquet"))
        return pa.concat_tables(pq.ParquetFile(path).read() for path in found)

    return rows
