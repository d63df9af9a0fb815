"""What a vendor is: a frozen value that says how to ask, where a field stands and what it means.

Derived from it: Arrow schema, dbt source, raw gate, page of docs, task. An odd vendor hands over a function, no class.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from extractors.terms import Answer as Answer  # noqa: PLC0414 as Window is
from extractors.terms import Beside, Price
from extractors.terms import Complaint as Complaint  # noqa: PLC0414 as Window is
from extractors.terms import Value as Value  # noqa: PLC0414 as Window is
from extractors.terms import Verdict as Verdict  # noqa: PLC0414 as Window is
from extractors.terms import Wait as Wait  # noqa: PLC0414 as Window is
from extractors.window import Window as Window  # noqa: PLC0414 part of what a vendor is, for its file to import

Type = Literal["text", "integer", "number", "decimal", "boolean", "moment", "list"]
Sent = Literal["", "text", "integer", "seconds", "milliseconds", "microseconds"]
Personal = Literal["", "email", "email_hash", "phone", "handle", "name", "ip", "text"]

WHOLE = "."  # where an answer is itself the one record
IDENTIFYING: tuple[Personal, ...] = ("email", "email_hash", "phone", "handle", "ip")


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a record: its name in the lake, its type, its place in the JSON, and whether it is personal.

    `at` is a dotted place from the record ("properties.email"); "a|b" takes the first not null; empty means its own
    name. "a[0].b" looks into the item of a list at that position, "a{key=x}.b" into the last whose `key` is "x". `sent`
    says how the JSON carries the value where that is not the type itself: "text" for numbers and booleans that travel
    as strings ("" is null), "integer" for ids that travel as numbers, epochs by their unit; a moment otherwise is ISO
    8601. `split` makes a list of one text; `of` has the fields of a list.
    `sometimes` says that only some records have such a field, so that a page without it proves nothing.
    `home` is what follows a handle that comes without its server, with options of the account in it ("@{domain}").
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
    """How an API says that there is more: the places to read, and the next call or None."""

    next: Callable[[Page], Request | None]
    reads: tuple[str, ...] = ()  # dotted: "results[-1].id" of the last item, "results[*].id" of every one, a tuple
    total: str = ""  # the place where an answer says how many records its call has in all
    skip: str = ""  # the parameter by which a call passes over the first of them
    never_repeats: bool = False  # the same page twice in a row only means that the vendor did not turn it


@dataclass(frozen=True, slots=True)
class Span:
    """How a window is asked for, and which column tells the day of a row.

    `by` is empty for a snapshot: the whole set, filed under the last day of the window. `each_day` walks
    every day of the window by itself, in the zone of the account; without `by` its rows are filed under the day that
    was asked for, as with files that carry it in their names. `newest_first` ends a walk at the first page whose rows
    are all older than the window. Rows outside the window are counted and left out.
    """

    by: str
    ask: Callable[[Request, Window], Request] = lambda request, _: request
    each_day: bool = False
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Each:
    """A child endpoint: one walk for every row of `of` (or for every `batch` of them).

    `take` is the parent's column that fills `{take}` in the path, or that `body` makes a batch call from; `keep` the
    child's column that keeps it; `when` says from its row which parents are still open in this window; `day` names the
    parent's column that files the child's rows, where they carry no time of their own; a status in `gone` says that
    the parent is there no more, and so has no rows.
    """

    of: str
    take: str
    when: Callable[[Mapping[str, object], Window], bool] = lambda *_: True
    day: str = ""
    batch: int = 1
    body: Callable[[tuple[str, ...]], str] | None = None
    keep: str = ""
    unless: str = ""  # an option of the account that switches the child off: its days are empty then
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `calls` in `seconds`, and in each window of `also`, for all endpoints whose rate has the same `name`."""

    calls: int
    seconds: float
    name: str = "all"
    also: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One entity: what to call, how to page, which columns, which key, how far back to re-read.

    `records` is the dotted place of the list in the answer, empty when the answer is the list itself, "." when the
    answer is one record with the rows inside; `explode` names a list inside a record whose items are the rows (their
    fields stand at "<explode>.<field>"). `restate_days` is how many days before the asked window are read again in
    every run, because the vendor still changes them.
    `params` and `path` may hold "{option}" of the account, the path also "{take}" of its `Each`. `fields` names the
    columns in a call, where the vendor sends only what is named; one that it refuses is left out, the rest is read.
    `scope` is the permission that the vendor asks of us here, in its own words. `bulk` (a `paging.Bulk`) says how a
    long walk is read instead. `price` is for vendors that charge; `depth` is how many records deep, from
    the newest, the vendor lets anyone go.
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
    bulk: object | None = None
    beside: Beside | None = None
    price: Price | None = None
    depth: int = 0

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns that stand in the record itself: not beside it, and not with its parent."""
        kept = self.each.keep if self.each else ""
        return tuple(column for column in self.columns if column.name != kept and not self.is_beside(column))

    def is_beside(self, column: Column) -> bool:
        """Whether the column stands in the list beside the records."""
        return self.beside is not None and column.at.startswith(f"{self.beside.records}.")

    @property
    def by(self) -> str:
        """The column whose UTC date files a row; empty for a snapshot or a child filed by its parent."""
        return self.span.by


@dataclass(frozen=True, slots=True)
class Source:
    """A vendor: its name, channel, signature, paging, limits and endpoints.

    `base` is where the vendor lives unless the account says otherwise ("{option}" of the account may stand in it);
    `auth` is a value of `extractors.auth`; `parallel` is how many calls may be under way at once; `throttle` reads the
    vendor's own way of saying "not now", also in a good answer (None: the common headers are tried); `omits_nulls` says
    that a field without a value is left out of the answer, so that one that is gone looks the same; `options` are those
    of an account that says nothing else; `passes_over` are fields that come with every record and say nothing.

    A vendor that `reads` "files" or "exports" is a folder: the account's base, on any pyarrow.fs URI. The path of an
    endpoint is then a pattern of names with the day in it, "orders/{day:%Y-%m-%d}*" ("a|b" takes those of both), and
    the end of a name its format: .csv, .jsonl or .parquet. Of "files", which people write, one that does not fit is
    refused whole and moved aside; of "exports", which a vendor writes, only the record that does not fit is set aside.
    """

    name: str
    channel: Literal["crm", "email", "web", "social", "offline"]
    auth: object
    turn: Turn
    rate: Rate
    endpoints: tuple[Endpoint, ...]
    base: str = ""
    parallel: int = 4
    headers: tuple[tuple[str, str], ...] = ()
    throttle: Callable[[Answer], Wait | None] | None = None
    complaint: Complaint | None = None
    reads: Literal["calls", "files", "exports"] = "calls"
    omits_nulls: bool = False
    options: tuple[tuple[str, str], ...] = ()
    passes_over: tuple[str, ...] = ()

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
