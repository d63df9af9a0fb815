"""The only socket: timeouts, rates, retries, the same-origin rule, and messages that give nothing away."""

import http.client
import json
import logging
import re
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import TypeVar, cast
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.util.response import assert_header_parsing

from extractors import waiting
from extractors.address import Address
from extractors.auth import Account, Auth, Call
from extractors.errors import Busy, Changed, NotTaken, Refused, Stopped
from extractors.pace import Pace
from extractors.spec import Answer, Endpoint, Request, Source
from extractors.tally import Tally

T = TypeVar("T")
CONNECT_SECONDS, READ_SECONDS = 10.0, 130.0  # Mailchimp gives a call 120 s
LONGEST_WAIT, PATIENCE, TRIES = 60.0, 180.0, 8
BIGGEST_BODY = 64 << 20
SENDABLE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)  # below that it logs query strings
NO_ANSWER = (urllib3.exceptions.HTTPError, OSError)


class Gone(Exception):  # noqa: N818 handled within the room
    """The parent of a child is there no more, which is no failure: it has no rows."""


class Again(Exception):  # noqa: N818 handled within the room
    """A try that may go better next time: why, how long to wait, and what it amounts to when tries run out.

    `whole` says that the limit was hit, so that every thread waits.
    """

    def __init__(
        self, reason: str, wait: float | None = None, amounts_to: type[Exception] = Busy, whole: bool = False
    ) -> None:
        super().__init__(reason)
        self.wait, self.amounts_to, self.whole = wait, amounts_to, whole


class Whole(http.client.HTTPResponse):
    """An answer whose headers can all be read: what follows a line that is none, such as a link, would be lost."""

    def begin(self) -> None:
        """Read the headers; an error of urllib3's where one is none, before it could log the line."""
        super().begin()
        assert_header_parsing(self.headers)


