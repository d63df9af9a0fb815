"""Random stories of a source: what it holds, which windows are read, and what goes wrong meanwhile."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from extractors.errors import Busy, Changed, Refused
from sandbox.chance import DAY, HOUR
from tests.contract.checklist.bench import Bench
from tests.contract.checklist.calls import ALWAYS
from tests.contract.checklist.outcomes import FAILS
from tests.contract.checklist.planter import FilePlanter, Planter
from tests.contract.checklist.records import Records, midnight, numbered, records

D = date(2026, 8, 10)
BEFORE = 2 * DAY  # records lie on the days before the first window, too
Trouble = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class Turn:
    """A window of so many days, read once or again; records come or change after so many answers of it."""

    days: int
    again: bool
    troubles: list[Trouble]
    comes: int
    changes: int
    after: int


@dataclass(frozen=True)
class Story:
    """So many records, some of them at one instant and some at the edges of days, and the turns that read them."""

    seed: int
    count: int
    tied: int
    edges: list[int]
    turns: list[Turn]


def troubles(planter: Planter | FilePlanter) -> st.SearchStrategy[Trouble]:
    """Something that goes wrong there; an error that passes more often than a limit, which is waited for."""
    times = st.integers(1, 2)
    after = st.integers(0, 4)
    blank = planter.blank[0]
    fields = [st.just(("blank_field", {"field": blank, "times": ALWAYS}))] if blank else []
    always = st.sampled_from(["duplicate_rows", "last_cursor"]).map(lambda kind: (kind, {"times": ALWAYS}))
    if planter.reads_files:
        return st.one_of(st.sampled_from(["duplicate_rows", "truncated"]).map(lambda kind: (kind, {})), *fields)
    passing = st.sampled_from(["error5xx", "truncated", "html", "empty_absent"])
    lasting = st.sampled_from(["expired_token", "throttle403", "foreign_link"])
    styles = st.sampled_from(["bare", "retry_after"])
    return st.one_of(
        always,
        *fields,
        st.builds(lambda kind, n, k: (kind, {"after": n, "times": k}), passing, after, times),
        st.builds(lambda kind, n: (kind, {"after": n}), lasting, after),
        st.builds(lambda style, n: ("storm429", {"style": style, "after": n}), styles, after),
    )


def stories(planter: Planter | FilePlanter) -> st.SearchStrategy[Story]:
    """Any story of that source."""
    page = min(planter.page, 1000)
    tied = page - 1 if (planter.source, "ties larger than a page") in FAILS else page + 20
    turn = st.builds(
        Turn,
        days=st.integers(1, 3),
        again=st.booleans(),
        troubles=st.lists(troubles(planter), max_size=2),
        comes=st.integers(0, 15),
        changes=st.integers(0, 15),
        after=st.integers(1, 3),
    )
    return st.builds(
        Story,
        seed=st.integers(0, 2**32 - 1),
        count=st.one_of(st.integers(0, 12), st.sampled_from([page - 1, page, page + 1, page * 3 // 2])),
        tied=st.one_of(st.just(0), st.integers(2, tied)),
        edges=st.lists(st.integers(-2, 6), max_size=6),
        turns=st.lists(turn, min_size=1, max_size=3),
    )


def planted(story: Story, unit: int) -> Records:
    """The records that the story begins with."""
    dice = np.random.default_rng(story.seed)
    days = sum(turn.days for turn in story.turns)
    spread = midnight(D) - BEFORE + dice.integers(0, BEFORE + (days + 1) * DAY, story.count)
    tied = np.full(story.tied, midnight(D) + int(dice.integers(0, days * DAY)))
    edges = midnight(D) + np.array(story.edges, np.int64) * DAY
    return numbered(spread, tied, edges, edges - unit).at_most(unit)


def told(bench: Bench, story: Story) -> None:
    """Live through the story; in the end every record of the days that were read is there, once."""
    dice = np.random.default_rng(story.seed + 1)
    held = planted(story, bench.planter.unit)
    bench.hold(held)
    day = D
    for turn in story.turns:
        last = day + timedelta(days=turn.days - 1)
        held = later(bench, held, turn, last, dice)
        bench.after(turn.after, held)
        for kind, options in turn.troubles:
            bench.arm(kind, **options)
        for _ in range(1 + turn.again):
            read(bench, day, last)
        bench.settle()
        day = last + timedelta(days=1)
    read(bench, day, day)
    bench.check()


def later(bench: Bench, held: Records, turn: Turn, last: date, dice: np.random.Generator) -> Records:
    """What the vendor holds after a window was read: some records more, late or of the days to come, some changed.

    Late ones lie as far back as the next window reads, and what changes does so after the window.
    """
    end = midnight(last) + DAY
    back = bench.endpoint.restate_days * DAY
    number = np.arange(turn.comes) + held.number.max(initial=0) + 1
    held = held.plus(records(number, end - back + dice.integers(0, back + DAY, turn.comes)))
    if bench.planter.changes and len(held):
        changed = dice.choice(held.number, min(turn.changes, len(held)), replace=False)
        old = dict(zip(held.number.tolist(), held.at.tolist(), strict=True))
        at = np.array([max(old[n], end) + HOUR for n in changed.tolist()], np.int64)
        held = held.having(changed, at)
    return held.at_most(bench.planter.unit)


def read(bench: Bench, first: date, last: date) -> None:
    """Read the days; after an error that names what to do, or a file that was refused, again when that is done."""
    try:
        bench.read(first, last)
    except (Busy, Refused, Changed) as error:
        assert str(error).startswith(f"{bench.source.name} ")
    else:
        if not any(receipt.refused_files for receipt in bench.receipts):
            return
    bench.settle()
    bench.read(first, last)
