"""What nobody should send and somebody does: nothing of it is shown, and nothing of it is a crash."""

import logging
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors import transport, waiting
from extractors.auth import Auth, Basic, Bearer, Scheme, Session
from extractors.errors import Busy, Changed, Refused
from extractors.paging import link_header
from extractors.run import extract
from extractors.spec import Answer, Wait, Window
from extractors.tally import Tally
from extractors.transport import Transport
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import DAY, FIRST, KEY, ORDERS, SOURCE, order


@pytest.mark.parametrize("secret", ["canary-5ecret\n", "canary\r-5ecret", "canary-5\u20acret", "canary-5ecret\0"])
@pytest.mark.parametrize(
    "auth", [Bearer("token"), Scheme("Key", "token"), Basic("token"), Session("/", "token", "key", "jwt")]
)
def test_a_credential_that_no_header_can_carry_is_refused_and_not_shown(auth: Auth, secret: str) -> None:
    def turn_down(call: Call) -> Reply:
        return Reply({"jwt": secret}) if call.method == "POST" else Reply({}, 401)

    with serving(turn_down) as fake, pytest.raises(Refused) as refused:
        account = replace(fake.account(), secrets={"token": secret, "key": "canary"})
        Transport(replace(SOURCE, auth=auth), account).fetch(FIRST, ORDERS, lambda answer: answer.body, Tally())
    error: BaseException | None = refused.value
    while error is not None:
        assert "canary" not in repr(error)
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize("url", ["https://[canary", "http://canary\u2100.example/x", "http://canary:99999/x"])
def test_a_next_page_at_no_address_is_a_change_and_not_shown(url: str) -> None:
    with serving(lambda _: Reply({"data": []})) as fake, pytest.raises(Changed, match="another host") as changed:
        Transport(SOURCE, fake.account()).fetch(replace(FIRST, path=url), ORDERS, lambda a: a.body, Tally())
    assert "canary" not in f"{changed.value!r}{changed.value.__context__!r}"


@pytest.mark.parametrize("said", [[], ["canary"], "canary", 7, None])
def test_a_log_in_that_answers_with_no_object_is_no_whole_answer(said: object) -> None:
    source = replace(SOURCE, auth=Session("/", "token", "key", "jwt"))
    with serving(lambda _: Reply(said)) as fake, pytest.raises(Busy, match="no whole answer to the log-in"):
        Transport(source, fake.account()).fetch(FIRST, ORDERS, lambda a: a.body, Tally())


@pytest.mark.parametrize("text", ["Sun, 06 Nov 99999 08:49:37 GMT", "Sun, 06 Nov 99999999999999999999 08:49:37", "nan"])
def test_a_time_that_no_calendar_has_is_none(text: str) -> None:
    now = datetime(2026, 8, 1, tzinfo=UTC)
    for name in ("retry-after", "ratelimit-reset", "x-ratelimit-reset"):
        assert waiting.said(Answer(429, {name: text}, b"", 1), now) is None
    assert waiting.seconds_of(Wait(until=datetime(2286, 1, 1, tzinfo=UTC)), now) == waiting.LONGEST


@contextmanager
def saying(*answers: bytes) -> Iterator[Fake]:
    """A server that sends these bytes, whatever it is asked, a connection each; the last of them for ever."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for n in range(100):
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            with caller:
                caller.recv(65_536)
                caller.sendall(answers[min(n, len(answers) - 1)])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield Fake(f"http://127.0.0.1:{listener.getsockname()[1]}", [])
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def answer(body: object, *headers: str) -> bytes:
    """An answer with these lines among its headers."""
    raw = Reply(body).raw
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(raw)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + raw


def test_headers_that_cannot_all_be_read_are_no_answer_and_no_line_of_a_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(transport.waiting, "backoff", lambda _: 0.0)
    first, last = {"data": [order("canary1")]}, answer({"data": [order("canary2")]})
    following = 'Link: </orders?page=canary>; rel="next"'
    source = replace(SOURCE, turn=link_header())
    pages = (answer(first, "X-Note canary", following), answer(first, following), last)
    with saying(*pages) as fake:
        (receipt,) = extract(
            source, "orders", DAY, fake.account(), tmp_path, KEY, now=datetime(2026, 9, 1, tzinfo=UTC), parallel=1
        )
    assert (receipt.rows, receipt.pages, receipt.requests) == (2, 2, 3)
    assert "canary" not in caplog.text


def test_a_run_whose_time_is_up_stops_all_of_its_parts(tmp_path: Path) -> None:
    class TimeIsUp(BaseException):
        pass

    def ring(*_: object) -> None:
        raise TimeIsUp

    week, began = Window(date(2026, 8, 1), date(2026, 8, 8)), time.monotonic()
    before = signal.signal(signal.SIGALRM, ring)
    try:
        with serving(lambda _: Reply({}, 429, {"Retry-After": "5"})) as fake, pytest.raises(TimeIsUp):
            signal.setitimer(signal.ITIMER_REAL, 0.5)
            extract(SOURCE, "orders", week, fake.account(), tmp_path, KEY, now=datetime(2026, 9, 1, tzinfo=UTC))
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - began < 4
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ThreadPoolExecutor")]
    assert not list(tmp_path.glob("**/part-0*"))
