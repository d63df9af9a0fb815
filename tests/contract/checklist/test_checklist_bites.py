"""The checklist fails where a source is declared wrongly: the mistakes that other people's connectors have made."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.catalog import catalog
from extractors.paging import between, cursor, offset
from extractors.sources.klaviyo import filtered
from extractors.spec import Endpoint, Request, Span, Window
from tests.contract.checklist.benches import bench
from tests.contract.checklist.lines import LINES
from tests.contract.checklist.planter import planter

Broken = Callable[[Endpoint], Endpoint]


def a_range(request: Request, window: Window) -> Request:
    """All days of the window in one walk of Matomo."""
    return request.having(period="range", date=f"{window.start},{window.days[-1]}")


MISTAKES: list[tuple[str, str, Broken]] = [
    ("klaviyo", "both kinds of bound", lambda e: replace(e, span=filtered("datetime", e.by, "greater-than"))),
    ("mailchimp", "both kinds of bound", lambda e: replace(e, span=between(*CHANGED, by=e.by, end_shift=-1))),
    ("matomo", "several days, several pages each", lambda e: replace(e, span=Span(by=e.by, ask=a_range))),
    ("bluesky", "ties larger than a page", lambda e: replace(e, turn=cursor("cursor", into="cursor"))),
    ("mailchimp", "rows that move between pages", lambda e: replace(e, turn=offset(1000, "count", "offset"))),
    ("x", "late arrivals", lambda e: replace(e, restate_days=0)),
]
CHANGED = ("since_last_changed", "before_last_changed")


@pytest.mark.parametrize(("source", "line", "broken"), MISTAKES)
def test_a_mistake_is_noticed(source: str, line: str, broken: Broken, tmp_path: Path) -> None:
    with bench(planter(source), tmp_path) as place:
        place.endpoint = broken(place.endpoint)
        endpoints = tuple(place.endpoint if e.name == place.endpoint.name else e for e in catalog()[source].endpoints)
        place.source = replace(place.source, endpoints=endpoints, parallel=1)
        with pytest.raises(AssertionError, match="lost"):
            LINES[line](place)
