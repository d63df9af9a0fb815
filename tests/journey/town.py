"""A small city behind its servers, and the main job over it without a scheduler: what the journeys share."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DIGEST_KEY = b"a key for tests"
VENDORS = ("bluesky", "hubspot", "klaviyo", "mailchimp", "matomo")
CREDENTIALS: dict[str, dict[str, Any]] = {
    "hubspot": {"password": "sandbox-hubspot-token"},
    "klaviyo": {"password": "sandbox-klaviyo-key"},
    "mailchimp": {"password": "sandbox-mailchimp-key-us1"},
    "matomo": {"password": "sandbox-matomo-token", "extra": {"site": "1"}},
    "ga4_data": {
        "extra": {
            "property": "314159",
            "client_id": "sandbox-ga4-client",
            "client_secret": "sandbox-ga4-secret",
            "refresh_token": "sandbox-ga4-refresh-token",
            "token_url": "/token",
        },
    },
    "bluesky": {"login": "brand.example", "password": "sandbox-bluesky-password", "extra": {"actor": "brand.example"}},
    "mastodon": {
        "password": "sandbox-mastodon-token",
        "extra": {"domain": "social.example", "account_id": "109000000000000001"},
    },
    "x": {"password": "sandbox-x-token", "extra": {"user_id": "1500000000000000001", "daily_ceiling": "1000"}},
    "salesforce": {"login": "sandbox-salesforce-client", "password": "sandbox-salesforce-secret"},
}


@dataclass(frozen=True)
class Town:
    """A running sandbox: its port, its process, and the span that it lives in."""

    port: int
    process: subprocess.Popen[bytes]
    first: date
    now: str
    options: tuple[str, ...] = field(default=())

    def post(self, path: str, body: dict[str, Any]) -> None:
        """Tell the sandbox something: a fault, or what time it is."""
        data = json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        urllib.request.urlopen(request, timeout=10).read()  # noqa: S310 (loopback)

    def clear_faults(self) -> None:
        """Switch every fault off."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/_sandbox/faults", method="DELETE")
        urllib.request.urlopen(request, timeout=10).read()  # noqa: S310 (loopback)

    def connections(self) -> dict[str, str]:
        """The Airflow Connections of the four vendors and of the digest key, as environment variables."""
        found = {"AIRFLOW_CONN_DIGEST": json.dumps({"conn_type": "generic", "password": DIGEST_KEY.decode()})}
        for vendor, more in CREDENTIALS.items():
            extra = {"rate_factor": "1000", **more.get("extra", {})}
            value = {"conn_type": "http", "host": f"http://127.0.0.1:{self.port}/{vendor}", **more, "extra": extra}
            found[f"AIRFLOW_CONN_{vendor.upper()}"] = json.dumps(value)
        return found


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def town(first: date, now: str, *options: str) -> Any:
    """Serve a city and stop it by its process id."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "sandbox",
        "serve",
        "--port",
        str(port),
        "--first",
        first.isoformat(),
        "--now",
        now,
    ]
    process = subprocess.Popen([*command, "--rate-factor", "1000", *options], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_until_healthy(port, process)
        yield Town(port, process, first, now, options)
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_until_healthy(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return once the sandbox answers; fail after half a minute or when it died."""
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the sandbox ended with {process.returncode}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_sandbox/healthy", timeout=1).read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the sandbox did not come up")


@dataclass(frozen=True)
class House:
    """Where one journey keeps its lake, its warehouse, its publications and its runs."""

    home: Path

    @property
    def lake(self) -> str:
        """The lake's folder."""
        return str(self.home / "lake")

    @property
    def warehouse(self) -> str:
        """The warehouse's file."""
        return str(self.home / "warehouse.duckdb")

    @property
    def published(self) -> str:
        """The folder of the published versions."""
        return str(self.home / "published")

    @property
    def runs(self) -> str:
        """The folder of the run records."""
        return str(self.home / "runs")

    def environment(self, place: Town) -> dict[str, str]:
        """What a process needs to work here against that town."""
        settings = {"LAKE": self.lake, "WAREHOUSE": self.warehouse, "PUBLISHED": self.published, "RUNS": self.runs}
        settings["VENDORS"] = ",".join(VENDORS)
        ours = {f"RAPPORT_{name}": value for name, value in settings.items()}
        return {**os.environ, "PYTHONPATH": str(ROOT), **ours, **place.connections()}


def extract_all(house: House, first: date, last: date, but: str = "") -> None:
    """Read every root endpoint of every vendor in use, `but` one, for the days `first` to `last`, both taken in."""
    from extractors import settings  # noqa: PLC0415
    from extractors.run import extract  # noqa: PLC0415
    from extractors.spec import Window  # noqa: PLC0415

    window = Window(first, last + timedelta(days=1))
    for source in settings.sources().values():
        for endpoint in source.roots if source.name != but else ():
            extract(source, endpoint.name, window, settings.account(source.name), house.lake, settings.digest_key())


def build_and_publish(house: House, day: date) -> str:
    """The raw gate of every vendor is `check`; this is what comes after it: build, judge, publish; the version."""
    from expectations.gate import check_marts  # noqa: PLC0415
    from publishing.build import build  # noqa: PLC0415
    from publishing.publish import publish  # noqa: PLC0415

    build(house.lake, house.warehouse, day)
    verdict = check_marts(house.warehouse, day, house.runs)
    return publish(house.warehouse, house.published, verdict.record(), day, house.runs)
