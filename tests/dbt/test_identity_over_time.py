"""Who stays who: the same town over three days, with a merge, a repetition, a refresh and a split."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.dbt.lake import Lake, digest, only
from tests.dbt.town import AS_OF_1, AS_OF_2, AS_OF_3, DAY_2, DAY_3, contact, fill_first_day, fill_second_day, member_id

TOLD = (
    *("customer_identities", "identity_changes", "restatements", "lifecycle_transitions"),
    "int_identity__changed_customers",
)


@dataclass
class Moment:
    """What the warehouse said after a build."""

    identities: list[tuple[Any, ...]]
    changes: list[tuple[Any, ...]]
    changed: set[str]
    restatements: list[tuple[Any, ...]]
    departures: list[tuple[Any, ...]]

    def customer(self, value: str) -> str | None:
        """Whom an identifier stood for."""
        return next((row[0] for row in self.identities if row[2] == value), None)


def told(lake: Lake, as_of: str) -> Moment:
    """What the warehouse says now, and what the build of that day changed."""
    return Moment(
        lake.rows("select * from marts.customer_identities order by all"),
        lake.rows(
            "select change_type, from_customer_id, to_customer_id, evidence "
            "from marts.identity_changes where as_of = cast(? as date) order by all",
            as_of,
        ),
        {row[0] for row in lake.rows("select customer_id from intermediate.int_identity__changed_customers")},
        lake.rows("select * from marts.restatements order by all"),
        lake.rows(
            "select customer_id, model, to_stage, exit_reason, exited_at::varchar from marts.lifecycle_transitions "
            "where exit_reason in ('merge', 'erase') order by all"
        ),
    )


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Moment]:
    """Three days, one after the other; the second built again, and again from nothing."""
    root = tmp_path_factory.mktemp("story")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    moments = {}
    fill_first_day(lake)
    needed = only(*TOLD)
    lake.build(AS_OF_1, *needed)
    moments["first"] = told(lake, AS_OF_1)
    fill_second_day(lake)
    part = ("--select", "+int_identity__changed_customers")
    assert lake.dbt("run", AS_OF_2, *part, touched=[DAY_2]).success
    moments["broken off"] = told(lake, AS_OF_2)
    lake.build(AS_OF_2, *needed)
    moments["second"] = told(lake, AS_OF_2)
    lake.build(AS_OF_2, *needed)
    moments["again"] = told(lake, AS_OF_2)
    lake.build(AS_OF_2, *needed, "--full-refresh", everything=True)
    moments["refreshed"] = told(lake, AS_OF_2)
    lake.put("hubspot", "contacts", DAY_3, [contact(40, "forty@x.example", DAY_3)])
    lake.build(AS_OF_3, *needed)
    moments["third"] = told(lake, AS_OF_3)
    return moments


BOB, ZOE = member_id("bob@x.example"), member_id("zoe@x.example")


def test_everyone_is_new_on_the_first_day(story: dict[str, Moment]) -> None:
    first = story["first"]
    assert {change[0] for change in first.changes} == {"NEW"}
    assert {change[2] for change in first.changes} == {row[0] for row in first.identities} == first.changed


def test_a_bridge_makes_one_merge_and_the_old_id_still_leads_on(story: dict[str, Moment]) -> None:
    bob, zoe = story["first"].customer(BOB), story["first"].customer(ZOE)
    second = story["second"]
    assert bob != zoe
    assert second.customer(BOB) == second.customer(ZOE) == second.customer(str(zoe)) == bob
    assert second.changes == [("MERGED", zoe, bob, "contact_email on hubspot_contact_id 40")]
    assert second.changed == {bob, zoe, story["first"].customer("u1")}


def test_who_was_merged_leaves_the_stages_on_that_day_and_the_log_of_it_stays(story: dict[str, Moment]) -> None:
    zoe = story["first"].customer(ZOE)
    assert story["first"].departures == []
    merged = [row for row in story["second"].departures if row[0] == zoe]
    assert merged == [(zoe, "stage4", "building_relationship", "merge", f"{AS_OF_2} 00:00:00")]
    assert story["again"].departures == story["refreshed"].departures == story["second"].departures
    assert merged[0] in story["third"].departures


def test_b12_nobody_else_gets_another_id(story: dict[str, Moment]) -> None:
    moved = set(story["first"].identities) - set(story["second"].identities)
    assert {row[2] for row in moved} == {ZOE, digest("zoe@x.example")}


def test_b8_the_confidence_of_others_does_not_move(story: dict[str, Moment]) -> None:
    first, second = ({row[2]: row[5] for row in story[day].identities} for day in ("first", "second"))
    others = first.keys() - {ZOE, digest("zoe@x.example")}
    assert len(others) > 100
    assert {value for value in others if first[value] != second[value]} == set()


def test_the_same_day_again_changes_nothing(story: dict[str, Moment]) -> None:
    assert story["again"].identities == story["second"].identities
    assert story["again"].changes == story["second"].changes
    assert story["again"].changed == set()


def test_a_full_refresh_changes_nothing(story: dict[str, Moment]) -> None:
    assert story["refreshed"].identities == story["second"].identities
    assert story["refreshed"].changes == story["second"].changes


def test_the_same_day_again_and_a_full_refresh_keep_the_restatements(story: dict[str, Moment]) -> None:
    assert story["again"].restatements == story["second"].restatements
    assert story["refreshed"].restatements == story["second"].restatements
    assert set(story["third"].restatements) >= set(story["second"].restatements)


def test_a_build_that_broke_off_forgets_no_change(story: dict[str, Moment]) -> None:
    assert story["broken off"].changed == story["second"].changed != set()


def test_a_link_that_goes_splits_and_no_id_comes_back_with_another_meaning(story: dict[str, Moment]) -> None:
    bob, zoe = story["first"].customer(BOB), story["first"].customer(ZOE)
    third = story["third"]
    assert third.customer(BOB) == bob
    assert len({third.customer(BOB), third.customer(ZOE), third.customer("40"), zoe}) == 4
    assert sorted(third.changes) == sorted(
        [("SPLIT", bob, third.customer(ZOE), None), ("SPLIT", bob, third.customer("40"), None)]
    )
