"""Which calls a window begins with, and which days they fill: pure, before anything is asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from urllib.parse import quote
from zoneinfo import ZoneInfo

from extractors.errors import Changed, Refused
from extractors.spec import Endpoint, Request, Source, Window

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Walk:
    """The first call of a walk, the day its rows are filed under where they carry none of their own, and its parent.

    `parent` is the value that the rows keep of it, where they do.
    """

    request: Request
    day: date | None = None
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Days that are committed together, and the walks, in order, that fill them and no other days.

    `filed` is the day of each parent, where one call asks for parents of several days.
    """

    days: tuple[date, ...]
    walks: tuple[Walk, ...]
    filed: Mapping[str, date] = field(default_factory=dict)


def filled(source: Source, endpoint: Endpoint, window: Window) -> tuple[date, ...]:
    """The days whose partitions a run for the window writes, those among them that it reads again."""
    wide = window.back(endpoint.restate_days).days
    if endpoint.by or endpoint.span.each_day:
        return wide
    if endpoint.each and endpoint.each.day:
        parent = source.endpoint(endpoint.each.of)
        return tuple(day for day in wide if not parent.by or day in filled(source, parent, window))
    return window.days[-1:]


def of_root(endpoint: Endpoint, window: Window, options: Mapping[str, str], parallel: int) -> list[Group]:
    """One group for each part of the window that can be asked for by itself."""
    request = first(endpoint, options)
    span = endpoint.span
    if not span.by:
        last = window.days[-1]
        return [Group((last,), (Walk(span.ask(request, window), last),))]
    if span.each_day:
        zone = ZoneInfo(options.get("timezone", "UTC"))
        parts = _parts(window, parallel) if zone.key == "UTC" else [window]
        return [Group(part.days, tuple(Walk(span.ask(request, day)) for day in local(part, zone))) for part in parts]
    parts = _parts(window, parallel) if _ends(endpoint, request, window) else [window]
    return [Group(part.days, (Walk(span.ask(request, part)),)) for part in parts]


def of_child(
    endpoint: Endpoint,
    parents: Sequence[Row],
    window: Window,
    days: Iterable[date],
    options: Mapping[str, str],
) -> Group:
    """One group with a walk for every open parent, or for every batch of them, whatever their days."""
    each = endpoint.each
    assert each is not None  # noqa: S101 a child has parents
    filed = tuple(day for day in days if day in window.days) if each.day else window.days
    if not (endpoint.by or each.day):
        filed = window.days[-1:]
    takes: dict[date | None, dict[str, None]] = {}
    for parent in parents:
        if parent[each.take] is not None and each.when(parent, window):
            day = _date(parent[each.day]) if each.day else None if endpoint.by else filed[-1]
            if day is None or day in filed:
                takes.setdefault(day, {})[str(parent[each.take])] = None
    if each.body:
        of = {take: day for day in sorted(takes, key=str) for take in takes[day] if day}
        return Group(filed, tuple(Walk(call) for call in _batches(endpoint, each.body, list(of), options)), of)
    walks = [
        Walk(endpoint.span.ask(first(endpoint, options, each.take, take), window), day, take if each.keep else "")
        for day in sorted(takes, key=str)
        for take in takes[day]
    ]
    return Group(filed, tuple(walks))


def first(endpoint: Endpoint, options: Mapping[str, str], take: str = "", value: str = "") -> Request:
    """The endpoint's call with the account's options and, for a child, its parent's value in the path."""
    if take and (not value.strip(".") or any(ord(letter) < 32 for letter in value)):
        raise Changed(f"a {take} that cannot stand in a path")
    try:
        path = endpoint.path.format_map({**options, take: quote(value, safe="")})
        params = tuple((name, text.format_map(options)) for name, text in endpoint.params)
    except KeyError as missing:
        raise Refused(f"the connection's extra holds no {missing.args[0]!r}") from None
    return Request(path, endpoint.method, params, endpoint.body)


def at_home(endpoint: Endpoint, options: Mapping[str, str]) -> Endpoint:
    """The endpoint with the account's options in what completes its handles."""
    if not any(column.home for column in endpoint.columns):
        return endpoint
    try:
        columns = tuple(replace(column, home=column.home.format_map(options)) for column in endpoint.columns)
    except KeyError as missing:
        raise Refused(f"the connection's extra holds no {missing.args[0]!r}") from None
    return replace(endpoint, columns=columns)


def _batches(
    endpoint: Endpoint, body: Callable[[tuple[str, ...]], str], takes: list[str], options: Mapping[str, str]
) -> list[Request]:
    call, size = first(endpoint, options), endpoint.each.batch if endpoint.each else 1
    return [replace(call, body=body(tuple(takes[n : n + size]))) for n in range(0, len(takes), size)]


def _ends(endpoint: Endpoint, request: Request, window: Window) -> bool:
    """Whether a narrower window asks for less: its end is in the call, and the walk does not begin with now."""
    if len(window.days) < 2 or endpoint.span.newest_first:
        return False
    narrow = Window(window.start, window.start + timedelta(days=1))
    return endpoint.span.ask(request, narrow) != endpoint.span.ask(request, window)


def _parts(window: Window, count: int) -> list[Window]:
    """The window in at most `count` parts of whole days, as equal as can be."""
    days, parts = len(window.days), min(count, len(window.days))
    cuts = [window.start + timedelta(days=days * n // parts) for n in range(parts + 1)]
    return [Window(start, end) for start, end in pairwise(cuts)]


def local(window: Window, zone: ZoneInfo) -> list[Window]:
    """The days of the account's own calendar that a window of UTC days touches."""
    start = window.start_at.astimezone(zone).date()
    end = (window.end_at - timedelta(microseconds=1)).astimezone(zone).date()
    return [Window(day, day + timedelta(days=1)) for day in Window(start, end + timedelta(days=1)).days]


def _date(value: object) -> date | None:
    return value.astimezone(UTC).date() if isinstance(value, datetime) else None
