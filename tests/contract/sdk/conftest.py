"""A small sandbox and what the extractor lands from it, for the vendors' own SDKs to be compared with."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import requests

from extractors.auth import Account
from extractors.catalog import catalog
from extractors.run import extract
from extractors.spec import Window

FIRST, NOW, END = date(2026, 8, 20), "2026-10-04T06:00:00Z", date(2026, 10, 5)
SECRETS = {
    "hubspot": {"token": "sandbox-hubspot-token"},
    "mailchimp": {"key": "sandbox-mailchimp-key-us1"},
    "bluesky": {"identifier": "brand.example", "password": "sandbox-bluesky-password"},
    "salesforce": {"client_id": "sandbox-salesforce-client", "client_secret": "sandbox-salesforce-secret"},
    "klaviyo": {"key": "sandbox-klaviyo-key"},
    "mastodon": {"token": "sandbox-mastodon-token"},
    "x": {"token": "sandbox-x-token"},
}
OPTIONS = {
    "bluesky": {"actor": "brand.example"},
    "mastodon": {"domain": "social.example", "account_id": "109000000000000001"},
    "x": {"user_id": "1500000000000000001", "daily_ceiling": "1000"},
}

Rows = Callable[[str, str], pa.Table]


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a sandbox with 200 people."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    city = ["--people", "200", "--seed", "7", "--first", FIRST.isoformat(), "--now", NOW]
    city += ["--rate-factor", "10"]  # the same calls are made twice, and not every client waits
    log = tmp_path_factory.mktemp("sandbox") / "log"
    with log.open("w") as out:
        command = [sys.executable, "-m", "sandbox", "serve", "--port", str(port), *city]
        process = subprocess.Popen(command, stdout=out, stderr=out, env=os.environ)
        try:
            _wait_for(f"http://127.0.0.1:{port}/_sandbox/healthy", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        try:
            requests.get(address, timeout=5).raise_for_status()
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the sandbox did not start")


@pytest.fixture(scope="session")
def landed(sandbox: str, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The rows that the extractor lands for an endpoint, over the whole life of the city; each root is read once."""
    lake = tmp_path_factory.mktemp("lake")

    @cache
    def read(vendor: str, root: str) -> None:
        who = Account(f"{sandbox}/{vendor}", SECRETS[vendor], OPTIONS.get(vendor, {}), rate_factor=1.0)
        extract(catalog()[vendor], root, Window(FIRST, END), who, str(lake), b"a key for tests")

    def rows(vendor: str, endpoint: str) -> pa.Table:
        declared = catalog()[vendor].endpoint(endpoint)
        read(vendor, declared.each.of if declared.each else endpoint)
        found = sorted(lake.glob(f"raw/source={vendor}/entity={endpoint}/day=*/part-0.parquet"))
        return pa.concat_tables(pq.ParquetFile(path).read() for path in found)

    return rows
