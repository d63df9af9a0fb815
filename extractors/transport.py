"""The only socket: timeouts, rates, retries, the same-origin rule, and messages that give nothing away."""

import json
import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import quote, urlencode, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.hooks import default_hooks
from requests.structures import CaseInsensitiveDict

from extractors import waiting
from extractors.budget import Free
from extractors.errors import Busy, Changed, NotTaken, Refused, Stopped
from extractors.pace import Pace
from extractors.spec import Answer, Endpoint, Request, Source

if TYPE_CHECKING:
    from extractors.auth import Account, Auth

T = TypeVar("T")
CONNECT_SECONDS, READ_SECONDS = 10.0, 130.0  # Mailchimp gives a call 120 s
LONGEST_WAIT, PATIENCE, TRIES = 60.0, 180.0, 8
BIGGEST_BODY = 64 << 20
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)  # below that it logs query strings
NO_ANSWER = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)


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


@dataclass
class Tally:
    """What one walk cost."""

    pages: int = 0
    requests: int = 0
    records: int = 0
    is_cut: bool = False
    toll: Free = field(default_factory=Free)
    remarks: Counter[str] = field(default_factory=Counter)

    def count(self, records: int, remarks: Sequence[str]) -> None:
        """One more page, with so many records, and what the vendor could not give beside them."""
        self.records += records
        self.remarks.update(remarks)
        self.toll.settle(records)


class Transport:
    """Fetches pages of one vendor for one account, from any number of threads at once."""

    def __init__(self, source: Source, account: "Account", streams: int = 4) -> None:
        self._source = source
        try:
            self.base = (account.base or source.base).format_map(account.options).rstrip("/")
            self._sign = cast("Auth", source.auth).signer(account)
        except KeyError as missing:
            raise Refused(f"{source.name}: the connection's extra holds no {missing.args[0]!r}") from None
        except Refused as lacking:
            raise Refused(f"{source.name}: {lacking}") from None
        if not self.base:
            raise Refused(f"{source.name}: the connection names no host")
        self.stopped = threading.Event()
        self.last: Answer | None = None
        # The adapter alone: a Session merges settings for every call, and looks at redirects that it must not follow.
        self._adapter = HTTPAdapter(pool_connections=1, pool_maxsize=streams)
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
            self._rest(pace.take(), where)
            tally.requests += 1
            signed = self._prepare(request, where)
            tally.toll.pay()
            try:
                answer = self._send(signed, attempt, where)
                if answer.status >= 300:
                    tally.toll.refund()
                if self._sign.is_spent(answer.status, answer.body):
                    has_renewed = self._renew(signed, has_renewed, where)
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
                self._rest(wait, where)
        raise AssertionError("the count never ends")

    def _prepare(self, request: Request, where: str) -> requests.PreparedRequest:
        """The call, signed; made by hand, because requests merges all of its settings anew for every call."""
        prepared = requests.PreparedRequest()
        prepared.method, prepared.url = request.method, self._address(request, where)
        prepared.headers = CaseInsensitiveDict(self._headers)
        prepared.hooks = default_hooks()
        if request.body:
            prepared.body = request.body
            prepared.headers["Content-Type"] = "application/json"
        if not self._sign.is_ready:
            self._sign.renew(self._post(where), "")
        signed = self._sign(prepared)
        if isinstance(signed.body, str):
            signed.body = signed.body.encode()
        if signed.body or signed.method == "POST":
            signed.headers["Content-Length"] = str(len(signed.body or b""))
        return signed

    def _address(self, request: Request, where: str) -> str:
        """The call's URL; a whole one, as some vendors give for the next page, only on our scheme, host and port."""
        url = request.path if "://" in request.path else self.base + request.path
        if not request.path.startswith("/") and _origin(request.path) != _origin(self.base):
            raise Changed(f"{where}: the next page lies at another host")
        query = urlencode(request.params, quote_via=quote)
        return f"{url}{'&' if '?' in url else '?'}{query}" if query else url

    def _send(self, signed: requests.PreparedRequest, attempt: int, where: str) -> Answer:
        times = (CONNECT_SECONDS, READ_SECONDS)
        try:
            with self._adapter.send(signed, stream=True, timeout=times) as response:
                body = _body(response.raw, where)
        except NO_ANSWER as broken:
            raise Again(f"no whole answer ({type(broken).__name__})") from None
        if 300 <= response.status_code < 400:
            raise Changed(f"{where}: the vendor redirects (status {response.status_code}), and none is followed")
        self.last = Answer(response.status_code, waiting.lower(response.headers), body, attempt)
        return self.last

    def _good(self, answer: Answer, where: str) -> Answer:
        """A good answer; Again after a failure that passes, Refused or Changed after another."""
        if 200 <= answer.status < 300:
            if "html" in answer.headers.get("content-type", "") or answer.body[:64].lstrip().startswith(b"<"):
                raise Again("a web page in place of data")
            return answer
        now, reason = datetime.now(UTC), f"status {answer.status}"
        own = self._source.throttle(answer) if self._source.throttle else None
        if own is not None and own.stop:
            raise Busy(f"{where}: no more calls in this run ({reason})", retry_after=waiting.said(answer, now))
        if own is not None:
            raise Again(reason, waiting.seconds_of(own, now), whole=True)
        if answer.status == 429 or answer.status >= 500:
            raise Again(reason, waiting.said(answer, now), whole=answer.status == 429)
        if answer.status in (408, 425):
            raise Again(reason)
        if answer.status in (401, 402, 403, 407):
            raise Refused(f"{where}: the vendor refuses ({reason})")
        raise NotTaken(f"{where}: the vendor does not take this call ({reason})")

    def _renew(self, signed: requests.PreparedRequest, has_renewed: bool, where: str) -> bool:
        """True after the one renewal that a call may cost; Refused where that did not help."""
        spent = str(signed.headers.get("Authorization", ""))
        if has_renewed or not self._sign.renew(self._post(where), spent):
            raise Refused(f"{where}: the vendor turns the credentials down")
        return True

    def _post(self, where: str) -> Callable[[str, Mapping[str, str], bool], Mapping[str, object]]:
        def post(path: str, payload: Mapping[str, str], form: bool) -> Mapping[str, object]:
            sent = {"data": payload} if form else {"json": payload}
            prepared = requests.Request("POST", self.base + path, **sent).prepare()
            try:
                answer = self._send(prepared, 1, where)
                if answer.status == 200:
                    return cast("Mapping[str, object]", json.loads(answer.body))
            except (Again, ValueError):
                raise Busy(f"{where}: no whole answer to the log-in") from None
            if answer.status == 429 or answer.status >= 500:
                said = waiting.said(answer, datetime.now(UTC))
                raise Busy(f"{where}: no log-in now (status {answer.status})", retry_after=said)
            raise Refused(f"{where}: the vendor turns the log-in down (status {answer.status})")

        return post

    def _rest(self, seconds: float, where: str) -> None:
        if self.stopped.wait(seconds) if seconds > 0 else self.stopped.is_set():
            raise Stopped(f"{where}: stopped, because another part of the run failed")


def _given_up(again: Again, message: str, wait: float) -> Exception:
    return Busy(message, retry_after=wait) if again.amounts_to is Busy else again.amounts_to(message)


def _origin(address: str) -> tuple[str, str | None, int | None]:
    url = urlsplit(address)
    try:
        return url.scheme, url.hostname, url.port or {"http": 80, "https": 443}.get(url.scheme)
    except ValueError:  # no such port
        return "", None, None


def _body(raw: urllib3.HTTPResponse, where: str) -> bytes:
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
