"""What happens between a call and a good answer."""

import gzip
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from extractors import transport
from extractors.errors import Busy, Changed, Refused
from extractors.pace import Pace
from extractors.spec import Answer, Rate, Request, Wait
from extractors.tally import Tally
from extractors.transport import Again, Transport
from extractors.waiting import backoff, said
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import FIRST, ORDERS, SOURCE

GOOD = {"data": []}
Ask = Callable[..., bytes]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport.waiting, "backoff", lambda _: 0.01)


def ask(fake: Fake, request: Request = FIRST, source: object = SOURCE, tally: Tally | None = None) -> bytes:
    return Transport(source, fake.account()).fetch(request, ORDERS, lambda answer: answer.body, tally or Tally())  # type: ignore[arg-type]


def after(*replies: Reply) -> Callable[[Call], Reply]:
    """A vendor that gives these answers one after the other, and good ones from then on."""
    left: Iterator[Reply] = iter(replies)
    return lambda _: next(left, Reply(GOOD))


@pytest.mark.parametrize(
    "trouble",
    [
        Reply({}, 429, {"Retry-After": "0"}),
        Reply({}, 429, {"Retry-After": "-3"}),
        Reply({}, 429, {"Retry-After": format_datetime(datetime.now(UTC))}),
        Reply({}, 429, {"RateLimit-Reset": str(int(time.time()))}),
        Reply({}, 429, {"X-RateLimit-Reset": datetime.now(UTC).isoformat()}),
        Reply({}, 429, {"Retry-After": "soon"}),
        Reply({}, 429),
        Reply({}, 500),
        Reply(b"gateway", 502),
        Reply({}, 503),
        Reply(b"<html>please log in</html>", 200, {"Content-Type": "text/html"}),
        Reply(b"\n <!doctype html>", 200),
        Reply({"data": [1, 2, 3]}, cut=5),
    ],
)
def test_a_failure_that_passes_is_asked_again(trouble: Reply) -> None:
    tally = Tally()
    with serving(after(trouble, trouble)) as fake:
        assert ask(fake, tally=tally) == b'{"data": []}'
    assert (tally.pages, tally.requests) == (1, 3)


def test_the_servers_own_delay_is_waited_for() -> None:
    with serving(after(Reply({}, 429, {"Retry-After": "1"}))) as fake:
        began = time.monotonic()
        ask(fake)
    assert 1.0 <= time.monotonic() - began < 15


@pytest.mark.parametrize("style", ["Retry-After", "RateLimit-Reset"])
def test_a_long_wait_is_left_to_the_scheduler(style: str) -> None:
    header = {style: str(3600 + (int(time.time()) if style == "RateLimit-Reset" else 0))}
    with serving(lambda _: Reply({}, 429, header)) as fake, pytest.raises(Busy) as busy:
        ask(fake)
    assert busy.value.retry_after == pytest.approx(3600, abs=3)
    assert len(fake.calls) == 1


def test_an_absurd_wait_is_capped_at_a_day() -> None:
    assert said(Answer(429, {"retry-after": "9" * 12}, b"", 1), datetime.now(UTC)) == 86_400


def test_endless_failure_ends_as_busy() -> None:
    with serving(lambda _: Reply({}, 503)) as fake, pytest.raises(Busy, match="shop orders: status 503, after 8 tries"):
        ask(fake)
    assert len(fake.calls) == 8


def test_the_vendors_own_way_of_saying_not_now_comes_first() -> None:
    source = replace(SOURCE, throttle=lambda answer: Wait(seconds=0.0) if answer.status == 418 else None)
    with serving(after(Reply({}, 418))) as fake:
        assert ask(fake, source=source) == b'{"data": []}'
    source = replace(SOURCE, throttle=lambda _: Wait(stop=True))
    with serving(lambda _: Reply({}, 429)) as fake, pytest.raises(Busy, match="no more calls in this run"):
        ask(fake, source=source)


@pytest.mark.parametrize(
    ("status", "error"), [(401, Refused), (403, Refused), (400, Changed), (404, Changed), (410, Changed)]
)
def test_a_failure_that_does_not_pass_fails_at_once(status: int, error: type[Exception]) -> None:
    with serving(lambda _: Reply({"message": "canary-5ecret"}, status)) as fake, pytest.raises(error) as failure:
        ask(fake)
    assert len(fake.calls) == 1
    assert "canary" not in str(failure.value)


def test_a_redirect_is_never_followed() -> None:
    with serving(lambda _: Reply({}, 302, {"Location": "http://127.0.0.1:1/elsewhere"})) as fake:
        with pytest.raises(Changed, match="redirects"):
            ask(fake)
        assert len(fake.calls) == 1


@pytest.mark.parametrize("url", ["http://evil.example/x", "https://127.0.0.1/x", "@evil.example/x", ".evil/x"])
def test_a_next_page_at_another_host_is_refused_and_not_called(url: str) -> None:
    with serving(lambda _: Reply(GOOD)) as fake:
        with pytest.raises(Changed, match="another host"):
            ask(fake, Request(url))
        assert not fake.calls


