"""Mastodon and X in the models: whose act it was, when it was, and what a day that was cut short is worth."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.dbt.lake import Lake, at, digest, only
from tests.dbt.town import contact

TOLD = ("activities", "customer_identities", "data_coverage")
OWN, ANN, EVE = "1", "70", "80"
ANNS, EVES = digest("ann@fedi.example"), digest("eve@toots.example")


def told(number: int, kind: str, when: str, actor: str = ANN, **more: object) -> dict[str, object]:
    """A notification of Mastodon."""
    acct = {ANN: ANNS, EVE: EVES}.get(actor)
    row = {"notification_id": str(number), "type": kind, "actor_id": actor, "actor_acct_digest": acct}
    return {**row, "created_at": at(when), **more}


def user(number: str, **more: object) -> dict[str, object]:
    """Somebody who likes, reposts or follows on X."""
    return {"user_id": number, "user_handle_digest": digest(f"fan{number}"), **more}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Three days: Ann is in the CRM under both her handles, Eve is not."""
    root = tmp_path_factory.mktemp("crowd")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    ann = contact(1, "ann@x.example", mastodon_handle_digest=ANNS, x_handle_digest=digest("fan7"))
    lake.put("hubspot", "contacts", "2026-08-01", [ann])
    own = {"status_id": "s1", "account_id": OWN, "created_at": at("2026-08-01 08:00")}
    lake.put("mastodon", "statuses", "2026-08-01", [own])
    lake.put(
        "mastodon",
        "notifications",
        "2026-08-01",
        [
            told(1, "favourite", "2026-08-01 09:00", status_id="s1"),
            told(
                2, "mention", "2026-08-01 10:00", in_reply_to_account_id=OWN, in_reply_to_status_id="s1", status_id="r"
            ),
            told(3, "mention", "2026-08-01 11:00", actor=EVE, in_reply_to_account_id="99", status_id="m"),
            told(4, "reblog", "2026-08-01 12:00", actor=EVE, status_id="s1", is_actor_bot=True),
            told(5, "poll", "2026-08-01 13:00", actor=OWN, status_id="s1"),
        ],
    )
    posts = [
        {"post_id": "old", "author_id": OWN, "created_at": at("2026-07-20 08:00")},
        {"post_id": "new", "author_id": OWN, "created_at": at("2026-08-01 08:00")},
    ]
    lake.put("x", "posts", "2026-08-01", posts)
    lake.put("x", "likes", "2026-08-01", [user("7", post_id="old"), user("7", post_id="new")])
    lake.put("x", "likes", "2026-08-02", [user("7", post_id="new"), user("8", post_id="new")])
    lake.put("x", "reposts", "2026-08-02", [user("7", post_id="new")])
    for day, fans in (("2026-08-01", "7"), ("2026-08-02", "78")):
        followers = [{"follower_id": n, "follower_handle_digest": digest(f"fan{n}")} for n in fans]
        lake.put("x", "followers", day, followers)
    wrote = {"author_id": "7", "author_handle_digest": digest("fan7"), "created_at": at("2026-08-02 09:00")}
    lake.put(
        "x",
        "mentions",
        "2026-08-02",
        [
            {**wrote, "post_id": "a", "in_reply_to_user_id": OWN, "conversation_id": "new"},
            {**wrote, "post_id": "b", "in_reply_to_user_id": None},
            {**wrote, "post_id": "c", "author_id": OWN, "author_handle_digest": None},
            {**wrote, "post_id": "q"},
        ],
        left_out=["the vendor lists the newest 800 only"],
    )
    lake.put("x", "quotes", "2026-08-02", [{**wrote, "post_id": "q", "quoted_post_id": "new"}])
    lake.build("2026-08-03", *only(*TOLD))
    return lake


def acts(lake: Lake, source: str) -> list[tuple[object, ...]]:
    return lake.rows(
        "select activity, content_id, customer_id is not null, ts::varchar from marts.activities "
        f"where source_system = '{source}' order by ts, activity, content_id, customer_id"
    )