class Transport:
    """Fetches pages of one vendor for one account, from any number of threads at once."""

    def __init__(self, source: Source, account: Account, streams: int = 4) -> None:
        self._source, self.vendor = source, source.name
        self.options = {**dict(source.options), **account.options}
        try:
            base = (account.base or source.base).format_map(self.options).rstrip("/")
            self._sign = cast(Auth, source.auth).signer(account)
        except KeyError as missing:
            raise Refused(f"{source.name}: the connection's extra holds no {missing.args[0]!r}") from None
        except Refused as lacking:
            raise Refused(f"{source.name}: {lacking}") from None
        self.base = base
        self._address = Address(base)
        if not self._address.is_named:
            raise Refused(f"{source.name}: the connection names no host")
        self.stopped = threading.Event()
        self.last: Answer | None = None
        self._pool = _pool(base, streams)
        self._headers = {"Accept": "application/json", "Accept-Encoding": "gzip", **dict(source.headers)}
        rates = (source.rate, *(e.rate for e in source.endpoints if e.rate))
        self._paces = {rate.name: Pace(rate, account.rate_factor) for rate in rates}

    def fetch(self, request: Request, endpoint: Endpoint, read: Callable[[Answer], T], tally: Tally) -> T:
        """What `read` makes of a good answer; Busy, Refused or Changed when there is none.

        `read` raises Again for a body that cannot be the answer; Gone comes where the endpoint's parent is no more.
        """
        where = f"{self._source.name} {endpoint.name}"
        pace = self._paces[(endpoint.rate or self._source.rate).name]
        patience, has_renewed = PATIENCE, False
        for attempt in count(1):
            self.rest(pace.take(), where)
            tally.requests += 1
            call = self._signed(request, where)
            tally.toll.pay()
            try:
                answer = self._send(request.method, self._target(request, where), call, attempt, where)
                if answer.status >= 300:
                    tally.toll.refund()
                if self._sign.is_spent(answer.status, answer.body):
                    has_renewed = self._renew(call, has_renewed, where)
                    continue
                if endpoint.each and answer.status in endpoint.each.gone:
                    raise Gone
                result = read(self._good(answer, where))
                tally.pages += 1
                return result
            except Again as again:
                wait = max(waiting.backoff(attempt), again.wait or 0.0)  # a reset named in whole seconds is early
                patience -= wait
                tries = TRIES if again.amounts_to is Busy else 3
                if wait > LONGEST_WAIT or patience < 0 or attempt >= tries:
                    raise _given_up(again, f"{where}: {again}, after {attempt} tries", wait) from None
                if again.whole:
                    pace.hold(wait)
                self.rest(wait, where)
        raise AssertionError("the count never ends")

    def _signed(self, request: Request, where: str) -> Call:
        call = Call(dict(self._headers), request.body)
        if request.body:
            call.headers["Content-Type"] = "application/json"
        if not self._sign.is_ready:
            self._sign.renew(self._post(where), "")
        self._sign(call)
        if not SENDABLE.fullmatch(call.headers.get("Authorization", "")):  # the HTTP library would print it
            raise Refused(f"{where}: a credential holds what no header can carry, such as a line break at its end")
        return call

    def _target(self, request: Request, where: str) -> str:
        if (target := self._address.target(request)) is None:
            raise Changed(f"{where}: the next page lies at another host")
        return target

    def _send(  # noqa: PLR0913, PLR0917 what a call is
        self,
        method: str,
        target: str,
        call: Call,
        attempt: int,
        where: str,
        pool: urllib3.HTTPConnectionPool | None = None,
    ) -> Answer:
        try:
            with (pool or self._pool).urlopen(
                method,
                target,
                call.body.encode() or None,
                call.headers,
                retries=False,
                redirect=False,
                preload_content=False,
            ) as response:
                body = _body(response, where)
        except NO_ANSWER as broken:
            raise Again(f"no whole answer ({type(broken).__name__})") from None
        if 300 <= response.status < 400:
            raise Changed(f"{where}: the vendor redirects (status {response.status}), and none is followed")
        self.last = Answer(response.status, waiting.lower(response.headers), body, attempt)
        return self.last

    def _good(self, answer: Answer, where: str) -> Answer:
        """A good answer; Again after a failure that passes, Refused or Changed after another."""
        now, reason = datetime.now(UTC), f"status {answer.status}"
        own = self._source.throttle(answer) if self._source.throttle else None
        if own is not None and own.stop:
            raise Busy(f"{where}: {own.why} ({reason})", retry_after=waiting.said(answer, now))
        if own is not None:
            raise Again(reason, waiting.seconds_of(own, now), whole=True)
        if 200 <= answer.status < 300:
            if "html" in answer.headers.get("content-type", "") or answer.body[:64].lstrip().startswith(b"<"):
                raise Again("a web page in place of data")
            return answer
        if answer.status == 429 or answer.status >= 500:
            raise Again(reason, waiting.said(answer, now), whole=answer.status == 429)
        if answer.status in (408, 425):
            raise Again(reason)
        if answer.status in (401, 402, 403, 407):
            raise Refused(f"{where}: the vendor refuses ({reason})")
        if answer.status == 410:
            raise Changed(f"{where}: the vendor has retired this call: declare the version that replaces it ({reason})")
        raise NotTaken(f"{where}: the vendor does not take this call ({reason})")

    def _renew(self, call: Call, has_renewed: bool, where: str) -> bool:
        """True after the one renewal that a call may cost; Refused where that did not help."""
        spent = call.headers.get("Authorization", "")
        if has_renewed or not self._sign.renew(self._post(where), spent):
            raise Refused(f"{where}: the vendor turns the credentials down")
        return True

    def _post(self, where: str) -> Callable[[str, Mapping[str, str], bool], Mapping[str, object]]:
        def post(path: str, payload: Mapping[str, str], form: bool) -> Mapping[str, object]:
            kind = "application/x-www-form-urlencoded" if form else "application/json"
            call = Call({"Content-Type": kind}, urlencode(payload) if form else json.dumps(payload))
            try:
                url = urlsplit(path)  # a whole one where the declaration names a token service elsewhere
                pool, target = (_pool(path, 1), url.path) if url.scheme else (self._pool, self._address.above + path)
                answer = self._send("POST", target, call, 1, where, pool)
                if answer.status == 200:
                    return {**json.loads(answer.body)}
            except (Again, ValueError, TypeError):
                raise Busy(f"{where}: no whole answer to the log-in") from None
            if answer.status == 429 or answer.status >= 500:
                said = waiting.said(answer, datetime.now(UTC))
                raise Busy(f"{where}: no log-in now (status {answer.status})", retry_after=said)
            raise Refused(f"{where}: the vendor turns the log-in down (status {answer.status})")

        return post

    def rest(self, seconds: float, where: str) -> None:
        """Wait so long; Stopped at once where another part of the run fails."""
        if self.stopped.wait(seconds) if seconds > 0 else self.stopped.is_set():
            raise Stopped(f"{where}: stopped, because another part of the run failed")


def _given_up(again: Again, message: str, wait: float) -> Exception:
    return Busy(message, retry_after=wait) if again.amounts_to is Busy else again.amounts_to(message)


def _pool(base: str, streams: int) -> urllib3.HTTPConnectionPool:
    """Connections to one host; over TLS it must have a certificate by an authority that Mozilla trusts."""
    authorities = None
    if base.startswith("https:"):
        from certifi import where  # noqa: PLC0415 a tenth of what the transport takes to import

        authorities = where()
    times = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    pool = urllib3.PoolManager(maxsize=streams, timeout=times, ca_certs=authorities).connection_from_url(base)
    pool.ConnectionCls = type("Connection", (pool.ConnectionCls,), {"response_class": Whole})
    return pool


def _body(raw: urllib3.BaseHTTPResponse, where: str) -> bytes:
    """The whole body, decompressed, or Changed where it is larger than any page can be."""
    length = raw.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) <= BIGGEST_BODY and "Content-Encoding" not in raw.headers:
        return raw.read()  # in one piece; read by size, it would be copied twice more
    pieces: list[bytes] = []
    left = BIGGEST_BODY
    while piece := raw.read(left + 1, decode_content=True):
        pieces.append(piece)
        left -= len(piece)
        if left < 0:
            raise Changed(f"{where}: an answer of more than {BIGGEST_BODY >> 20} MB")
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
