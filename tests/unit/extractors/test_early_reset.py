"""A vendor that names its reset in whole seconds names it up to a second early."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extractors.auth import Account
from extractors.catalog import catalog
from extractors.run import extract
from extractors.spec import Window

LIMITED_SECONDS = 0.9


class Vendor(BaseHTTPRequestHandler):
    """Bluesky, whose limit ends a little after the second that its header names."""

    free_at = 0.0

    def do_POST(self) -> None:
        """Log in."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200, {"accessJwt": "token"})

    def do_GET(self) -> None:
        """One follower, or not now."""
        if time.time() < self.free_at:
            self.answer(
                429, {"error": "RateLimitExceeded"}, {"RateLimit-Reset": str(int(self.free_at - LIMITED_SECONDS))}
            )
        else:
            self.answer(200, {"followers": [{"did": "did:plc:one", "handle": "one.example"}]})

    def answer(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        """Send JSON."""
        text = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(text)),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def vendor() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Vendor) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_reset_that_has_passed_is_not_asked_for_again_and_again(vendor: str, tmp_path: Path) -> None:
    Vendor.free_at = time.time() + LIMITED_SECONDS
    who = Account(vendor, {"identifier": "brand", "password": "secret"}, {"actor": "brand"}, 1.0)
    window, now = Window(date(2026, 8, 1), date(2026, 8, 2)), datetime(2026, 8, 3, tzinfo=UTC)
    (receipt,) = extract(catalog()["bluesky"], "followers", window, who, tmp_path, b"key", now=now)
    assert receipt.rows == 1
    assert receipt.requests <= 6
