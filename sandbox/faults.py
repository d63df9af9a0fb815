"""Faults on demand: what can go wrong at a vendor, switched on for some of the next matching requests."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import msgspec

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
)
NEEDS_FIELD = ("deprecated_field", "missing_required", "retyped_field", "refused_field")
LISTS = (
    "results", "lists", "members", "campaigns", "reports", "emails", "sent_to", "unsubscribes", "feed", "notifications",
    "followers", "rows", "records", "descendants", "data", "events",
)  # fmt: skip
ELSEWHERE = "http://elsewhere.example/next"
UNKNOWN_FIELD = as_json(400, {"status": "error", "category": "VALIDATION_ERROR", "message": "There is no such field."})
MAINTENANCE = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Back soon.</body></html>"


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One fault: for `times` requests of the vendor whose path contains `path`, after the first `after` of them.

    `field` (dotted) is what the three field faults take away or retype, in the first `rows` records of an answer (0: in
    all; default all for deprecated_field, else 1), and how many records lost_rows leaves out from the end (default
    half); a call that names the `field` ("a|b") of refused_field gets status 400. `seconds` is how long a timeout
    takes.
    """

    vendor: str
    kind: str
    path: str = ""
    times: int = 1
    after: int = 0
    field: str = ""
    rows: int | None = None
    seconds: float = 30.0

    def __post_init__(self) -> None:
        """Refuse what would never do anything."""
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")
        if self.kind in NEEDS_FIELD and not self.field:
            raise ValueError(f"{self.kind} needs a field")


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
            "storm429": dialect.too_many,
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
        reply = respond(ask)
        return reply if reply.status >= 400 or fault.kind == "timeout" else spoiled(fault, reply)


def for_today(reply: Reply) -> Reply:
    """The same refusal, but of HubSpot's daily limit; other vendors have no such thing and say what they always say."""
    if b'"policyName"' not in reply.body:
        return reply
    body = {**msgspec.json.decode(reply.body), "policyName": "DAILY", "message": "You have reached your daily limit."}
    return Reply(reply.status, msgspec.json.encode(body), reply.headers)


def names(ask: Ask, fields: str) -> bool:
    """Whether a call names one of the fields ("a|b"), in its query or in its body."""
    any_of = "|".join(map(re.escape, fields.split("|")))
    return re.search(rf"\b({any_of})\b", f"{' '.join(ask.query.values())} {ask.body.decode()}") is not None


def shifted(ask: Ask) -> Ask:
    """The call one row further, as when a row of an earlier page has moved to the end meanwhile."""
    moved = {
        name: str(int(value) + 1)
        for name, value in ask.query.items()
        if name in ("offset", "filter_offset") and value.isdigit() and int(value) > 0
    }
    return replace(ask, query={**ask.query, **moved})


def one_less(reply: Reply) -> Reply:
    """The answer of a list that one row has left."""
    body = msgspec.json.decode(reply.body)
    if isinstance(body, dict) and "total_items" in body:
        body["total_items"] -= 1
    return Reply(reply.status, msgspec.json.encode(body), reply.headers)


def spoiled(fault: Fault, reply: Reply) -> Reply:
    """The answer with its content spoiled."""
    if fault.kind == "truncated":
        return Reply(reply.status, reply.body, (*reply.headers, ("X-Sandbox-Cut", str(len(reply.body) // 2))))
    body = msgspec.json.decode(reply.body)
    rows = records(body)
    count = fault.rows if fault.rows is not None else 0 if fault.kind == "deprecated_field" else 1
    touched = rows[:count] if count else rows
    match fault.kind:
        case "foreign_link":
            if "Link" in dict(reply.headers):
                return Reply(reply.status, reply.body, (*reply.headers, ("Link", f'<{ELSEWHERE}>; rel="next"')))
            if not led_elsewhere(body):
                return Reply(302, b"", (("Location", ELSEWHERE),))
        case "deprecated_field" | "missing_required":
            for row in touched:
                without(row, fault.field)
        case "retyped_field":
            for row in touched:
                retyped(row, fault.field)
        case "duplicate_rows":
            rows.extend(rows[-3:])
        case "lost_rows":
            del rows[len(rows) - (fault.rows or -(-len(rows) // 2)) :]
        case "false_end" if isinstance(body, dict):
            body = {name: value for name, value in body.items() if name not in ("paging", "cursor")}
        case "empty_absent" if isinstance(body, dict) and not rows:
            body = {name: value for name, value in body.items() if name not in LISTS}
    return Reply(reply.status, msgspec.json.encode(body), reply.headers)


def led_elsewhere(body: object) -> bool:
    """Whether the answer has a link to the next page; it then leads to another host."""
    known = body if isinstance(body, dict) else {}
    following = known.get("paging", {}).get("next")
    for holder, name in ((following, "link"), (known.get("links"), "next"), (known, "nextRecordsUrl")):
        if holder and (name in holder or holder is following):
            holder[name] = ELSEWHERE
            return True
    return False


def records(body: object) -> list[dict[str, object]]:
    """The list of records in an answer, wherever the vendor keeps it."""
    if isinstance(body, list):
        return body
    if isinstance(body, dict):
        for name in LISTS:
            if isinstance(body.get(name), list):
                found: list[dict[str, object]] = body[name]
                return found
    return []


def _holder(row: object, dotted: str) -> tuple[dict[str, object] | None, str]:
    *path, last = dotted.split(".")
    for name in path:
        row = row.get(name) if isinstance(row, dict) else None
    return (row, last) if isinstance(row, dict) and last in row else (None, last)


def without(row: dict[str, object], dotted: str) -> None:
    """Take a field out of a record."""
    holder, name = _holder(row, dotted)
    if holder is not None:
        del holder[name]


def retyped(row: dict[str, object], dotted: str) -> None:
    """Wrap a field of a record in an object."""
    holder, name = _holder(row, dotted)
    if holder is not None:
        holder[name] = {"value": holder[name]}
