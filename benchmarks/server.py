"""A loopback server that speaks as much HubSpot and Matomo as a walk needs, cheaply: pages are slices of a file.

`python -m benchmarks.server FOLDER` prints its port, then serves until it is told to stop: a thread for each
connection, one `sendmsg` for each answer. `GET /_control?latency_ms=20&contacts=NAME&visits=NAME` sets the latency of
each answer and which fixtures are served, and answers how many calls were served since the last time.
"""

import json
import mmap
import socket
import sys
import threading
import time
from array import array
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

from benchmarks.fixtures import DAY_IN_S, EPOCH_DAY, FIRST_DAY, FIRST_ID, Fixture

LIST_LIMIT, SEARCH_LIMIT = 100, 200  # HubSpot's own


class Records:
    """A fixture's file, any run of records of which is one slice."""

    def __init__(self, folder: Path, name: str) -> None:
        entity, rows, days = name.split("-")
        self.fixture = Fixture(entity, int(rows), int(days))
        with (folder / f"{name}.json").open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if int(rows) else b""
            self.bytes = memoryview(mapped)
        self.offsets = array("Q")
        self.offsets.frombytes((folder / f"{name}.index").read_bytes())

    def slice(self, start: int, end: int) -> memoryview | bytes:
        """The records of these places, joined by commas."""
        return self.bytes[self.offsets[start] : self.offsets[end] - 1] if end > start else b""


@dataclass
class State:
    """What is served now, how late, and how often it was asked."""

    folder: Path
    latency_in_s: float = 0.0
    calls: int = 0
    serving: dict[str, Records] = field(default_factory=dict)

    def control(self, wishes: dict[str, str]) -> list[memoryview | bytes]:
        """Set what is wished for; the answer counts the calls since the last time."""
        self.latency_in_s = float(wishes.pop("latency_ms", self.latency_in_s * 1000)) / 1000
        for entity, name in wishes.items():
            self.serving[entity] = Records(self.folder, name)
        served, self.calls = self.calls, 0
        return [json.dumps({"calls": served}).encode()]


def search(contacts: Records, body: bytes) -> list[memoryview | bytes]:
    """HubSpot's search, sorted by id: modified from, modified before, id above."""
    asked = json.loads(body)
    start, end, above = (int(f["value"]) for f in asked["filterGroups"][0]["filters"])
    days = [(bound // 1000 - EPOCH_DAY) / DAY_IN_S for bound in (start, end)]
    low, high = (contacts.fixture.first_row(int(-(-day // 1))) for day in days)
    low = max(low, above - FIRST_ID + 1)
    last = min(high, low + min(int(asked["limit"]), SEARCH_LIMIT))
    tail = b'],"paging":{"next":{"after":"%d"}}}' % asked["limit"] if last < high else b"]}"
    return [b'{"total":%d,"results":[' % max(0, high - low), contacts.slice(low, last), tail]


def listing(contacts: Records, params: dict[str, str]) -> list[memoryview | bytes]:
    """HubSpot's list: the page after the cursor."""
    low = int(params.get("after", "0"))
    last = min(contacts.fixture.rows, low + min(int(params.get("limit", "10")), LIST_LIMIT))
    tail = b'],"paging":{"next":{"after":"%d"}}}' % last if last < contacts.fixture.rows else b"]}"
    return [b'{"results":[', contacts.slice(low, last), tail]


def visits_of_a_day(visits: Records, params: dict[str, str]) -> list[memoryview | bytes]:
    """Matomo's visits of one day, by offset."""
    day = (date.fromisoformat(params["date"]) - FIRST_DAY).days
    low = visits.fixture.first_row(day) + int(params["filter_offset"])
    last = min(visits.fixture.first_row(day + 1), low + int(params["filter_limit"]))
    return [b"[", visits.slice(low, last), b"]"]


def answer(state: State, target: str, body: bytes) -> list[memoryview | bytes]:
    """The parts of the answer's body."""
    path, _, query = target.partition("?")
    params = dict(parse_qsl(query))
    if path == "/_control":
        return state.control(params)
    state.calls += 1
    time.sleep(state.latency_in_s)
    if path == "/index.php":
        return visits_of_a_day(state.serving["visits"], {**params, **dict(parse_qsl(body.decode()))})
    if path.endswith("/search"):
        return search(state.serving["contacts"], body)
    return listing(state.serving["contacts"], params)


def read_call(connection: socket.socket, buffered: bytes) -> tuple[str, bytes, bytes]:
    """The target and body of the next call, and what was read beyond it; an empty target at the end."""
    while b"\r\n\r\n" not in buffered:
        more = connection.recv(65_536)
        if not more:
            return "", b"", b""
        buffered += more
    head, _, rest = buffered.partition(b"\r\n\r\n")
    length = next((int(h[15:]) for h in head.lower().split(b"\r\n") if h.startswith(b"content-length:")), 0)
    while len(rest) < length:
        rest += connection.recv(65_536)
    return head.split(b" ", 2)[1].decode(), rest[:length], rest[length:]


def serve(connection: socket.socket, state: State) -> None:
    """Answer one connection's calls until it closes."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
    rest = b""
    with connection:
        while True:
            target, body, rest = read_call(connection, rest)
            if not target:
                return
            parts = answer(state, target, body)
            size = sum(len(part) for part in parts)
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % size
            sent = connection.sendmsg([head, *parts])
            if sent < len(head) + size:
                connection.sendall(b"".join([head, *parts])[sent:])


def main() -> None:
    """Serve on a free loopback port until stopped."""
    state = State(Path(sys.argv[1]))
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        print(listener.getsockname()[1], flush=True)  # noqa: T201 the port is the one thing said
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, state), daemon=True).start()


if __name__ == "__main__":
    main()