def test_an_act_on_mastodon_is_what_its_notification_says(crowd: Lake) -> None:
    assert acts(crowd, "mastodon") == [
        ("favourited_status", "s1", True, "2026-08-01 09:00:00"),
        ("replied_to_status", "s1", True, "2026-08-01 10:00:00"),
        ("mentioned_on_mastodon", None, False, "2026-08-01 11:00:00"),
        ("boosted_status", "s1", False, "2026-08-01 12:00:00"),
    ]


def test_a_bots_act_is_a_machines(crowd: Lake) -> None:
    found = crowd.rows(
        "select activity, machine_reason from intermediate.int_activity__events where machine_reason <> ''"
    )
    assert found == [("boosted_status", "bot_account")]


def test_an_act_on_x_is_dated_by_its_post_or_by_the_day_it_was_first_seen(crowd: Lake) -> None:
    found = acts(crowd, "x")
    assert [act for act in found if act[0] in ("liked_x_post", "reposted_x_post", "followed_on_x")] == [
        ("liked_x_post", "old", True, "2026-07-20 08:00:00"),
        ("liked_x_post", "new", True, "2026-08-01 08:00:00"),
        ("followed_on_x", None, False, "2026-08-02 00:00:00"),
        ("liked_x_post", "new", False, "2026-08-02 00:00:00"),
        ("reposted_x_post", "new", True, "2026-08-02 00:00:00"),
    ]


def test_a_post_is_an_answer_a_mention_or_a_quote_and_only_one_of_them(crowd: Lake) -> None:
    assert [act[:2] for act in acts(crowd, "x") if act[3] == "2026-08-02 09:00:00"] == [
        ("mentioned_on_x", None),
        ("quoted_x_post", "new"),
        ("replied_on_x", "new"),
    ]


def test_a_handle_in_the_crm_makes_an_account_a_customer_and_another_keeps_its_own_history(crowd: Lake) -> None:
    found = crowd.rows(
        "select identifier_type, identifier_value from marts.customer_identities "
        "where identifier_type in ('mastodon_account_id', 'x_user_id') order by 1"
    )
    assert found == [("mastodon_account_id", ANN), ("x_user_id", "7")]
    strangers = "select count(distinct anonymous_customer_id) from marts.activities where customer_id is null"
    assert crowd.rows(strangers) == [(2,)]


def test_a_day_that_was_cut_short_is_no_day_that_came(crowd: Lake) -> None:
    found = crowd.rows(
        "select entity, status, left_out, is_received from marts.data_coverage "
        "where source_system = 'x' and date_day = date '2026-08-02' and entity in ('mentions', 'quotes') order by 1"
    )
    assert found == [
        ("mentions", "incomplete", '["the vendor lists the newest 800 only"]', False),
        ("quotes", "received", None, True),
    ]


def test_reading_the_days_one_by_one_comes_to_the_same(crowd: Lake, tmp_path: Path) -> None:
    told_at_once = acts(crowd, "x"), acts(crowd, "mastodon")
    other = Lake(tmp_path / "lake", tmp_path / "warehouse.duckdb")
    for day, as_of in (("2026-08-01", "2026-08-02"), ("2026-08-02", "2026-08-03")):
        for part in (crowd.root / "raw").rglob(f"day={day}/part-0.parquet"):
            there = other.root / part.relative_to(crowd.root)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(part, there)
        other.changed = {date.fromisoformat(day)}
        other.build(as_of, *only("activities", "customer_identities"))
    assert (acts(other, "x"), acts(other, "mastodon")) == told_at_once


def test_the_seed_of_mapped_handles_names_the_networks_that_there_are() -> None:
    seed = Path(__file__).parents[2] / "dbt_project/seeds/handle_mapping.csv"
    with seed.open() as rows:
        assert {row["source_system"] for row in csv.DictReader(rows)} <= {"bluesky", "mastodon", "x"}
