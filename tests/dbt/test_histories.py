"""Whatever came late, was merged, split, taken back or built twice: day by day equals all at once.

Each example is a batch of towns in one lake; RAPPORT_HISTORIES is the number of histories in all, which
`make test-histories` sets. The one history of every test run is in test_incremental_equals_full_refresh.py.
"""

import os
import random
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.dbt.histories import DAYS, NUMBERS, Town, as_of, land, live
from tests.dbt.lake import BEFORE_ALL_DAYS, Lake, messages

TOWNS = 40
ASKED = int(os.environ.get("RAPPORT_HISTORIES", "0"))
pytestmark = pytest.mark.skipif(not ASKED, reason="make test-histories")
MODELS_ONLY = ("--exclude", "resource_type:test", "resource_type:unit_test")
BREAKS = ("int_identity__members", "int_activity__events", "int_session__sessions", "customers")
LOGS = {"pipeline_runs"}

Day = st.lists(st.integers(0, NUMBERS - 1), max_size=7)
History = st.tuples(*(Day for _ in DAYS))
Turn = st.sampled_from(("once", "once", "twice", "not at all", *(f"broken off at {model}" for model in BREAKS)))


def fresh(place: Path) -> Lake:
    """An empty lake, and no warehouse."""
    for part in ("lake", "grown", "whole"):
        shutil.rmtree(place / part, ignore_errors=True)
    (place / "grown").mkdir(parents=True)
    return Lake(place / "lake", place / "grown" / "warehouse.duckdb")


def dbt(lake: Lake, command: str, end: str, *more: str, everything: bool) -> None:
    """A dbt command that must go well, over the days that changed or over all."""
    changed = sorted(day.isoformat() for day in lake.changed) or [BEFORE_ALL_DAYS.isoformat()]
    result = lake.dbt(command, end, *more, touched=[] if everything else changed)
    assert result.success, messages(result)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One place for all batches."""
    return tmp_path_factory.mktemp("histories")


def build(lake: Lake, end: str, turn: str) -> None:
    """A day's build as life has it: once, twice, put off to the next day, or broken off and taken up again."""
    everything = not lake.warehouse.exists()
    if turn == "not at all" and not everything:
        return
    if turn.startswith("broken off") and not everything:
        model = turn.removeprefix("broken off at ")
        dbt(lake, "run", end, "--select", f"+{model}", everything=False)
    dbt(lake, "build", end, *MODELS_ONLY, everything=everything)
    if turn == "twice" and not everything:
        dbt(lake, "build", end, *MODELS_ONLY, everything=False)
    lake.changed.clear()


def differences(one: Lake, other: Lake) -> dict[str, dict[str, list[str]]]:
    """For each mart that differs, the first rows that are only in the one (grown) and only in the other (whole)."""
    names = [
        name for (name,) in one.rows("select table_name from information_schema.tables where table_schema = 'marts'")
    ]
    assert len(names) > 15
    found = {}
    for mart in sorted(set(names) - LOGS):
        ours, theirs = (Counter(map(repr, lake.rows(f"select * from marts.{mart}"))) for lake in (one, other))
        if ours != theirs:
            found[mart] = {"grown": sorted(ours - theirs)[:4], "whole": sorted(theirs - ours)[:4]}
    return found


def grow(place: Path, histories: Sequence[Sequence[list[int]]], turns: Sequence[str]) -> tuple[Lake, Lake]:
    """The warehouse that lived through the days, and the same made at once."""
    lake = fresh(place)
    towns = [Town(f"t{n:02d}") for n in range(len(histories))]
    for number, day in enumerate(DAYS):
        for town, history in zip(towns, histories, strict=True):
            live(town, day, history[number])
        land(towns, lake)
        build(lake, as_of(day), turns[number] if day != DAYS[-1] else turns[number].replace("not at all", "once"))
    whole = lake.copied("whole")
    dbt(whole, "build", as_of(DAYS[-1]), *MODELS_ONLY, everything=True)
    return lake, whole


def some(seed: int) -> list[tuple[list[int], ...]]:
    """Histories of days with much to say."""
    dice = random.Random(seed)  # noqa: S311 no secret
    return [tuple([dice.randrange(NUMBERS) for _ in range(dice.randint(2, 7))] for _ in DAYS) for _ in range(TOWNS)]


# Hypothesis begins with the simplest, which is a batch of towns without a history: it is not counted.
@settings(
    max_examples=max(1, -(-(ASKED - TOWNS) // TOWNS) + 1),
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate) if ASKED > TOWNS else (Phase.explicit,),
    suppress_health_check=list(HealthCheck),
)
@example(histories=some(7), turns=("once", "once", "broken off at int_activity__events"))
@given(
    histories=st.lists(History, min_size=TOWNS, max_size=TOWNS),
    turns=st.tuples(*(Turn for _ in DAYS)),
)
def test_day_by_day_equals_all_at_once_whatever_the_days_bring(
    place: Path, histories: list[tuple[list[int], ...]], turns: tuple[str, ...]
) -> None:
    lake, whole = grow(place, histories, turns)
    assert differences(lake, whole) == {}
