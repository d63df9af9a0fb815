"""What is withheld of small groups cannot be worked out from what is shown, by anyone who knows who is where."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from publishing.small_groups import COMPANY, Cell, withheld

LEAST = 5
Atom = tuple[str, str, str, int]


@st.composite
def companies(draw: st.DrawFn) -> list[Atom]:
    """Customers by account, family and owner; an account is in one family, its customers may have several owners."""
    families = draw(st.lists(st.integers(0, 3), min_size=1, max_size=9))
    owners = draw(st.integers(1, 4))
    mixed = draw(st.booleans())
    atoms: list[Atom] = []
    for account, family in enumerate(families):
        whose = draw(st.sets(st.integers(0, owners - 1), min_size=1, max_size=3 if mixed else 1))
        atoms += [(f"a{account}", f"p{family}", f"o{owner}", draw(st.integers(1, 12))) for owner in sorted(whose)]
    return atoms


def cells(atoms: list[Atom]) -> dict[Cell, np.ndarray]:
    """Each group as the atoms that are in it."""
    found: dict[Cell, np.ndarray] = {}
    for n, (account, parent, owner, _) in enumerate(atoms):
        for cell in (("account", account), ("parent", parent), ("owner", owner), COMPANY):
            found.setdefault(cell, np.zeros(len(atoms)))[n] = 1
    return found


def worked_out(atoms: list[Atom], hidden: set[Cell]) -> set[Cell]:
    """The withheld groups whose sum follows from the shown ones: their rows are combinations of the shown rows."""
    groups = cells(atoms)
    shown = [row for cell, row in groups.items() if cell not in hidden]
    system = np.array(shown) if shown else np.zeros((1, len(atoms)))
    rank = np.linalg.matrix_rank(system)
    return {cell for cell in hidden if np.linalg.matrix_rank(np.vstack([system, groups[cell]])) == rank}


def sizes(atoms: list[Atom]) -> dict[Cell, int]:
    counts = np.array([n for *_, n in atoms])
    return {cell: int(row @ counts) for cell, row in cells(atoms).items()}


# an owner's total less the accounts that only they look after
ACROSS = [("a1", "p1", "o1", 2), ("a2", "p1", "o2", 20), ("a3", "p1", "o2", 30), ("a4", "p2", "o1", 30)]


@settings(max_examples=600, deadline=None)
@given(companies())
@example(ACROSS)
@example([("a1", "p1", "o1", 3)])
@example([("a1", "p1", "o1", 3), ("a2", "p2", "o1", 30)])
def test_nothing_withheld_can_be_worked_out(atoms: list[Atom]) -> None:
    hidden = withheld(atoms, LEAST)
    assert {cell for cell, n in sizes(atoms).items() if n < LEAST} <= hidden
    assert worked_out(atoms, hidden) == set()


@settings(max_examples=300, deadline=None)
@given(companies())
def test_what_remains_of_a_total_is_never_a_small_group(atoms: list[Atom]) -> None:
    hidden, of = withheld(atoms, LEAST), sizes(atoms)
    wholes = {(COMPANY, level): {cell for cell in of if cell[0] == level} for level in ("parent", "owner")}
    for account, parent, *_ in atoms:
        wholes.setdefault((("parent", parent), "account"), set()).add(("account", account))
    for (whole, _), parts in wholes.items():
        left = sum(of[cell] for cell in parts & hidden)
        assert whole in hidden or left == 0 or left >= LEAST


@settings(max_examples=100, deadline=None)
@given(companies(), st.sets(st.sampled_from(["a0", "a1", "a2"])))
def test_what_is_withheld_besides_stays_withheld(atoms: list[Atom], accounts: set[str]) -> None:
    besides = {("account", account) for account in accounts}
    hidden = withheld(atoms, LEAST, besides)
    assert besides & cells(atoms).keys() <= hidden
    assert worked_out(atoms, hidden) == set()


def test_leaving_out_the_small_ones_alone_gives_them_away() -> None:
    small = {cell for cell, n in sizes(ACROSS).items() if n < LEAST}
    assert small == {("account", "a1")}
    assert worked_out(ACROSS, small) == small
    beside = small | {("account", "a2")}
    assert worked_out(ACROSS, beside) == beside


def test_large_groups_are_all_shown() -> None:
    assert withheld([(f"a{n}", f"p{n // 2}", f"o{n % 3}", 5) for n in range(12)], LEAST) == set()


def test_the_smallest_sibling_of_the_same_owner_is_withheld_too() -> None:
    atoms = [("a1", "p1", "o1", 3), ("a2", "p1", "o1", 20), ("a3", "p1", "o2", 10), ("a4", "p2", "o2", 40)]
    assert withheld(atoms, LEAST) == {("account", "a1"), ("account", "a2")}


def test_nobody_is_no_group() -> None:
    assert withheld([("a1", "p1", "o1", 0), ("a2", "p1", "o1", 9)], LEAST) == set()
