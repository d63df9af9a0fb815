"""A vendor in this process: one function behind the standard library's HTTP server."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from extractors.auth import Account


@dataclass
class Call:
    """What the vendor was asked."""

    method: str
    path: str
    params: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict:
        """The body of a JSON call."""
        return json.loads(self.body)


@dataclass
class Reply:
    """What the vendor answers; `cut` bytes of it are never sent."""

    body: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0

    @property
    def raw(self) -> bytes:
        """The body as bytes."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Vendor = Callable[[Call], Reply | dict | list]


@dataclass
class Fake:
    """A running vendor: where it lives, and every call that it was sent."""

    base: str
    calls: list[Call]

    def account(self, **options: str) -> Account:
        """An account there, with limits too high to be met."""
        secrets = dict.fromkeys(("token", "key", "token_auth", "password", "identifier"), "canary-5ecret")
        return Account(self.base, secrets, {"actor": "brand.example", "site": "1", **options}, rate_factor=1e6)


@contextmanager
def serving(vendor: Vendor) -> Iterator[Fake]:
    """The vendor on loopback, stopped in the end."""
    calls: list[Call] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        disable_nagle_algorithm = True

        def _answer(self) -> None:
            url = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            call = Call(self.command, url.path, dict(parse_qsl(url.query)), dict(self.headers), body)
            calls.append(call)
            found = vendor(call)
            reply = found if isinstance(found, Reply) else Reply(found)
            headers = {"Content-Type": "application/json", "Content-Length": str(len(reply.raw)), **reply.headers}
            self.send_response(reply.status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.raw[: len(reply.raw) - reply.cut])
            self.wfile.flush()
            self.close_connection = bool(reply.cut)

        do_GET = do_POST = _answer  # noqa: N815 the server's own names

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Fake(f"http://127.0.0.1:{server.server_port}", calls)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
