"""A small city to ask, without and with a socket."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

import pytest

from sandbox.server import Sandbox, serve_in_thread
from sandbox.wire import Ask
from sandbox.world import World, build, instant

FIRST = date(2026, 7, 3)
NOW = instant("2026-09-04T06:00:00Z")
BASIC = base64.b64encode(b"rapport:sandbox-mailchimp-key-us1").decode()
HEADERS = {
    "hubspot": {"authorization": "Bearer sandbox-hubspot-token"},
    "mailchimp": {"authorization": f"Basic {BASIC}"},
    "matomo": {},
    "bluesky": {},
    "ga4_data": {"authorization": "Bearer sandbox-ga4-token"},
    "salesforce": {"authorization": "Bearer sandbox-salesforce-token"},
    "klaviyo": {"authorization": "Klaviyo-API-Key sandbox-klaviyo-key", "revision": "2026-07-15"},
    "mastodon": {"authorization": "Bearer sandbox-mastodon-token"},
    "x": {"authorization": "Bearer sandbox-x-token"},
}


@dataclass
class Told:
    """An answer, read."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def json(self):
        """The body as JSON."""
        return json.loads(self.text)


@dataclass
class Caller:
    """Asks one sandbox, signed in with every vendor."""

    sandbox: Sandbox
    tokens: dict[str, dict[str, str]] = field(default_factory=lambda: {k: dict(v) for k, v in HEADERS.items()})

    def ask(self, vendor: str, path: str, body: object = None, headers=None, verb: str = "", **query: object) -> Told:
        """Ask one thing."""
        sent = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        asked = Ask(
            method=verb or ("GET" if body is None else "POST"),
            path=f"/{vendor}{path}",
            query={name: str(value) for name, value in query.items()},
            headers=self.tokens.get(vendor, {}) if headers is None else headers,
            body=sent,
            base="http://sandbox.test",
        )
        reply = self.sandbox.answer(asked)
        return Told(reply.status, reply.body.decode(), dict(reply.headers))

    def log_in(self) -> "Caller":
        """Take a Bluesky session."""
        told = self.ask(
            "bluesky",
            "/xrpc/com.atproto.server.createSession",
            {"identifier": "brand.example", "password": "sandbox-bluesky-password"},
        )
        self.tokens["bluesky"] = {"authorization": f"Bearer {told.json['accessJwt']}"}
        return self

    def search(self, kind: str, *filters: dict[str, object], **more: object) -> Told:
        """Search HubSpot."""
        body = {
            "filterGroups": [{"filters": list(filters)}] if filters else [],
            "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
            "properties": [],
            "limit": 200,
            "after": "0",
        }
        return self.ask("hubspot", f"/crm/v3/objects/{kind}/search", {**body, **more})

    def visits(self, token: str = "sandbox-matomo-token", **more: object) -> Told:  # noqa: S107 - an invented one
        """Ask Matomo for the visits of a day."""
        query = {
            "module": "API",
            "method": "Live.getLastVisitsDetails",
            "format": "JSON",
            "idSite": 1,
            "period": "day",
            "date": "2026-07-20",
            "filter_sort_order": "asc",
            "filter_limit": 500,
        }
        return self.ask("matomo", "/index.php", urlencode({"token_auth": token}).encode(), **{**query, **more})

    def pages(self, size: int, **more: object) -> list[dict]:
        """The visits by offset, page by page until an empty one."""
        found, offset = [], 0
        while rows := self.visits(filter_limit=size, filter_offset=offset, **more).json:
            assert isinstance(rows, list), rows
            found += rows
            offset += size
        return found

    def fault(self, **fault: object) -> None:
        """Switch a fault on."""
        assert self.ask("_sandbox", "/faults", fault).status == 200


@pytest.fixture(scope="session")
def world() -> World:
    return build(seed=7, count=400, first=FIRST, now=NOW)


@pytest.fixture
def caller(world: World) -> Caller:
    return Caller(Sandbox(world, NOW, FIRST, rate_factor=1000)).log_in()


@pytest.fixture
def paced(world: World) -> Caller:
    """The vendors' own rate limits, unscaled."""
    return Caller(Sandbox(world, NOW, FIRST)).log_in()


@pytest.fixture
def served(caller: Caller) -> Iterator[str]:
    """The address of a running sandbox."""
    server, stop = serve_in_thread(caller.sandbox)
    yield f"http://127.0.0.1:{server.server_port}"
    stop()


@pytest.fixture
def another_city():
    """Builds a small city and asks it as of an instant, however long it was built to live on."""

    def build_one(seed: int, now: int, built_until: int) -> Caller:
        world = build(seed=seed, count=120, first=FIRST, now=built_until)
        return Caller(Sandbox(world, now, FIRST, rate_factor=1000)).log_in()

    return build_one
