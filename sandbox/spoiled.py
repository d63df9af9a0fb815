"""Answers with a fault in them: what is done to the reply that the vendor would have given."""

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from sandbox.wire import Ask, Reply

if TYPE_CHECKING:
    from sandbox.faults import Fault

LISTS = (
    "results", "lists", "members", "campaigns", "reports", "emails", "sent_to", "unsubscribes", "feed", "notifications",
    "followers", "rows", "records", "descendants", "data", "events",
)  # fmt: skip
ELSEWHERE = "http://elsewhere.example/next"
END = "sandbox-end"
IN_ALL = ("deprecated_field", "blank_field")


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


def spoiled(fault: "Fault", reply: Reply) -> Reply:
    """The answer with its content spoiled."""
    on_the_wire = {"truncated": ("Cut", len(reply.body) // 2), "slow_body": ("Stall", fault.seconds)}
    if fault.kind in on_the_wire:
        name, value = on_the_wire[fault.kind]
        return replace(reply, headers=(*reply.headers, (f"X-Sandbox-{name}", str(value))))
    body = msgspec.json.decode(reply.body)
    rows = records(body)
    count = fault.rows if fault.rows is not None else 0 if fault.kind in IN_ALL else 1
    touched = rows[:count] if count else rows
    match fault.kind:
        case "foreign_link":
            if "Link" in dict(reply.headers):
                return Reply(reply.status, reply.body, (*reply.headers, ("Link", f'<{ELSEWHERE}>; rel="next"')))
            if not led_elsewhere(body):
                return Reply(302, b"", (("Location", ELSEWHERE),))
        case kind if kind in OF_A_FIELD:
            for number, row in enumerate(touched):
                OF_A_FIELD[kind](row, fault.field, number)
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


def without(row: dict[str, object], dotted: str, _: int) -> None:
    """Take a field out of a record."""
    holder, name = _holder(row, dotted)
    if holder is not None:
        del holder[name]


def retyped(row: dict[str, object], dotted: str, _: int) -> None:
    """Wrap a field of a record in an object."""
    holder, name = _holder(row, dotted)
    if holder is not None:
        holder[name] = {"value": holder[name]}


def blanked(row: dict[str, object], dotted: str, number: int) -> None:
    """Put "" or null in place of a field of a record, in turn, also where it was left out."""
    *path, last = dotted.split(".")
    holder: object = row
    for name in path:
        holder = holder.setdefault(name, {}) if isinstance(holder, dict) else None
    if isinstance(holder, dict):
        holder[last] = None if number % 2 else ""


OF_A_FIELD = {
    "deprecated_field": without,
    "missing_required": without,
    "retyped_field": retyped,
    "blank_field": blanked,
}


def pointed_on(ask: Ask, reply: Reply) -> Reply | None:
    """The last page with a cursor to one more, as some vendors send it; None for any other answer."""
    body = msgspec.json.decode(reply.body)
    if not isinstance(body, dict):
        return None
    if (links := body.get("links")) and not links["next"]:
        links["next"] = f"{ask.base}{ask.path}?{urlencode({**ask.query, 'page[cursor]': END})}"
    elif body.get("done"):
        body |= {"done": False, "nextRecordsUrl": f"{ask.path.partition('/query')[0]}/query/{END}"}
    elif "result_count" in (meta := body.get("meta", {})) and "next_token" not in meta:
        meta["next_token"] = END
    elif "results" in body and "paging" not in body:
        body["paging"] = {"next": {"after": END, "link": f"{ask.base}{ask.path}?after={END}"}}
    else:
        return None
    return Reply(reply.status, msgspec.json.encode(body), reply.headers)


def emptied(reply: Reply) -> Reply:
    """The page that such a cursor leads to: the same one without a record."""
    body = msgspec.json.decode(reply.body)
    records(body).clear()
    if "result_count" in body.get("meta", {}):
        body["meta"]["result_count"] = 0
    return Reply(reply.status, msgspec.json.encode(body), reply.headers)
