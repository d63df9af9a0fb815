"""What a vendor is: a frozen value that says how to ask, where a field stands and what it means.

Derived from it: Arrow schema, dbt source, raw gate, page of docs, task. An odd vendor hands over a function, no class.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from extractors.terms import Beside, Price
from extractors.terms import Complaint as Complaint  # noqa: PLC0414 as Window is
from extractors.terms import Value as Value  # noqa: PLC0414 as Window is
from extractors.terms import Verdict as Verdict  # noqa: PLC0414 as Window is
from extractors.window import Window as Window  # noqa: PLC0414 part of what a vendor is, for its file to import

Type = Literal["text", "integer", "number", "decimal", "boolean", "moment", "list"]
Sent = Literal["", "text", "integer", "seconds", "milliseconds"]
Personal = Literal["", "email", "phone", "handle", "name", "ip", "text"]

IDENTIFYING: tuple[Personal, ...] = ("email", "phone", "handle", "ip")


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a record: its name in the lake, its type, its place in the JSON, and whether it is personal.

    `at` is a dotted place from the record ("properties.email"); "a|b" takes the first that is not null; empty means
    the column's own name, "{take}" of a child's `Each` the parent's value. `sent` says how the JSON carries the value
    where that is not the type itself: "text" for numbers and booleans that travel as strings ("" is null), "integer"
    for ids that travel as numbers, "seconds" and "milliseconds" for epochs; a moment otherwise travels as ISO 8601.
    `split` turns one text into a list of texts. `of` holds the fields of a "list" of objects. `sometimes` says that
    only some records have such a field, so that a page without it proves nothing. `home` is what follows a handle that
    comes without a host, with options of the account in it ("@{domain}").
    """

    name: str
    type: Type = "text"
    at: str = ""
    required: bool = False
    personal: Personal = ""
    sent: Sent = ""
    split: str = ""
    of: tuple["Column", ...] = ()
    sometimes: bool = False
    home: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the value is the parent's, and not in the record."""
        return self.at.startswith("{")

    @property
    def places(self) -> tuple[str, ...]:
        """The dotted places to look at, in order."""
        return tuple((self.at or self.name).split("|"))

    @property
    def is_identifying(self) -> bool:
        """Whether a `<name>_digest` stands beside it, for identity to join on."""
        return self.personal in IDENTIFYING


@dataclass(frozen=True, slots=True)
class Request:
    """One call, hashable, so that a ring of pages of any length is noticed."""

    path: str
    method: str = "GET"
    params: tuple[tuple[str, str], ...] = ()
    body: str = ""

    def having(self, **params: str) -> "Request":
        """The same call with these query parameters added or replaced."""
        return replace(self, params=tuple({**dict(self.params), **params}.items()))


@dataclass(frozen=True, slots=True)
class Page:
    """What paging may look at: the call, how many records came, the values that the turn reads, lower-case headers."""

    request: Request
    count: int
    values: Mapping[str, Value]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """How an API says that there is more: the places to read (dotted, "results[-1].id"), and the next call or None."""

    next: Callable[[Page], Request | None]
    reads: tuple[str, ...] = ()
    never_repeats: bool = False  # the same page twice in a row only means that the vendor did not turn it


