"""What travels between a client and a dialect."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qsl

import msgspec

from sandbox.world import World

JSON = "application/json;charset=utf-8"
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: the path below the vendor's prefix, and the base URL that the client used for the vendor."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    base: str

    def form(self) -> dict[str, str]:
        """The fields of a posted form."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def document(self) -> object:
        """The posted JSON, or None where it is none."""
        try:
            found: object = msgspec.json.decode(self.body)
        except msgspec.DecodeError:
            return None
        return found

    def number(self, name: str, default: int) -> int | None:
        """A whole number from the query, None where it is none."""
        text = self.query.get(name, str(default))
        return int(text) if text.lstrip("-").isdigit() else None

    def trace(self) -> str:
        """An id of this very request, the same for the same bytes."""
        text = repr((self.method, self.path, sorted(self.query.items()))).encode() + self.body
        return str(uuid.UUID(bytes=hashlib.blake2b(text, digest_size=16).digest(), version=4))


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    status: int
    body: bytes
    headers: Headers = field(default=(("Content-Type", JSON),))


class Dialect(Protocol):
    """A vendor's server: pure but for its own rate counters and log-ins.

    What it makes of a world stands in its `sees`, where it makes anything of it: there a test plants its own records.
    """

    name: str

    def answer(self, ask: Ask, world: World, now: int) -> Reply:
        """The vendor's answer at that instant (epoch ms)."""

    def too_many(self, ask: Ask) -> Reply:
        """The vendor's way to say that a limit was hit."""

    def expired(self, ask: Ask) -> Reply:
        """The vendor's way to say that the token is over."""


def as_json(status: int, document: object, *headers: tuple[str, str], kind: str = JSON) -> Reply:
    """A JSON answer."""
    return Reply(status, msgspec.json.encode(document), (("Content-Type", kind), *headers))
