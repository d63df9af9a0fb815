"""How a call is signed: what a vendor wants, and the signer that an account's secrets make of it.

A signer is called with every call before it is sent. Credentials travel in headers or in the POST form, never in the
URL.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol
from urllib.parse import urlencode

from extractors.errors import Refused

# Posts to a path of the vendor, unsigned; the payload goes as a form or as JSON; the answer's object comes back.
Post = Callable[[str, Mapping[str, str], bool], Mapping[str, object]]


@dataclass(slots=True)
class Call:
    """What is sent besides method and address; a signer changes it in place."""

    headers: dict[str, str]
    body: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Who calls: where the vendor lives, the secrets, the options of the account, and by how much its limits differ."""

    base: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    options: Mapping[str, str] = field(default_factory=dict)
    rate_factor: float = 1.0

    def secret(self, name: str) -> str:
        """The secret of that name, or Refused naming what the connection lacks."""
        if not self.secrets.get(name):
            raise Refused(f"the connection holds no {name!r}")
        return self.secrets[name]


class Signer(Protocol):
    """Signs calls, knows an expired token when it sees one, and gets another where it can."""

    @property
    def is_ready(self) -> bool:
        """Whether there is something to sign with before the first call."""

    def __call__(self, call: Call) -> None:
        """Sign the call."""

    def is_spent(self, status: int, body: bytes) -> bool:
        """Whether this answer says that the token no longer counts."""

    def renew(self, post: Post, spent: str) -> bool:
        """Get a new token unless another thread already did; False where there is no way to."""


class Fixed:
    """Signs with headers or form fields that never change."""

    def __init__(self, headers: Mapping[str, str], form: Mapping[str, str] | None = None) -> None:
        self._headers, self._form = headers, urlencode(form or {})

    is_ready = True

    def __call__(self, call: Call) -> None:
        """Add the headers, and make the fields its form."""
        call.headers.update(self._headers)
        if self._form:
            call.body = self._form
            call.headers["Content-Type"] = "application/x-www-form-urlencoded"

    def is_spent(self, status: int, _: bytes) -> bool:
        """Whether the vendor turned the credentials down."""
        return status == 401

    def renew(self, _: Post, __: str) -> bool:
        """There is nothing to renew."""
        return False


class Token:
    """Signs with a bearer token that can expire; `obtain` gets another."""

    def __init__(self, token: str, obtain: Callable[[Post], str] | None, expired: tuple[str, ...] = ()) -> None:
        self._header = f"Bearer {token}" if token else ""
        self._obtain, self._lock = obtain, Lock()
        self._expired = tuple(f'"{name}"'.encode() for name in expired)

    @property
    def is_ready(self) -> bool:
        """Whether there is a token already."""
        return bool(self._header)

    def __call__(self, call: Call) -> None:
        """Add the token, if there is one yet."""
        if self._header:
            call.headers["Authorization"] = self._header

    def is_spent(self, status: int, body: bytes) -> bool:
        """Status 401, or one of the vendor's names for an expired token in a 400."""
        return status == 401 or (status == 400 and any(name in body for name in self._expired))

    def renew(self, post: Post, spent: str) -> bool:
        """Get a token, once for all the threads that were turned down with the same one."""
        if self._obtain is None:
            return False
        with self._lock:
            if self._header == spent:
                self._header = f"Bearer {self._obtain(post)}"
        return True


@dataclass(frozen=True, slots=True)
class Bearer:
    """`Authorization: Bearer`, from the account's secret of that name; refreshed by OAuth where the account can.

    `refresh_path` is a path of the vendor, or a whole URL where tokens come from elsewhere; the account's option
    `token_url` stands for it.
    """

    secret: str = "token"
    refresh_path: str = ""

    def signer(self, account: Account) -> Signer:
        """A signer with the account's token, or with one that its refresh token gets."""
        if not (self.refresh_path and account.secrets.get("refresh_token")):
            return Token(account.secret(self.secret), None)
        path = account.options.get("token_url") or self.refresh_path
        form = {"client_id": account.options.get("client_id") or account.secret("client_id")}  # no secret by its name
        form |= {name: account.secret(name) for name in ("client_secret", "refresh_token")}

        def obtain(post: Post) -> str:
            return str(post(path, {"grant_type": "refresh_token", **form}, True).get("access_token", ""))

        return Token(account.secrets.get(self.secret, ""), obtain)


@dataclass(frozen=True, slots=True)
class Basic:
    """HTTP Basic with any user and the account's secret as the password.

    `region` is the option that stands behind the secret's last dash, "us1" of "…-us1".
    """

    secret: str = "key"
    user: str = "rapport"
    region: str = ""

    def signer(self, account: Account) -> Signer:
        """A signer with user and password."""
        pair = f"{self.user}:{account.secret(self.secret)}".encode()
        return Fixed({"Authorization": f"Basic {base64.b64encode(pair).decode()}"})


@dataclass(frozen=True, slots=True)
class Scheme:
    """`Authorization:` with a scheme of the vendor's own before the account's secret."""

    name: str
    secret: str = "key"

    def signer(self, account: Account) -> Signer:
        """A signer with that scheme and the secret."""
        return Fixed({"Authorization": f"{self.name} {account.secret(self.secret)}"})


@dataclass(frozen=True, slots=True)
class FormToken:
    """The secret travels in the POST form under `field`, never in the URL."""

    field: str
    secret: str = "token"

    def signer(self, account: Account) -> Signer:
        """A signer that adds the field."""
        return Fixed({}, {self.field: account.secret(self.secret)})


@dataclass(frozen=True, slots=True)
class Session:
    """A log-in call trades an identifier and a password for a token that expires; `path` is that call.

    `expired` are the vendor's own names for a token that no longer counts, where it says so with status 400.
    """

    path: str
    identifier: str
    secret: str
    token: str
    expired: tuple[str, ...] = ()

    def signer(self, account: Account) -> Signer:
        """A signer that logs in before the first call, and again when the token has expired."""
        login = {name: account.secret(name) for name in (self.identifier, self.secret)}
        return Token("", lambda post: str(post(self.path, login, False).get(self.token, "")), self.expired)


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """OAuth 2.0 client credentials (RFC 6749, 4.4): at `path`, an id and a secret get a token that expires."""

    path: str
    identifier: str = "client_id"
    secret: str = "client_secret"

    def signer(self, account: Account) -> Signer:
        """A signer that gets a token before the first call, and another when it has expired."""
        form = {"client_id": account.secret(self.identifier), "client_secret": account.secret(self.secret)}
        form["grant_type"] = "client_credentials"
        return Token("", lambda post: str(post(self.path, form, True).get("access_token", "")))


Auth = Bearer | Basic | Scheme | FormToken | Session | ClientCredentials
