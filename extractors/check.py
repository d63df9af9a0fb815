"""Whether a connection works: one cheap call to every endpoint, and what the answers tell of limits and the clock."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from extractors import budget as budgets
from extractors import plan
from extractors.budget import Spent
from extractors.errors import Busy, Changed, Refused
from extractors.pages import Pages
from extractors.records import Reader
from extractors.spec import Each, Endpoint, Request, Source, Window
from extractors.transport import Gone, Transport

if TYPE_CHECKING:
    from extractors.auth import Account

LIMIT = re.compile(r"(?:x-)?(?:hubspot-)?rate-?limit[a-z-]*|sforce-limit-info")
PLAIN = re.compile(r"[\w=/;:., +-]{1,60}")
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one call to an endpoint came to: `error` is None where it went well."""

    endpoint: Endpoint
    says: str
    error: Busy | Changed | Refused | None = None


class Check:
    """One vendor and one account, asked for yesterday."""

    def __init__(self, source: Source, account: "Account", lake: str | Path, now: datetime | None = None) -> None:
        self._source, self._budget = source, budgets.of(source, account, lake)
        today = (now or datetime.now(UTC)).date()
        self._window = Window(today - timedelta(days=1), today)
        self._transport = Transport(source, account, streams=1)
        self._options = self._transport.options
        self._rows: dict[str, list[Row]] = {}

    def findings(self) -> Iterator[Finding]:
        """A finding for every endpoint, parents before their children."""
        for root in self._source.roots:
            for endpoint in self._source.family(root.name):
                try:
                    yield Finding(endpoint, self._ask(plan.at_home(endpoint, self._options)))
                except Spent:
                    yield Finding(endpoint, "not asked: the call could pass the daily ceiling")
                except Gone:
                    yield Finding(endpoint, "its parent is gone")
                except Refused as error:
                    yield Finding(endpoint, f"{error}{_needs(endpoint)}", error)
                except (Busy, Changed) as error:
                    yield Finding(endpoint, str(error), error)

    @property
    def limits(self) -> dict[str, str]:
        """What the last answer's headers said of the vendor's limits."""
        headers = self._transport.last.headers if self._transport.last else {}
        return {name: text for name, text in headers.items() if LIMIT.fullmatch(name) and PLAIN.fullmatch(text)}

    @property
    def skew_in_s(self) -> float | None:
        """By how many seconds the vendor's clock was ahead of ours in the last answer; None where it told no time."""
        said = self._transport.last.headers.get("date", "") if self._transport.last else ""
        try:
            return (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
        except ValueError:
            return None

    def _ask(self, endpoint: Endpoint) -> str:
        """Ask for the endpoint's first page: what came, in words."""
        request = self._below(endpoint, endpoint.each) if endpoint.each else self._root(endpoint)
        if request is None:
            return f"not asked: no {endpoint.each.of if endpoint.each else 'parent'} to ask with"
        pages = Pages(self._source, endpoint, self._transport, self._budget)
        page = pages.first(request)
        rows, misfits = Reader(endpoint, pages.envelope, b"check").read([page])
        self._rows[endpoint.name] = rows.slice(0, 100).to_pylist()
        odd = f", {len(misfits)} of them do not fit" if misfits else ""
        gone = f"; refused: {', '.join(sorted(pages.refused))}" if pages.refused else ""
        return f"{page.count} records on the first page{odd}{gone}"

    def _root(self, endpoint: Endpoint) -> Request:
        return plan.of_root(endpoint, self._window, self._options, 1)[0].walks[0].request

    def _below(self, endpoint: Endpoint, each: Each) -> Request | None:
        """The call for the first of the parent's rows."""
        rows = [row for row in self._rows.get(each.of, []) if row[each.take] is not None][:1]
        whole = replace(endpoint, each=replace(each, when=lambda *_: True, day=""), span=replace(endpoint.span, by=""))
        group = plan.of_child(whole, rows, self._window, self._window.days, self._options)
        return group.walks[0].request if group.walks else None


def _needs(endpoint: Endpoint) -> str:
    return f"; it needs the scope {endpoint.scope}" if endpoint.scope else ""
