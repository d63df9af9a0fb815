"""Fitted weights find what was planted, look at nothing held out, and are only proposed."""

import csv
import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest
from scipy.sparse import csr_array

from publishing.build import PROJECT
from publishing.dry_run import NothingBuilt
from publishing.score_fit import Proposal, propose
from publishing.weights import Observations, fit

FIRST, DAYS, CUSTOMERS = date(2026, 3, 1), 170, 500
MEANT, NOISE, REWARDED = "viewed_page", "liked_post", "referred_friend_for_reward"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Customers whose page views go with their orders and whose likes, worth twice as much, go with nothing."""
    chance = np.random.default_rng(7)
    lively = chance.normal(size=CUSTOMERS)
    views = chance.poisson(np.exp(0.9 * lively - 1.5)[:, None], (CUSTOMERS, DAYS))
    likes = chance.poisson(np.exp(chance.normal(size=CUSTOMERS) - 1)[:, None], (CUSTOMERS, DAYS))
    buys = (chance.random((CUSTOMERS, DAYS)) < (0.006 * np.exp(0.9 * lively))[:, None]).astype(int)
    path: Path = tmp_path_factory.mktemp("fit") / "warehouse.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("create schema intermediate")
        con.execute(
            "create table intermediate.int_day__customer_activities "
            "(customer_id text, activity text, n_human int, activity_date date)"
        )
        con.execute("create table intermediate.int_order__orders (customer_id text, ordered_date date)")
        for activity, found in ((MEANT, views), (NOISE, likes), (REWARDED, buys)):
            who, when = np.nonzero(found)
            con.register("found", {"who": who, "day": when, "n": found[who, when]})
            con.execute(
                f"insert into intermediate.int_day__customer_activities "
                f"select 'c' || who, '{activity}', n, date '{FIRST}' + day::int from found"
            )
        con.execute(
            f"insert into intermediate.int_order__orders select 'c' || who, date '{FIRST}' + day::int from found"
        )
        con.execute(
            "create table intermediate.int_validation__customers as "
            f"select 'c' || n as customer_id, date '{FIRST}' as first_seen_on from range({CUSTOMERS}) as all_of (n)"
        )
    return path


@pytest.fixture(scope="module")
def proposal(warehouse: Path) -> Proposal:
    """The weights fitted to them, with the files beside the warehouse."""
    return propose(warehouse, warehouse.parent / "out", "v2")


def test_what_goes_with_orders_gains_weight_and_beats_the_old_weights_on_what_was_held_out(proposal: Proposal) -> None:
    (views, likes) = (proposal.weights[name] for name in (MEANT, NOISE))
    assert views[1] > 3 * views[0]
    assert likes[1] < likes[0] / 3
    assert all(new > 0 for _, new in proposal.weights.values())
    assert 0.5 < proposal.test.old < proposal.test.new
    assert proposal.test.ahead_low > 0
    assert proposal.verdict == "better"


def test_what_scores_nothing_by_decision_is_not_fitted(proposal: Proposal) -> None:
    """A rewarded act would foretell best of all, being every order itself."""
    assert REWARDED not in proposal.weights


def test_the_seeds_are_written_beside_and_differ_in_weights_and_version_only(
    proposal: Proposal, warehouse: Path
) -> None:
    out = warehouse.parent / "out"
    assert sorted(file.name for file in out.iterdir()) == ["activity_types.csv", "back_test.json", "score_settings.csv"]
    for name, free in (("activity_types.csv", "weight"), ("score_settings.csv", "score_version")):
        ours, theirs = (
            list(csv.DictReader((folder / name).read_text().splitlines())) for folder in (PROJECT / "seeds", out)
        )
        assert [row | {free: ""} for row in ours] == [row | {free: ""} for row in theirs]
        assert ours != theirs
    assert json.loads((out / "back_test.json").read_text())["test"]["ahead"] == proposal.test.ahead
    assert "held out" in str(proposal)


def test_nothing_of_the_mondays_held_out_reaches_the_weights(
    proposal: Proposal, warehouse: Path, tmp_path: Path
) -> None:
    other = tmp_path / "warehouse.duckdb"
    shutil.copy(warehouse, other)
    assert proposal.fitted_to <= proposal.held_out[0]
    with duckdb.connect(str(other)) as con:
        con.execute(
            "update intermediate.int_order__orders set customer_id = 'c1' where ordered_date >= ?",
            [proposal.held_out[0]],
        )
        con.execute(
            "update intermediate.int_day__customer_activities set n_human = 1 where activity_date >= ?",
            [proposal.held_out[0]],
        )
    again = propose(other, tmp_path / "out", "v2")
    assert again.weights == proposal.weights
    assert again.strength == proposal.strength
    assert again.test != proposal.test


def test_where_orders_go_with_nothing_no_weights_are_better(warehouse: Path, tmp_path: Path) -> None:
    other = tmp_path / "warehouse.duckdb"
    shutil.copy(warehouse, other)
    with duckdb.connect(str(other)) as con:
        con.execute(
            "update intermediate.int_order__orders "
            f"set customer_id = 'c' || (hash(ordered_date, customer_id) % {CUSTOMERS})"
        )
    assert propose(other, tmp_path / "out", "v2").verdict == "no difference"


def test_without_history_enough_there_is_no_proposal(warehouse: Path, tmp_path: Path) -> None:
    with pytest.raises(NothingBuilt, match="build first"):
        propose(tmp_path / "nothing.duckdb", tmp_path / "out", "v2")
    other = tmp_path / "warehouse.duckdb"
    shutil.copy(warehouse, other)
    with duckdb.connect(str(other)) as con:
        for table, day in (("int_day__customer_activities", "activity_date"), ("int_order__orders", "ordered_date")):
            con.execute(f"delete from intermediate.{table} where {day} > date '{FIRST + timedelta(days=90)}'")
    with pytest.raises(ValueError, match="too little history"):
        propose(other, tmp_path / "out", "v2")
    assert not (tmp_path / "out").exists()


def test_the_rarer_an_act_the_less_it_moves_and_one_that_nobody_did_stays() -> None:
    """Whoever did the second or the third act bought: 2 of 20,000 rows the one, 200 the other; nobody the fourth."""
    n = 20_000
    chance = np.random.default_rng(11)
    points = np.zeros((n, 4))
    points[:, 0] = chance.poisson(1.0, n)
    points[:2, 1] = points[2:202, 2] = 1
    came = (chance.random(n) < 0.05 + 0.02 * points[:, 0]).astype(np.float64)
    came[:202] = 1
    seen = Observations(csr_array(points), came, np.zeros(n, np.int64), np.arange(n))
    old = np.array([3.0, 5.0, 5.0, 4.0])
    new = fit(seen, old, 0.001)
    assert 0 < new[1] - 5 < (new[2] - 5) / 5
    assert new[3] == 4
