"""The optional rule on invented people: who agrees in enough is one person, whose name alone agrees is not."""

import random

import pyarrow as pa
import pytest

from benchmarks.linkage import judge
from publishing.likely_people import FOUND, likely_people

FIRST = (
    "Ada",
    "Ben",
    "Cleo",
    "Dora",
    "Emil",
    "Finn",
    "Gita",
    "Hugo",
    "Ines",
    "Jonas",
    "Kira",
    "Liam",
    "Mona",
    "Nils",
    "Olga",
)
LAST = (
    "Abel",
    "Brandt",
    "Costa",
    "Dahl",
    "Farkas",
    "Hansen",
    "Jansen",
    "Keller",
    "Lopez",
    "Meyer",
    "Novak",
    "Petit",
    "Rossi",
)
AT_LEAST = 0.7


def misspelt(text: str, dice: random.Random) -> str:
    """With two letters swapped."""
    at = dice.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


@pytest.fixture(scope="module")
def crowd() -> pa.Table:
    """Three hundred people, every third twice: misspelt, or under another address."""
    dice, rows = random.Random(7), []  # noqa: S311 no secret
    for n in range(300):
        first, last = dice.choice(FIRST), dice.choice(LAST)
        email, phone = f"{first}.{last}{n}@post.example".lower(), f"49151{dice.randrange(10**7, 10**8)}"
        row = {
            "record": f"a{n}",
            "truth": str(n),
            "first_name": first,
            "last_name": last,
            "email": email,
            "phone": phone,
        }
        rows.append(row)
        if n % 3 == 0:
            changed = {"last_name": misspelt(last, dice)} if n % 2 else {"email": f"{first}{n}@work.example".lower()}
            rows.append(row | {"record": f"b{n}"} | changed)
    return pa.Table.from_pylist(rows)


def test_most_doubles_are_found_and_few_strangers_taken_for_one(crowd: pa.Table) -> None:
    score = judge(crowd, AT_LEAST)
    assert score.true == 100
    assert score.f1 >= 0.92, score


def test_the_same_records_in_any_order_give_the_same_answer(crowd: pa.Table) -> None:
    once = likely_people(crowd.drop_columns("truth"), AT_LEAST)
    again = likely_people(crowd.drop_columns("truth").take(list(reversed(range(len(crowd))))), AT_LEAST)
    assert once.equals(again)
    assert once.schema == FOUND


def test_a_link_carries_a_probability_that_is_enough(crowd: pa.Table) -> None:
    found = likely_people(crowd.drop_columns("truth"), AT_LEAST)
    assert len(found) > 150
    assert all(AT_LEAST <= row["probability"] <= 1 for row in found.to_pylist())


def test_b13_a_name_alone_makes_nobody_one_person(crowd: pa.Table) -> None:
    homonyms = [
        {"record": f"anna{n}", "first_name": "Anna", "last_name": "Smith", "email": email, "phone": phone}
        for n, (email, phone) in enumerate([("anna@x.example", "49301111111"), ("smith@other.example", "4479222222")])
    ]
    found = likely_people(pa.concat_tables([crowd.drop_columns("truth"), pa.Table.from_pylist(homonyms)]), AT_LEAST)
    assert {row["record"] for row in found.to_pylist()} & {"anna0", "anna1"} == set()


def test_nobody_is_linked_by_too_little() -> None:
    alone = pa.Table.from_pylist([{"record": n, "first_name": "Anna", "last_name": "Smith"} for n in ("1", "2")])
    assert likely_people(alone, AT_LEAST).equals(FOUND.empty_table())
