"""How a call is signed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bearer:
    """`Authorization: Bearer`, from the account's secret of that name; refreshed by OAuth where the account can."""

    secret: str = "token"
    refresh_path: str = ""


@dataclass(frozen=True, slots=True)
class Basic:
    """HTTP Basic with any user and the account's secret as the password."""

    secret: str = "key"
    user: str = "rapport"


@dataclass(frozen=True, slots=True)
class FormToken:
    """The secret travels in the POST form under `field`, never in the URL."""

    field: str
    secret: str = "token"


@dataclass(frozen=True, slots=True)
class Session:
    """A log-in call trades an identifier and a password for a token that expires; `path` is that call."""

    path: str
    identifier: str
    secret: str
    token: str
