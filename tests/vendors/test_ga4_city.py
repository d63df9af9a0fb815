"""The city's site as GA4 exports it, beside its CRM: who it was, what they did, and what Google itself counted."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from extractors.auth import Account
from extractors.catalog import catalog
from extractors.run import extract
from extractors.spec import Window
from sandbox import ga4_export, site
from sandbox.ga4_events import client_id, has_consent, is_late
from sandbox.server import Sandbox, serve_in_thread
from sandbox.world import World, build, instant
from tests.dbt.lake import Lake

FIRST, END = date(2026, 8, 1), date(2026, 8, 13)
NOW = instant("2026-08-13T06:00:00Z")
KEY = b"a key for tests"


@pytest.fixture(scope="module")
def world() -> World:
    return build(7, 250, FIRST, NOW)


def read(world: World, lake: Lake, root: Path, window: Window) -> None:
    """Contacts, the export and Google's reports of some days, as of the morning after."""
    now = instant(f"{window.end}T06:00:00Z")
    ga4_export.write(world, now, root / "export")
    server, stop = serve_in_thread(Sandbox(world, now, FIRST, 1000.0))
    base = f"http://127.0.0.1:{server.server_port}"
    asked = (
        ("hubspot", "contacts", Account(f"{base}/hubspot", {"token": "sandbox-hubspot-token"}, {}, 1000.0)),
        ("ga4", "events", Account(str(root / "export"))),
        ("ga4_data", "reports", Account(f"{base}/ga4_data", {"token": "sandbox-ga4-token"}, {"property": "314159"})),
    )
    try:
        for vendor, name, account in asked:
            source, at = catalog()[vendor], datetime(2026, 8, 14, tzinfo=UTC)
            for receipt in extract(source, name, window, account, str(lake.root), KEY, now=at):
                lake.changed.add(receipt.date)
    finally:
        stop()


