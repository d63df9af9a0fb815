"""The removal effect of a touchpoint is what taking it away does to a chain, solved by other means."""

from pathlib import Path
from random import Random

import duckdb
import jinja2
import numpy as np
import pytest

MODEL = Path(__file__).parents[2] / "dbt_project/models/intermediate/journey/int_journey__removals.sql"
START, REACHED, LOST = "(start)", "(reached)", "(lost)"
Counts = dict[tuple[str, str], int]


def drawn(seed: int, n_states: int) -> Counts:
    """Transitions of a chain from which every state can end."""
    random = Random(seed)  # noqa: S311 the same chain each time
    states = [f"s{n}" for n in range(n_states)]
    ways = {(START, state): random.randint(1, 50) for state in states}
    ways |= {(one, two): random.randint(0, 300) for one in states for two in states}
    ways |= {(state, end): random.randint(1, 9) for state in states for end in (REACHED, LOST)}
    return {way: n for way, n in ways.items() if n}


def solved(counts: Counts, removed: str = "") -> float:
    """The probability of the target: the transitions to `removed` go to (lost), and the linear equations are solved."""
    states = sorted({one for one, _ in counts})
    totals = {state: sum(n for (one, _), n in counts.items() if one == state) for state in states}
    ways = np.zeros((len(states), len(states)))
    arrives = np.zeros(len(states))
    for (one, two), n in counts.items():
        if two == REACHED:
            arrives[states.index(one)] = n / totals[one]
        elif two not in (LOST, removed):
            ways[states.index(one), states.index(two)] = n / totals[one]
    return float(np.linalg.solve(np.eye(len(states)) - ways, arrives)[states.index(START)])


def modelled(counts: Counts) -> dict[str, float]:
    """What the model says of the same transitions, by the touchpoint that is removed."""
    sql = jinja2.Template(MODEL.read_text()).render(ref=lambda name: name)
    totals = {one: sum(n for (state, _), n in counts.items() if state == one) for one, _ in counts}
    with duckdb.connect() as con:
        con.execute(
            "create table int_journey__transitions "
            "(target varchar, from_state varchar, to_state varchar, n bigint, n_from bigint)"
        )
        con.executemany(
            "insert into int_journey__transitions values ('t', ?, ?, ?, ?)",
            [(one, two, n, totals[one]) for (one, two), n in counts.items()],
        )
        return dict(con.execute(f"select removed_state, p_reached from ({sql})").fetchall())


@pytest.mark.parametrize(("seed", "n_states"), [(1, 1), (2, 3), (3, 7), (4, 12)])
def test_a_removal_is_what_solving_the_chain_without_the_state_gives(seed: int, n_states: int) -> None:
    counts = drawn(seed, n_states)
    found = modelled(counts)
    assert sorted(found) == sorted({"", *(one for one, _ in counts if one != START)})
    assert found == {removed: pytest.approx(solved(counts, removed), abs=1e-9) for removed in found}
    assert all(found[removed] < found[""] for removed in found if removed)


def test_a_removal_is_what_walkers_who_may_not_go_there_reach() -> None:
    counts, n_walkers = drawn(5, 4), 20_000
    random = Random(6)  # noqa: S311 the same walks each time
    ways = {one: [way for way in counts if way[0] == one] for one, _ in counts}
    weights = {one: [counts[way] for way in ways[one]] for one in ways}

    def arrives() -> bool:
        state = START
        while state not in (REACHED, LOST, "s2"):
            state = random.choices(ways[state], weights[state])[0][1]
        return state == REACHED

    walked = sum(arrives() for _ in range(n_walkers)) / n_walkers
    assert modelled(counts)["s2"] == pytest.approx(walked, abs=0.015)