def test_a_next_page_given_as_a_whole_url_at_our_host_is_followed() -> None:
    with serving(lambda _: Reply(GOOD)) as fake:
        ask(fake, Request(f"{fake.base}/orders?page=2"))
    assert fake.calls[0].params == {"page": "2"}


def test_an_answer_larger_than_any_page_is_stopped_after_decompression(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "BIGGEST_BODY", 1 << 20)
    bomb = gzip.compress(b"0" * (8 << 20))
    with (
        serving(lambda _: Reply(bomb, 200, {"Content-Encoding": "gzip"})) as fake,
        pytest.raises(Changed, match="1 MB"),
    ):
        ask(fake)


def test_a_compressed_answer_is_read() -> None:
    with serving(lambda _: Reply(gzip.compress(b'{"data": []}'), 200, {"Content-Encoding": "gzip"})) as fake:
        assert ask(fake) == b'{"data": []}'


def test_a_vendor_that_does_not_answer_is_busy() -> None:
    with serving(lambda _: Reply(GOOD)) as fake:
        account = fake.account()
    with pytest.raises(Busy, match="no whole answer"):
        Transport(SOURCE, account).fetch(FIRST, ORDERS, lambda answer: answer.body, Tally())


def test_a_slow_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "READ_SECONDS", 0.1)
    monkeypatch.setattr(transport, "TRIES", 2)
    with serving(lambda _: time.sleep(0.5) or Reply(GOOD)) as fake, pytest.raises(Busy, match="2 tries"):
        ask(fake)


def test_a_body_that_stays_wrong_amounts_to_what_its_reader_says() -> None:
    def read(_: bytes) -> None:
        raise Again("of another shape", amounts_to=Changed)

    message = "shop orders: of another shape, after 3 tries"
    with serving(lambda _: Reply(GOOD)) as fake, pytest.raises(Changed, match=message):
        Transport(SOURCE, fake.account()).fetch(FIRST, ORDERS, read, Tally())


def test_nothing_secret_is_in_a_message_or_a_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    body = {"error": "canary-5ecret of canary@example.org"}
    request = Request("/orders", "GET", (("q", "canary-query"),))
    for status in (400, 401, 403, 429, 500, 302):
        with serving(lambda _, s=status: Reply(body, s, {"Retry-After": "100", "X-Note": "canary"})) as fake:
            with pytest.raises((Busy, Refused, Changed)) as failure:
                ask(fake, request)
            assert "canary" not in f"{failure.value!r}{failure.value.__cause__}"
            assert "canary" not in repr(fake.account())
    assert "canary" not in caplog.text


def test_a_pace_never_lets_more_calls_start_than_the_rate_says() -> None:
    pace = Pace(Rate(calls=5, seconds=1.0))
    waits = [pace.take() for _ in range(11)]
    assert waits[:5] == pytest.approx([0.0] * 5, abs=0.05)
    assert waits[5:10] == pytest.approx([1.0] * 5, abs=0.05)
    assert waits[10] == pytest.approx(2.0, abs=0.05)


def test_a_pace_keeps_every_window_of_the_rate() -> None:
    pace = Pace(Rate(calls=2, seconds=1.0, also=((4, 60.0),)))
    assert [round(pace.take()) for _ in range(6)] == [0, 0, 1, 1, 60, 60]


def test_a_pace_holds_everybody_when_the_limit_was_hit() -> None:
    pace = Pace(Rate(calls=5, seconds=0.1))
    pace.hold(3.0)
    assert pace.take() == pytest.approx(3.0, abs=0.05)


def test_a_rate_factor_multiplies_the_declared_rate() -> None:
    pace = Pace(Rate(calls=1, seconds=60.0), factor=3)
    assert [round(pace.take()) for _ in range(4)] == [0, 0, 0, 60]


def test_backoff_grows_with_jitter_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert all(0.25 * 2**n <= backoff(n + 1) <= 0.5 * 2**n for n in range(5) for _ in range(20))
    assert backoff(50) <= 16


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": format_datetime(datetime(2026, 8, 1, 0, 1, tzinfo=UTC))}, 60),
        ({"ratelimit-reset": "1785542430"}, 30),
        ({"ratelimit-reset": "12"}, 12),
        ({"x-ratelimit-reset": "2026-08-01T00:00:45Z"}, 45),
        ({"x-ratelimit-reset": "1785542410"}, 10),
        ({"x-ratelimit-reset": "never"}, None),
        ({}, None),
    ],
)
def test_every_common_header_is_read(headers: dict[str, str], seconds: float | None) -> None:
    now = datetime(2026, 8, 1, tzinfo=UTC)
    assert said(Answer(429, headers, b"", 1), now) == seconds


def test_a_reset_in_the_past_means_now() -> None:
    past = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    assert said(Answer(429, {"x-ratelimit-reset": past}, b"", 1), datetime.now(UTC)) == 0