@dataclass(frozen=True, slots=True)
class Span:
    """How a window is asked for, and which column tells the day of a row.

    `by` is empty for a snapshot: the whole set, filed under the last day of the window. `each_day` walks
    every day of the window by itself, in the zone of the account. `newest_first` ends a walk at the first page
    whose rows are all older than the window. Rows outside the window are counted and left out.
    """

    by: str
    ask: Callable[[Request, Window], Request] = lambda request, _: request
    each_day: bool = False
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Each:
    """A child endpoint: one walk for every row of `of` (or for every `batch` of them).

    `take` is the parent's column that fills `{take}` in the path, or that `body` makes a batch call from;
    `when` says from the parent's row which parents are still open in this window; `day` names the parent's column
    that files the child's rows, where they carry no time of their own; a status in `gone` says that the parent is
    there no more, and so has no rows.
    """

    of: str
    take: str
    when: Callable[[Mapping[str, object], Window], bool] = lambda *_: True
    day: str = ""
    batch: int = 1
    body: Callable[[tuple[str, ...]], str] | None = None
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `calls` in `seconds`, counted together for all endpoints whose rate has the same `name`."""

    calls: int
    seconds: float
    name: str = "all"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a throttle may look at: the status, the headers in lower case, the body, and which try it was (from 1)."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    attempt: int


@dataclass(frozen=True, slots=True)
class Wait:
    """When to ask again: after `seconds`, or at the instant `until`; `stop` means not in this run."""

    seconds: float = 0.0
    until: datetime | None = None
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One entity: what to call, how to page, which columns, which key, how far back to re-read.

    `records` is the dotted place of the list in the answer, empty when the answer is the list itself; `explode`
    names a list inside a record whose items are the rows (their fields stand at "<explode>.<field>"). `restate_days`
    is how many days before the asked window are read again in every run, because the vendor still changes them.
    `params` and `path` may hold "{option}" of the account, the path also "{take}" of its `Each`. `fields` names the
    columns in a call, where the vendor sends only what is named; one that it refuses is left out, the rest is read.
    `scope` is the permission that the vendor asks of us here, in its own words. `price` is for vendors that charge;
    `depth` is how many records deep, from the newest, the vendor lets anyone go.
    """

    name: str
    path: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    span: Span
    records: str = ""
    method: str = "GET"
    params: tuple[tuple[str, str], ...] = ()
    body: str = ""
    each: Each | None = None
    explode: str = ""
    turn: Turn | None = None
    rate: Rate | None = None
    restate_days: int = 0
    fields: Callable[[Request, tuple[Column, ...]], Request] | None = None
    scope: str = ""
    beside: Beside | None = None
    price: Price | None = None
    depth: int = 0

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns that stand in the record itself."""
        there = f"{self.beside.records}." if self.beside else "{"
        return tuple(column for column in self.columns if not column.is_taken and not column.at.startswith(there))

    @property
    def by(self) -> str:
        """The column whose UTC date files a row; empty for a snapshot or a child filed by its parent."""
        return self.span.by


@dataclass(frozen=True, slots=True)
class Source:
    """A vendor: its name, channel, signature, paging, limits and endpoints.

    `base` is where the vendor lives unless the account says otherwise ("{option}" of the account may stand in it);
    `auth` is a value of `extractors.auth`; `parallel` is how many calls may be under way at once; `throttle` reads the
    vendor's own way of saying "not now" (None: the common headers are tried); `omits_nulls` says that a field without a
    value is left out of the answer, so that one that is gone looks the same.
    """

    name: str
    channel: Literal["crm", "email", "web", "social"]
    auth: object
    turn: Turn
    rate: Rate
    endpoints: tuple[Endpoint, ...]
    base: str = ""
    parallel: int = 4
    headers: tuple[tuple[str, str], ...] = ()
    throttle: Callable[[Answer], Wait | None] | None = None
    complaint: Complaint | None = None
    omits_nulls: bool = False

    def endpoint(self, name: str) -> Endpoint:
        """The endpoint of that name, or KeyError naming what there is."""
        named = {endpoint.name: endpoint for endpoint in self.endpoints}
        if name not in named:
            raise KeyError(f"{self.name} has no endpoint {name!r}; it has {', '.join(named)}")
        return named[name]

    def family(self, name: str) -> tuple[Endpoint, ...]:
        """The endpoint and its children, which are read in one run because they need its rows."""
        return (self.endpoint(name), *(e for e in self.endpoints if e.each and e.each.of == name))

    @property
    def roots(self) -> tuple[Endpoint, ...]:
        """The endpoints that can be asked by themselves: one Airflow task each."""
        return tuple(e for e in self.endpoints if e.each is None)
