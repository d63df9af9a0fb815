"""The bugs that well-known packages have, and the tests by which this project has not: a test bears its bug's number.

`test_b13_two_people_of_one_name_stay_two`, `b19_points_halve_…` (a dbt unit test) or `b7_every_….sql` (a singular one).
"""

import re

import pytest
from tree import ROOT, name, tracked

BUGS = {
    1: "views stand in the place of clicks",
    2: "a metric that is missing becomes 0",
    3: "the parts of a post do not add up to the post",
    4: "spellings of one address make a mixture of two people",
    5: "two contacts with one address both get its emails",
    6: "what a merged contact did is lost",
    7: "a kind of engagement is not counted",
    8: "confidence is 1 for whatever is connected, and one cluster moves another's",
    9: "the priority of sources is read and not heeded",
    10: "a rule can link nobody",
    11: "an id changes with a new member, and a long chain does not converge",
    12: "an id changes when a source is added",
    13: "people of one name are one",
    14: "distinct counts are summed",
    15: "a shared device's history moves to who came last",
    16: "an average stands beside NPS and is none",
    17: "no survey counts as the worst opinion",
    18: "what the company does raises the score",
    19: "points never decay and count once",
    20: "who bought once is alive for ever",
    21: "one refused metric fails the whole request",
    22: "nobody knows by which rule a session is engaged",
    23: "a reader sees nothing while the writer writes",
    24: "a nested field is dropped without a word",
}
# The mart, or the column of one, that the bug would be in: once it is there, so must be the test.
WAITING = {
    1: "social_post_days",
    3: "social_post_days",
    20: "customers.p_alive",
}
BEARS = re.compile(r"^(?:test_)?b(\d{1,2})_")


def bearing() -> dict[int, list[str]]:
    """The tests that bear a number: functions in Python, unit tests and singular tests of dbt."""
    found: dict[int, list[str]] = {}
    for path in tracked(".py", ".yml", ".sql"):
        where = name(path)
        if where.startswith("tests/") and path.name.startswith("test_") and path.suffix == ".py":
            names = re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
        elif where.startswith("dbt_project/models/") and "unit_tests" in path.name:
            names = re.findall(r"^  - name: (\w+)", path.read_text(), re.MULTILINE)
        elif where.startswith("dbt_project/tests/"):
            names = [path.stem]
        else:
            continue
        for test in names:
            if bears := BEARS.match(test):
                found.setdefault(int(bears[1]), []).append(test)
    return found


def is_there(what: str) -> bool:
    """Whether a mart, or a column of it, is declared."""
    mart, _, column = what.partition(".")
    declared = ROOT / "dbt_project" / "models" / "marts" / f"{mart}.yml"
    return declared.exists() and (not column or f"- name: {column}\n" in declared.read_text())


@pytest.mark.parametrize("number", sorted(BUGS.keys() - WAITING.keys()))
def test_a_known_bug_has_a_test_that_bears_its_number(number: int) -> None:
    assert bearing().get(number), BUGS[number]


@pytest.mark.parametrize("number", sorted(WAITING))
def test_a_bug_waits_only_for_what_is_not_there_yet(number: int) -> None:
    assert bearing().get(number) or not is_there(WAITING[number]), f"{WAITING[number]}: {BUGS[number]}"


def test_no_test_bears_a_number_that_no_bug_has() -> None:
    assert bearing().keys() <= BUGS.keys()