@pytest.fixture(scope="module")
def city(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """All days at once."""
    root: Path = tmp_path_factory.mktemp("ga4")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    read(world, lake, root, Window(FIRST, END))
    told = [row | {"published_at": datetime.fromisoformat(row["published_at"])} for row in site.pages(world.start)]
    lake.put("files", "content", FIRST.isoformat(), told)
    lake.build(END.isoformat(), everything=True)
    yield lake


def test_who_read_a_page_to_its_end_is_what_the_city_says(city: Lake, world: World) -> None:
    truth = {
        (row["ga4_client_id"], row["started_at"].replace(tzinfo=None), row["content_id"]): row
        for row in site.views(world, instant(f"{END}T00:00:00Z")).to_pylist()
        if row["is_told"]
    }
    found = city.rows(
        "select events.client_id, events.event_at, views.content_id, views.engaged_time_in_s, views.is_read_complete"
        " from marts.content_views as views"
        " inner join intermediate.int_activity__events as acts on views.view_id = acts.activity_id"
        " inner join staging.stg_ga4__events as events on acts.source_record_id = 'ga4/events/' || events.event_id"
    )
    pairs = [(row, truth[key]) for *key_of, row in ((*r[:3], r) for r in found) if (key := tuple(key_of)) in truth]
    assert len(pairs) >= 0.97 * len(truth) > 100
    timed = [row[3] == pytest.approx(true["engaged_time_in_s"], abs=1) for row, true in pairs]
    assert sum(timed) >= 0.97 * len(timed)
    read = [row[4] == true["is_read_complete"] for row, true in pairs if true["word_count"]]
    assert sum(read) >= 0.97 * len(read)
    assert {true["is_read_complete"] for _, true in pairs} == {True, False}
    assert {row[4] for row, true in pairs if not true["word_count"]} == {None}


def test_every_act_with_consent_is_in_the_spine_once(city: Lake, world: World) -> None:
    web, low, high = world.web, ga4_export.begins(FIRST, "UTC"), ga4_export.begins(END, "UTC")
    late = ga4_export.begins(END - timedelta(days=2), "UTC")
    rows = [r for r in range(len(web.person)) if low <= web.started_at[r] < high and has_consent(world, r)]
    told = sum(
        low <= at < high and not (is_late(r) and at >= late)
        for r in rows
        for at in web.acted_at[web.offset[r] : web.offset[r + 1]].tolist()
    )
    found = city.rows(
        "select count(*) from marts.activities where source_system = 'ga4' and activity <> 'scrolled_page'"
        " and coalesce(customer_id, anonymous_customer_id) is not null"
    )
    assert found == [(told,)]
    assert told > 200


def test_a_device_is_known_by_whoever_signed_in_on_it_and_before(city: Lake, world: World) -> None:
    people = defaultdict(set)
    for row in range(len(world.web.person)):
        if world.web.started_at[row] < NOW and has_consent(world, row) and not is_late(row):
            people[client_id(world, row)].add(int(world.web.person[row]))
    known = dict(
        city.rows(
            "select identifier_value, max(customer_id) from marts.customer_identities"
            " where identifier_type = 'ga4_client_id' group by identifier_value having count(distinct customer_id) = 1"
        )
    )
    users = dict(
        city.rows(
            "select identifier_value, customer_id from marts.customer_identities where identifier_type = 'site_user_id'"
        )
    )
    of_one = [(client, whose) for client, (whose, *others) in ((c, tuple(p)) for c, p in people.items()) if not others]
    right = [known[client] == users[world.people.user_id[who]] for client, who in of_one if client in known]
    assert len(right) > 10
    assert all(right)
    unsigned = "select count(*) from intermediate.int_activity__events where identifier_type = 'ga4_client_id'"
    assert city.rows(f"{unsigned} and customer_id is not null")[0][0] > 0


def test_sessions_are_ga4s_own_but_for_what_identity_joins(city: Lake) -> None:
    [(sessions,)] = city.rows("select count(*) from marts.sessions where source_system = 'ga4'")
    [(theirs,)] = city.rows(
        "select count(distinct ga4_session_id) from staging.stg_ga4__events where client_id is not null"
    )
    assert abs(sessions - theirs) <= 0.03 * theirs
    timed = city.rows("select sum(engaged_time_in_s) from marts.sessions where source_system = 'ga4'")[0][0]
    told = city.rows(
        "select sum(engagement_time_in_ms) / 1000 from staging.stg_ga4__events where ga4_session_id is not null"
    )[0][0]
    assert timed == pytest.approx(told, rel=0.001)


def test_google_and_the_export_agree_where_google_withholds_nothing(city: Lake) -> None:
    compared = city.rows(
        "select explanation, is_within_tolerance, exported_session_count - reported_session_count"
        " from intermediate.int_reconciliation__ga4_sessions"
    )
    assert {explanation for explanation, _, _ in compared} == {None, "thresholded", "provisional"}
    assert all(difference == 0 for explanation, _, difference in compared if explanation is None)
    assert all(is_within for _, is_within, _ in compared)


def test_provisional_days_are_told_as_such(city: Lake) -> None:
    days = city.rows(
        "select date_day::varchar from marts.data_coverage where source_system = 'ga4' and is_provisional order by 1"
    )
    assert days == [("2026-08-10",), ("2026-08-11",), ("2026-08-12",)]


def test_day_by_day_is_the_same_as_all_at_once(city: Lake, world: World, tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake", tmp_path / "warehouse.duckdb")
    read(world, lake, tmp_path, Window(FIRST, END - timedelta(days=2)))
    lake.build((END - timedelta(days=2)).isoformat())
    for day in (END - timedelta(days=1), END):
        read(world, lake, tmp_path, Window(day - timedelta(days=1), day))
        lake.build(day.isoformat())
    for table in ("activities", "sessions", "customer_days"):
        with duckdb.connect(str(city.warehouse)) as whole:
            whole.execute(f"attach '{lake.warehouse}' as daily (read_only)")
            same = f"from marts.{table} except all from daily.marts.{table}"
            back = f"from daily.marts.{table} except all from marts.{table}"
            assert whole.execute(f"select count(*) from ({same})").fetchone() == (0,), table
            assert whole.execute(f"select count(*) from ({back})").fetchone() == (0,), table
