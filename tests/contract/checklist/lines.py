"""The lines of the checklist: what goes wrong at vendors, each as something done at a bench and looked at after it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import duckdb
import numpy as np

from sandbox.chance import DAY, HOUR
from sandbox.limited import STYLES
from tests.contract.checklist.bench import Bench
from tests.contract.checklist.calls import ALWAYS, Calls
from tests.contract.checklist.records import Records, midnight, numbered, over, records

Line = Callable[[Bench], None]
D = date(2026, 8, 10)
NEXT = D + timedelta(days=1)
NOON = midnight(D) + 12 * HOUR
READ_SECONDS, SLOW_SECONDS = 2.0, 2.6  # how long a test waits for an answer, and how long a slow one takes


def two_pages(bench: Bench, most: int = 1000) -> Records:
    """Records of a day that fill a page and some of the next one; fewer where a page is larger than `most`."""
    return numbered(over(min(bench.planter.page, most) + 30, D))


def ties(bench: Bench) -> None:
    """More records share one instant than a page holds."""
    tied = np.full(bench.planter.page + 50, NOON)
    bench.hold(numbered(over(7, D), tied, tied[:3] + DAY))
    bench.read(D)
    bench.check()


def many(bench: Bench) -> None:
    """More than 10,000 records on one day."""
    bench.hold(numbered(over(10_050, D)))
    bench.read(D)
    bench.check()


def late(bench: Bench) -> None:
    """Records come after their day was read."""
    early = two_pages(bench)
    came = records(np.arange(5) + len(early) + 1, over(5, D))
    bench.hold(early)
    bench.read(D)
    bench.hold(early.plus(came))
    bench.read(NEXT)
    bench.check()


def moving(bench: Bench) -> None:
    """While a day is read, records that were read already change, or where none can, others come before and after."""
    assert isinstance(bench, Calls)
    held = two_pages(bench, most=10_000)
    bench.hold(held)
    new = np.arange(20) + len(held) + 1
    came = records(new[:10], NOON + new[:10] * 1000).plus(records(new[10:], NOON + DAY + new[10:] * 1000))
    bench.after(1, held.having(held.number[:20], held.at[:20] + DAY) if bench.planter.changes else held.plus(came))
    bench.read(D)
    assert bench.has_struck
    bench.read(NEXT)
    bench.check()


def future(bench: Bench) -> None:
    """Some records lie ahead of the clock; each is read when its day comes, or with the file that tells it."""
    ahead = D + timedelta(days=20)
    held = numbered(over(5, D), over(5, NEXT), over(5, ahead))
    filed = np.where(held.at >= midnight(ahead), midnight(D), held.filed)
    bench.hold(Records(held.number, held.at, held.gone, filed))
    for day in (D, NEXT, ahead):
        bench.read(day, now=datetime(day.year, day.month, day.day, 23, tzinfo=UTC) + timedelta(hours=7))
        bench.check()


def bounds(bench: Bench) -> None:
    """Records at the first and the last instant of what is read, and just outside of it."""
    start, unit = midnight(D - timedelta(days=bench.endpoint.restate_days)), bench.planter.unit
    edges = np.array([start - unit, start, midnight(D) - unit, midnight(D), midnight(NEXT) - unit, midnight(NEXT)])
    bench.hold(numbered(edges, edges[[5]] + DAY - unit))
    for day in (D, NEXT):
        bench.read(day)
        bench.check()


def gaps(bench: Bench) -> None:
    """A window of several days, with several pages on each."""
    last, size = D + timedelta(days=2), len(two_pages(bench))
    bench.hold(numbered(over(3 * size, D, days=3)))
    bench.read(D, last)
    bench.check()


def gone(bench: Bench) -> None:
    """Records are deleted after they were read: the vendor's own word for it arrives, or they are no longer there."""
    gone_as(bench, bench.hold, bench.planter.tombs)


def merged(bench: Bench) -> None:
    """Records are merged into another one after they were read."""
    assert isinstance(bench, Calls)
    gone_as(bench, bench.merge, bench.planter.merged_tombs)


def gone_as(bench: Bench, hold: Callable[[Records], Records], tombs: tuple[str, str]) -> None:
    """Some records go a day after they were read, if that has an instant; `tombs` tell of it, or nothing is left."""
    held, (endpoint, where) = bench.hold(two_pages(bench)), tombs
    bench.read(D)
    has_instant = bool(bench.planter.tombs[0])
    after = hold(held.having(held.number[5:10], NOON + DAY if has_instant else held.at[5:10], gone=True))
    is_root = bool(endpoint) and bench.source.endpoint(endpoint).each is None
    bench.read(NEXT, also=endpoint if is_root and endpoint != bench.endpoint.name else "")
    names = set(bench.planter.keys(after[after.gone]))
    staged = {key for key, _ in bench.staged()}
    assert staged - names == set(bench.planter.keys(after[~after.gone]))
    if endpoint:
        assert {key for key, _ in bench.staged(endpoint, where)} == names
    else:
        assert not staged & names


def blank(bench: Bench) -> None:
    """An optional field is "" in one record and null in the next."""
    place, column = bench.planter.blank
    bench.hold(two_pages(bench))
    bench.arm("blank_field", field=place, times=ALWAYS)
    bench.read(D)
    assert bench.has_struck
    bench.check()
    files = f"{bench.lake}/raw/source={bench.source.name}/entity={bench.endpoint.name}/day={D}/part-0.parquet"
    with duckdb.connect() as con:
        said = con.execute(f"select distinct {column} from read_parquet('{files}')").fetchall()
    assert {value for (value,) in said} <= {None, ""}


def absent(bench: Bench) -> None:
    """An empty answer leaves the list out; asked again, it has it."""
    bench.hold(numbered())
    bench.arm("empty_absent")
    bench.read(D)
    assert bench.has_struck
    bench.check()


def half(bench: Bench) -> None:
    """A body is cut off; or a file, which is read when it is dropped again, whole."""
    bench.hold(two_pages(bench))
    bench.arm("truncated", after=1)
    bench.read(D)
    assert bench.has_struck
    if bench.planter.reads_files:
        assert {receipt.day: receipt.refused_files for receipt in bench.receipts}[str(D)] == 1
        assert not bench.staged()
        bench.clear()
        bench.read(D)
    bench.check()


def disturbed(kind: str, **options: object) -> Line:
    """Something passes over the calls of a day of two pages."""

    def line(bench: Bench) -> None:
        bench.hold(two_pages(bench))
        bench.arm(kind, **options)
        bench.read(D)
        assert bench.has_struck
        bench.check()

    return line


LINES: dict[str, Line] = {
    "ties larger than a page": ties,
    "more than 10,000 rows": many,
    "late arrivals": late,
    "rows that move between pages": moving,
    "future timestamps": future,
    "both kinds of bound": bounds,
    "several days, several pages each": gaps,
    "deleted or archived": gone,
    "merged": merged,
    "blank and null": blank,
    "the same row twice": disturbed("duplicate_rows", times=ALWAYS),
    "a token that expires": disturbed("expired_token", after=1),
    "429 in its own way": disturbed("storm429", after=1),
    **{f"429 as {style}": disturbed("storm429", after=1, style=style) for style in STYLES},
    "403 without a body": disturbed("throttle403", after=1),
    "the limit of the day": disturbed("daily_limit", after=1),
    "503 once": disturbed("error5xx", after=1),
    "a truncated body": half,
    "a slow body": disturbed("slow_body", after=1, seconds=SLOW_SECONDS),
    "no list where it is empty": absent,
    "a cursor on the last page": disturbed("last_cursor", times=ALWAYS),
}
