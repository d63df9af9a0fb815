"""Faults on demand: what can go wrong at a vendor, switched on for some of the next matching requests."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from sandbox.limited import STYLES, for_today, limited
from sandbox.spoiled import END, emptied, one_less, pointed_on, shifted, spoiled
from sandbox.wire import Ask, Dialect, Reply, as_json

KINDS = (
    "storm429",
    "daily_limit",
    "throttle403",
    "error5xx",
    "timeout",
    "truncated",
    "html",
    "expired_token",
    "repeated_cursor",
    "foreign_link",
    "moving_rows",
    "deprecated_field",
    "missing_required",
    "retyped_field",
    "empty_absent",
    "duplicate_rows",
    "refused_field",
    "lost_rows",
    "false_end",
    "last_cursor",
    "slow_body",
    "blank_field",
)
NEEDS_FIELD = ("deprecated_field", "missing_required", "retyped_field", "refused_field", "blank_field")
UNKNOWN_FIELD = as_json(400, {"status": "error", "category": "VALIDATION_ERROR", "message": "There is no such field."})
MAINTENANCE = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Back soon.</body></html>"


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One fault: for `times` requests of the vendor whose path contains `path`, after the first `after` of them.

    `field` (dotted) is what the four field faults take away, retype or blank ("" and null in turn), in the first `rows`
    records of an answer (0: in all; default all for deprecated_field and blank_field, else 1), and how many records
    lost_rows leaves out from the end (default half); a call that names the `field` ("a|b") of refused_field gets status
    400. `seconds` is how long a timeout takes, and a slow_body between its halves. `style` is how a storm429 is told,
    one of STYLES, where that is not the vendor's own way.
    """

    vendor: str
    kind: str
    path: str = ""
    times: int = 1
    after: int = 0
    field: str = ""
    rows: int | None = None
    seconds: float = 30.0
    style: str = ""

    def __post_init__(self) -> None:
        """Refuse what would never do anything."""
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")
        if self.kind in NEEDS_FIELD and not self.field:
            raise ValueError(f"{self.kind} needs a field")
        if self.style and (self.kind != "storm429" or self.style not in STYLES):
            raise ValueError(f"style must be one of {', '.join(STYLES)}, of a storm429")


@dataclass
class Armed:
    """A fault that is switched on, and how often it was met."""

    fault: Fault
    met: int = 0
    hits: int = 0
    first: Reply | None = None


@dataclass
class Faults:
    """The faults that are switched on."""

    armed: list[Armed] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def arm(self, fault: Fault) -> dict[str, object]:
        """Switch one on: how many are on now."""
        with self._lock:
            self.armed.append(Armed(fault))
            return {"armed": len(self.armed)}

    def clear(self) -> dict[str, object]:
        """Switch all off."""
        with self._lock:
            self.armed.clear()
            return {"armed": 0}

    def due(self, vendor: str, path: str) -> Armed | None:
        """The fault that this request meets, counted; None where it meets none."""
        with self._lock:
            for armed in self.armed:
                fault = armed.fault
                if fault.vendor != vendor or fault.path not in path:
                    continue
                armed.met += 1
                if armed.met > fault.after and armed.hits < fault.times:
                    armed.hits += 1
                    return armed
        return None

    def apply(self, armed: Armed, dialect: Dialect, ask: Ask, respond: Callable[[Ask], Reply]) -> Reply:
        """The answer with the fault in it."""
        fault, moved = armed.fault, shifted(ask)
        instead: dict[str, Callable[[Ask], Reply]] = {
            "storm429": (lambda _: limited(fault.style)) if fault.style else dialect.too_many,
            "daily_limit": lambda asked: for_today(dialect.too_many(asked)),
            "throttle403": lambda _: Reply(403, b"", (("Content-Type", "text/html"),)),
            "expired_token": dialect.expired,
            "error5xx": lambda _: Reply(503, b"upstream connect error", (("Content-Type", "text/plain"),)),
            "html": lambda _: Reply(200, MAINTENANCE, (("Content-Type", "text/html"),)),
            "moving_rows": lambda asked: one_less(respond(moved)) if moved != asked else respond(asked),
        }
        if fault.kind in instead:
            return instead[fault.kind](ask)
        if fault.kind == "refused_field":
            return UNKNOWN_FIELD if names(ask, fault.field) else respond(ask)
        if fault.kind == "timeout":
            self.stopping.wait(fault.seconds)
        if fault.kind == "repeated_cursor":
            armed.first = armed.first or respond(ask)
            return armed.first
        if fault.kind == "last_cursor":
            if armed.first and any(END in text for text in (ask.path, *ask.query.values())):
                return emptied(armed.first)
            told = respond(ask)
            longer = pointed_on(ask, told)
            armed.first = told if longer else armed.first
            return longer or told
        reply = respond(ask)
        return reply if reply.status >= 400 or fault.kind == "timeout" else spoiled(fault, reply)


def names(ask: Ask, fields: str) -> bool:
    """Whether a call names one of the fields ("a|b"), in its query or in its body."""
    any_of = "|".join(map(re.escape, fields.split("|")))
    return re.search(rf"\b({any_of})\b", f"{' '.join(ask.query.values())} {ask.body.decode()}") is not None
