"""Prism in proxy mode, and what it said about each exchange that went through it."""

import http.client
import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from tests.conformance.documents import Document
from tests.real.servers import answers, free_port, running

HERE = Path(__file__).parent
NO_SUCH_PATH = ("request", "no such path")
http.client._MAXLINE = 1 << 24  # Prism tells all violations of a page of a thousand records in one header line


@dataclass(frozen=True, order=True)
class Violation:
    """What departs from the document: the operation, the place with `*` for a number, and what Prism says of it."""

    operation: str
    place: str
    says: str


@dataclass
class Verdicts:
    """What was judged: how often each operation was called, and how often each violation was seen."""

    calls: Counter[str] = field(default_factory=Counter)
    violations: Counter[Violation] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, operation: str, found: list[Violation]) -> None:
        """One exchange was judged."""
        with self.lock:
            self.calls[operation] += 1
            self.violations.update(found)


@dataclass(frozen=True)
class Operations:
    """The operations of a document, by method and path."""

    document: Document

    def of(self, method: str, path: str) -> tuple[str, dict[str, object]] | None:
        """The template of the path with the fewest parameters, and its operation."""
        parts = path.rstrip("/").split("/")
        templates = sorted(self.document["paths"], key=lambda template: template.count("{"))
        for template in templates:
            pieces = template.rstrip("/").split("/")
            fits = len(pieces) == len(parts) and all(map(same, pieces, parts))
            if fits and method.lower() in self.document["paths"][template]:
                return f"{method} {template}", self.document["paths"][template]
        return None

    def unknown(self, item: dict[str, object], method: str, query: str) -> Iterator[str]:
        """The names in the query that the document does not have; Prism lets them pass."""
        parameters = [*item.get("parameters", []), *item[method.lower()].get("parameters", [])]
        known = {self.resolved(parameter)["name"] for parameter in parameters}
        yield from sorted({name for name, _ in parse_qsl(query, keep_blank_values=True)} - known)

    def resolved(self, parameter: dict[str, str]) -> dict[str, str]:
        """The parameter itself, where a reference stands for it."""
        found = parameter
        if "$ref" in parameter:
            found = self.document
            for step in parameter["$ref"].removeprefix("#/").split("/"):
                found = found[step.replace("~1", "/")]
        return found


def same(piece: str, part: str) -> bool:
    """Whether a part of a path is what a template's piece stands for: "{id}:run" for "12:run"."""
    if "{" not in piece:
        return piece == part
    before, _, rest = piece.partition("{")
    after = rest.partition("}")[2]
    return part.startswith(before) and part.endswith(after) and len(part) > len(before) + len(after)


class Tap(BaseHTTPRequestHandler):
    """Where the extractor calls: passes each call on to Prism, keeps what Prism says, hands back the answer."""

    protocol_version = "HTTP/1.1"
    server: "TapServer"

    def respond(self) -> None:
        """One exchange."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, headers, answer = self.server.pass_on(self.command, self.path, dict(self.headers), body)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = respond  # noqa: N815 - named by http.server

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class TapServer(ThreadingHTTPServer):
    """The tap's socket, on loopback only."""

    daemon_threads = True

    def __init__(self, document: Document, prism: int, upstream: str) -> None:
        super().__init__(("127.0.0.1", 0), Tap)
        self.operations, self.prism, self.upstream = Operations(document), prism, upstream
        self.verdicts = Verdicts()
        self.address = f"http://127.0.0.1:{self.server_port}"

    def pass_on(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """The answer that came through Prism; addresses of the sandbox in it become the tap's."""
        asked = urlsplit(path)
        found = self.operations.of(method, asked.path)
        host = f"127.0.0.1:{self.prism}" if found else urlsplit(self.upstream).netloc
        target = path if found else urlsplit(self.upstream).path + path
        kept = {k: v for k, v in headers.items() if k.lower() not in ("host", "accept-encoding", "connection")}
        connection = http.client.HTTPConnection(host, timeout=120)
        try:
            connection.request(method, target, body or None, kept)
            answer = connection.getresponse()
            content = answer.read().replace(self.upstream.encode(), self.address.encode())
        finally:
            connection.close()
        self.judge(method, asked.path, asked.query, answer.headers.get("sl-violations"))
        hop = ("content-length", "transfer-encoding", "connection", "sl-violations", "date")
        sent = [(k, v.replace(self.upstream, self.address)) for k, v in answer.getheaders() if k.lower() not in hop]
        return answer.status, sent, content

    def judge(self, method: str, path: str, query: str, said: str | None) -> None:
        """Keep what there is to say about an exchange."""
        found = self.operations.of(method, path)
        if found is None:
            self.verdicts.add(f"{method} {path}", [Violation(f"{method} {path}", *NO_SUCH_PATH)])
            return
        operation, item = found
        unknown = [
            Violation(operation, f"request.query.{name}", "no such parameter")
            for name in self.operations.unknown(item, method, query)
        ]
        told = [Violation(operation, place_of(one), words_of(one)) for one in json.loads(said or "[]")]
        self.verdicts.add(operation, [*unknown, *told])


def place_of(violation: dict[str, list[str]]) -> str:
    """Where a violation is, with `*` for the place in a list."""
    return ".".join("*" if str(step).isdigit() else str(step) for step in violation.get("location", []))


def words_of(violation: dict[str, str]) -> str:
    """What Prism says of it, without the place."""
    return re.sub(r"^\w+ body property \S+ ", "", violation["message"])


@contextmanager
def judged(document: Document, upstream: str, folder: Path) -> Iterator[TapServer]:
    """A tap before Prism before the server; `.address` is for the extractor, `.verdicts` for the test."""
    file, port = folder / "document.json", free_port()
    file.write_text(json.dumps(document))
    prism = ["node", "-r", "./uncapped.cjs", "node_modules/.bin/prism", "proxy"]
    command = [*prism, "-h", "127.0.0.1", "-p", str(port), str(file), upstream]
    with running(command, folder / "prism.log", cwd=HERE):
        answers(port, seconds=180)
        server = TapServer(document, port, upstream)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
