"""docs/mission-coverage.csv says of every concept where it is computed, and by which test."""

import csv
from pathlib import Path

from publishing.concepts import CONCEPTS, COVERAGE, coverage


def test_the_table_is_what_the_models_say_and_claims_no_test_that_is_not_there() -> None:
    text, wrong = coverage()
    assert wrong == []
    assert COVERAGE.read_text() == text, "run `make derive`"


def test_every_concept_has_its_line_once() -> None:
    with CONCEPTS.open(newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    assert len(ids) == len(set(ids)) == 154


def test_a_concept_without_a_test_or_without_a_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "concepts.csv").write_text("id,concept,waits_for\nA,one,\nB,two,needs:forum\nC,three,\n")
    (tmp_path / "marts.yml").write_text(
        """
models:
  - name: customers
    config: {meta: {mission: [B]}}
    columns:
      - {name: score, config: {meta: {mission: [A, D]}}}
unit_tests:
  - {name: a_score_is_a_score, config: {meta: {mission: [B]}}}
"""
    )
    text, wrong = coverage(tmp_path / "concepts.csv", tmp_path)
    assert text.splitlines()[1:] == [
        "A,one,computed,customers.score,",
        "B,two,needs:forum,customers,a_score_is_a_score",
        "C,three,open,,",
    ]
    assert wrong == [
        "D is no concept of concepts.csv",
        "A has no unit test",
        "B is computed, so it waits for nothing",
    ]
