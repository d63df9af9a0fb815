"""The one process that all vendors live in, each under its own path, on loopback."""

import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from sandbox.bluesky import Bluesky
from sandbox.chance import iso_one
from sandbox.faults import Fault, Faults
from sandbox.ga4_data import Ga4Data
from sandbox.hubspot import HubSpot
from sandbox.klaviyo import Klaviyo
from sandbox.mailchimp import Mailchimp
from sandbox.mastodon import Mastodon
from sandbox.matomo import Matomo
from sandbox.salesforce import Salesforce
from sandbox.wire import Ask, Dialect, Reply, as_json
from sandbox.world import World, instant, until
from sandbox.x import X


class Sandbox:
    """The vendors, the world they speak of, the clock, and the faults that are switched on."""

    def __init__(self, world: World, now: int, first: date, rate_factor: float = 1.0) -> None:
        self.world, self.now, self.first = world, now, first
        spoken: tuple[Dialect, ...] = (
            HubSpot(rate_factor),
            Mailchimp(rate_factor),
            Matomo(rate_factor),
            Bluesky(rate_factor),
            Ga4Data(rate_factor),
            Salesforce(rate_factor),
            Klaviyo(rate_factor),
            Mastodon(rate_factor),
            X(rate_factor),
        )
        self.dialects = {dialect.name: dialect for dialect in spoken}
        self.faults = Faults()
        self.counts: dict[str, Counter[str]] = {name: Counter() for name in self.dialects}
        self.lock = threading.Lock()

    def answer(self, ask: Ask) -> Reply:
        """The answer to any request."""
        _, vendor, *rest = f"{ask.path}/".split("/", 2)
        if vendor == "_sandbox":
            return self._control(ask)
        if vendor not in self.dialects:
            return as_json(404, {"error": "no such vendor"})
        path = ("/" + rest[0])[:-1] if rest else ""
        inner = Ask(ask.method, path, ask.query, ask.headers, ask.body, f"{ask.base}/{vendor}")
        reply = self._vendor(vendor, inner)
        with self.lock:
            self.counts[vendor].update(["requests", f"status {reply.status}", f"path {path}"])
        return reply

    def _vendor(self, vendor: str, ask: Ask) -> Reply:
        dialect = self.dialects[vendor]
        with self.lock:
            world, now = self.world, self.now

        def respond(asked: Ask) -> Reply:
            return dialect.answer(asked, world, now)

        armed = self.faults.due(vendor, ask.path)
        return self.faults.apply(armed, dialect, ask, respond) if armed else respond(ask)

    def _control(self, ask: Ask) -> Reply:
        controls: dict[tuple[str, str], Callable[[bytes], dict[str, object]]] = {
            ("GET", "healthy"): lambda _: {"healthy": True, "now": iso_one(self.now)},
            ("GET", "stats"): lambda _: self.stats(),
            ("POST", "clock"): self.set_clock,
            ("POST", "faults"): lambda body: self.faults.arm(msgspec.json.decode(body, type=Fault)),
            ("DELETE", "faults"): lambda _: self.faults.clear(),
        }
        control = controls.get((ask.method, ask.path.removeprefix("/_sandbox/")))
        if control is None:
            return as_json(404, {"error": "no such control"})
        try:
            return as_json(200, control(ask.body))
        except (msgspec.DecodeError, ValueError, KeyError) as bad:
            return as_json(400, {"error": str(bad)})

    def stats(self) -> dict[str, object]:
        """How many requests each vendor had, by status and by path."""
        with self.lock:
            return {name: dict(sorted(counts.items())) for name, counts in self.counts.items()}

    def set_clock(self, body: bytes) -> dict[str, object]:
        """Move the simulated clock to the body's `now`; the city lives on as far as it must."""
        now = instant(msgspec.json.decode(body, type=dict[str, str])["now"])
        with self.lock:
            self.world = until(self.world, now, self.first, len(self.world.people))
            self.now = now
        return {"now": iso_one(now)}


def _query(text: str) -> dict[str, str]:
    """The query by name; a name that comes again adds its value after a comma, as the vendors' clients send lists."""
    query: dict[str, str] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        query[name] = f"{query[name]},{value}" if name in query else value
    return query


class Handler(BaseHTTPRequestHandler):
    """One connection: keep-alive, an answer in one write."""

    protocol_version = "HTTP/1.1"
    timeout = 600
    server: "Server"

    def setup(self) -> None:
        """Answer at once: no waiting for a fuller packet."""
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def respond(self) -> None:
        """Read the request, write the answer."""
        length = int(self.headers.get("Content-Length") or 0)
        parts = urlsplit(self.path)
        ask = Ask(
            method=self.command,
            path=unquote(parts.path),
            query=_query(parts.query),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
            base=f"http://{self.headers.get('Host', '')}",
        )
        reply = self.server.sandbox.answer(ask)
        sent = {**dict(reply.headers), "Content-Length": str(len(reply.body))}
        cut, stall = sent.pop("X-Sandbox-Cut", None), float(sent.pop("X-Sandbox-Stall", 0))
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        head = f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\n{lines}\r\n"
        body = b"" if self.command == "HEAD" else reply.body[: int(cut)] if cut else reply.body
        half = len(body) // 2 if stall else 0
        if stall:
            self.wfile.write(head.encode("latin-1") + body[:half])
            self.server.sandbox.faults.stopping.wait(stall)
            head = ""
        self.wfile.write(head.encode("latin-1") + body[half:])
        self.close_connection = self.close_connection or cut is not None

    do_GET = do_POST = do_DELETE = do_PUT = do_PATCH = do_HEAD = respond  # noqa: N815 - named by http.server

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: a request may hold a token."""


class Server(ThreadingHTTPServer):
    """The socket of the sandbox, on loopback only."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, sandbox: Sandbox, port: int = 0) -> None:
        self.sandbox = sandbox
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing when a client hangs up; tell any other error."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def stop(self) -> None:
        """Stop serving, and wake whoever sleeps in a timeout fault."""
        self.sandbox.faults.stopping.set()
        self.shutdown()
        self.server_close()


def serve_in_thread(sandbox: Sandbox, port: int = 0) -> tuple[Server, Callable[[], None]]:
    """A running server and what stops it; its port stands at `server.server_port`."""
    server = Server(sandbox, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()

    def stop() -> None:
        server.stop()
        thread.join()

    return server, stop
