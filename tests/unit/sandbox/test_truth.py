"""The truth agrees with what the vendors' systems hold."""

from datetime import date

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from sandbox.__main__ import main
from sandbox.chance import DAY
from sandbox.city import behaviour
from sandbox.truth import tables
from sandbox.world import build, instant

NOW = instant("2026-09-04T06:00:00Z")


@pytest.fixture(scope="module")
def world():
    return build(seed=7, count=500, first=date(2026, 7, 3), now=NOW)


@pytest.fixture(scope="module")
def told(world):
    return tables(world, NOW)


def test_the_command_writes_every_table(tmp_path, capsys):
    main(["truth", "--out", str(tmp_path), "--people", "60", "--now", "2026-07-20T06:00:00Z"])
    written = sorted(path.stem for path in tmp_path.iterdir())
    assert written == [
        *("consents", "content_views", "effect", "identifiers", "machine_events"),
        *("moods", "people", "purchases", "sessions"),
    ]
    assert len(capsys.readouterr().out.splitlines()) == len(written)
    assert pq.read_table(tmp_path / "people.parquet").num_rows == 60


def test_an_identifier_is_shared_exactly_if_several_people_stand_behind_it(told):
    rows = told["identifiers"].to_pylist()
    people = {}
    for row in rows:
        people.setdefault((row["identifier_type"], row["identifier_value"]), set()).add(row["person_id"])
    assert any(row["is_shared"] for row in rows)
    for row in rows:
        assert row["is_shared"] == (len(people[row["identifier_type"], row["identifier_value"]]) > 1)


def test_every_living_contact_has_its_person(world, told):
    kept = world.objects["contacts"]
    known = {
        r["identifier_value"] for r in told["identifiers"].to_pylist() if r["identifier_type"] == "hubspot_contact_id"
    }
    assert {str(i) for i in kept.ids[kept.as_of(NOW)]} <= known


def test_a_cookie_that_never_signed_in_is_not_linkable(told):
    cookies = [r for r in told["identifiers"].to_pylist() if r["identifier_type"] == "matomo_visitor_id"]
    assert {r["is_linkable"] for r in cookies} == {True, False}


def test_purchases_are_won_deals_of_the_crm_counted_once(world, told):
    kept = world.objects["deals"]
    won = {
        row["order_number"]
        for row in kept.rows(kept.as_of(NOW), ["order_number", "hs_is_closed_won"])
        if row["hs_is_closed_won"] == "true"
    }
    numbers = told["purchases"]["order_number"].to_pylist()
    assert set(numbers) == won
    assert len(numbers) == len(set(numbers)) > 20


def test_sessions_hold_every_visit_and_some_hold_two(told):
    sessions = told["sessions"]
    assert len(set(sessions["visit_id"].to_pylist())) == sessions.num_rows
    assert 0 < sessions.num_rows - len(set(sessions["session_id"].to_pylist())) < 50


def test_noise_makes_people_harder_to_tell_apart_and_one_is_the_usual_city(world, told):
    noisy = build(seed=7, count=500, first=date(2026, 7, 3), now=NOW, noise=2)
    assert (
        pc.sum(tables(noisy, NOW)["identifiers"]["is_shared"]).as_py()
        > 1.5 * pc.sum(told["identifiers"]["is_shared"]).as_py()
    )
    assert noisy.people.has_scanner.sum() > 1.5 * world.people.has_scanner.sum()
    assert noisy.people.in_crm.tolist() == world.people.in_crm.tolist()


def test_who_left_a_list_said_so_last_and_a_bounce_says_nothing(told):
    said = {(r["list_id"], r["member_id"]): r["is_granted"] for r in told["consents"].sort_by("stated_at").to_pylist()}
    assert 0 < sum(not granted for granted in said.values()) < len(said) / 4


def test_nothing_of_the_future_is_true_yet(told):
    for name, column in (("machine_events", "acted_at"), ("sessions", "started_at"), ("purchases", "closed_at")):
        assert pc.max(told[name][column]).cast("int64").as_py() <= NOW
    assert pc.max(told["sessions"]["started_at"]).cast("int64").as_py() > NOW - DAY


def test_the_strength_of_the_effect_is_stated(told):
    assert set(told["effect"]["strength"].to_pylist()) == {behaviour.STRENGTH}
    assert told["effect"]["behaviour"].to_pylist() == list(behaviour.POINTS)
