"""What stands around the records of an answer, read without building a single one of them.

The turn's values, the count of records and the vendor's complaint are all that the next request needs, so that it can
leave before the page is parsed.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

import msgspec
import pyarrow as pa

from extractors.errors import Busy, Changed, Refused
from extractors.paging import left_out
from extractors.spec import WHOLE, Complaint, Endpoint, Page, Request, Turn, Value
from extractors.transport import Again, Gone

Tree = dict[str, "Tree"]
Content: TypeAlias = bytes | pa.StructArray  # the JSON of a page, or its records as structs of texts
LAST, EVERY = "[-1]", "[*]"
NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Answered(Page):
    """A page together with the body that it was read from, and its records where that is no JSON: structs of texts.

    `remarks` are what the vendor says that it could not give.
    """

    body: bytes = b""
    rows: pa.StructArray | None = None
    remarks: tuple[str, ...] = ()

    @property
    def content(self) -> Content:
        """What the records are read from."""
        return self.body if self.rows is None else self.rows


class Envelope:
    """Reads the pages of one endpoint."""

    def __init__(self, endpoint: Endpoint, turn: Turn, complaint: Complaint | None) -> None:
        self._turn, self._complaint = turn, complaint
        self._reads = (*turn.reads, *(complaint.reads if complaint else ()))
        self._is_one = endpoint.records == WHOLE
        self._records = tuple(_steps(endpoint.records))
        self._has_parent = endpoint.each is not None
        self._types: dict[tuple[str, ...], object] = {}
        tree: Tree = {}
        for place in (*self._reads, *(() if self._is_one else (f"{endpoint.records}{LAST}",))):
            node = tree
            for step in _steps(place):
                node = node.setdefault(step, {})
        lists = tree.pop(LAST, None)
        kinds = ([list[msgspec.Raw]] if lists is not None else []) + (
            [self._object(tree, ())] if tree or self._is_one else []
        )
        self._decoder = msgspec.json.Decoder(kinds[0] | kinds[1] if len(kinds) == 2 else kinds[0])
        if lists:
            self._object(lists, (LAST,))

    def read(self, request: Request, body: bytes, headers: Mapping[str, str] | None = None) -> Answered:
        """The page; Again where the body is not JSON, Refused, Changed or Busy where it says that it failed."""
        try:
            answer = self._decoder.decode(body)
        except msgspec.ValidationError:
            raise Again("the answer has another shape", amounts_to=Changed) from None
        except msgspec.DecodeError:
            answer = _leniently(body)
        except RecursionError:
            raise Changed("the answer is nested too deeply to be read") from None
        values = {place: cast(Value, self._at(answer, tuple(_steps(place)))) for place in self._reads}
        self._judge(values)
        if self._is_one:
            return Answered(request, 1, values, body=body)
        records = self._at(answer, self._records)
        if records is None and self._complaint and values.get(self._complaint.count) == 0:
            records = []
        if not isinstance(records, list):
            raise Again("the answer holds no list of records", amounts_to=Changed)
        page = Answered(request, len(records), values, headers or {}, body=body, remarks=self._remarked(values))
        if lost := left_out(self._turn, page):
            raise Again(f"the walk ends {lost} records before the total that the answer declares", amounts_to=Changed)
        return page

    def apart(self, page: Answered) -> list[bytes]:
        """Every record of a page by itself, as JSON."""
        if page.rows is None:
            return self.records(page.body)
        return [json.dumps(record).encode() for record in page.rows.to_pylist()]

    def records(self, body: bytes) -> list[bytes]:
        """Every record of a page by itself, as JSON, also where one of them is no good JSON."""
        if self._is_one:
            return [body]
        try:
            found = self._at(self._decoder.decode(body), self._records)
            return [bytes(cast(msgspec.Raw, record)) for record in cast(list[object], found or [])]
        except msgspec.DecodeError:
            found = self._at(_leniently(body), self._records)
            return [json.dumps(record).encode() for record in cast(list[object], found or [])]

    def _remarked(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        """What the vendor says that it could not give: the last step of each name, where it is one."""
        found = values.get(self._complaint.remarks) if self._complaint else None
        named = [str(kind).rpartition("/")[2] for kind in found] if isinstance(found, tuple) else []
        return tuple(name if NAME.fullmatch(name) else "unnamed" for name in named)

    def _judge(self, values: Mapping[str, Value]) -> None:
        verdict = self._complaint.judge(values) if self._complaint else ""
        if verdict == "busy":
            raise Again("the vendor could answer in part only")
        if verdict == "gone" and self._has_parent:
            raise Gone
        if verdict == "refused":
            raise Refused("the vendor refuses, with status 200")
        if verdict in ("changed", "gone"):
            raise Changed("the vendor reports an error, with status 200")

    def _object(self, tree: Tree, above: tuple[str, ...]) -> type:
        """A type with the steps of the tree as optional fields; a list keeps its items unread."""
        fields, names = [], {}
        for n, (step, below) in enumerate(tree.items()):
            kind: object = str | int | float | bool
            if LAST in below or EVERY in below:
                kind = list[msgspec.Raw]
                for item in {LAST, EVERY} & below.keys():
                    if below[item]:
                        self._object(below[item], (*above, step, item))
            elif below:
                kind = self._object(below, (*above, step))
            fields.append((f"f{n}", kind | None, None))  # type: ignore[operator]
            names[f"f{n}"] = step
        made = msgspec.defstruct(f"Envelope{len(self._types)}", fields, rename=names, gc=False)
        self._types[above] = made
        return made

    def _at(self, node: object, steps: tuple[str, ...]) -> object:
        for depth, step in enumerate(steps):
            if step == LAST:
                node = node[-1] if isinstance(node, list) and node else None
                if isinstance(node, msgspec.Raw):
                    try:
                        node = msgspec.json.decode(node, type=self._types[steps[: depth + 1]])
                    except msgspec.DecodeError:  # a misfit, which only a further page would need
                        return None
            elif step == EVERY:
                return self._each_at(node, steps[: depth + 1], steps[depth + 1 :])
            elif isinstance(node, dict):
                node = node.get(step)
            elif isinstance(node, msgspec.Struct):
                field = dict(zip(node.__struct_encode_fields__, node.__struct_fields__, strict=True)).get(step, "")
                node = getattr(node, field, None)
            else:
                return None
        return node

    def _each_at(self, items: object, above: tuple[str, ...], steps: tuple[str, ...]) -> tuple[object, ...]:
        """What stands at these steps of every item of a list; None where an item has nothing that can be read."""
        if not isinstance(items, list) or not items:
            return ()
        found: list[object] = items
        if isinstance(items[0], msgspec.Raw):
            kind = self._types[above]
            try:
                found = msgspec.json.decode(b"[" + b",".join(items) + b"]", type=list[kind])  # type: ignore[valid-type]
            except msgspec.DecodeError:
                found = [_readable(cast(bytes, item), kind) for item in items]
        return tuple(self._at(item, steps) for item in found)


def _readable(item: bytes, kind: object) -> object:
    try:
        return msgspec.json.decode(item, type=cast(type, kind))
    except msgspec.DecodeError:
        return None


def _steps(place: str) -> list[str]:
    return [step for step in place.replace(LAST, f".{LAST}").replace(EVERY, f".{EVERY}").split(".") if step]


def _leniently(body: bytes) -> object:
    """The answer as the standard library reads it, which also takes NaN and half a surrogate pair."""
    try:
        return json.loads(body)
    except ValueError:
        raise Again("the answer is not JSON", amounts_to=Busy) from None
