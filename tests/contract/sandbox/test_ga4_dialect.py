"""GA4: the export's files, and the Data API's reports beside them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from sandbox.ga4_events import events, has_consent
from sandbox.ga4_export import begins, write
from sandbox.world import instant

DAY = date(2026, 8, 10)
RUN = "/v1beta/properties/314159:runReport"


def body(first=DAY, last=DAY, **more):
    return {
        "dateRanges": [{"startDate": first.isoformat(), "endDate": last.isoformat()}],
        "dimensions": [{"name": "sessionDefaultChannelGroup"}, {"name": "date"}],
        "metrics": [{"name": n} for n in ("sessions", "engagedSessions", "activeUsers", "eventCount")],
        **more,
    }


@pytest.fixture(scope="module")
def export(world, tmp_path_factory):
    """The export as of the morning of the 14th, from the 8th on."""
    folder = tmp_path_factory.mktemp("export")
    write(world, instant("2026-08-14T06:00:00Z"), folder, first=date(2026, 8, 8))
    return folder


def rows(folder, day):
    return pq.read_table(folder / f"events_{day:%Y%m%d}.parquet").to_pylist()


def value(event, key):
    [found] = [p["value"] for p in event["event_params"] if p["key"] == key] or [{}]
    return next((v for v in found.values() if v is not None), None)


def test_there_is_a_file_for_every_day_that_is_over_for_five_hours(world, export, tmp_path):
    assert [f.name for f in sorted(export.iterdir())] == [f"events_202608{n:02d}.parquet" for n in range(8, 14)]
    write(world, instant("2026-08-14T04:59:00Z"), tmp_path, first=date(2026, 8, 12))
    assert [f.name for f in tmp_path.iterdir()] == ["events_20260812.parquet"]


def test_the_same_instant_gives_the_same_bytes_and_late_devices_make_an_older_day_grow(world, export, tmp_path):
    write(world, instant("2026-08-14T06:00:00Z"), tmp_path / "again", first=date(2026, 8, 8))
    assert [f.read_bytes() for f in sorted(export.iterdir())] == [
        f.read_bytes() for f in sorted((tmp_path / "again").iterdir())
    ]
    write(world, instant("2026-08-20T06:00:00Z"), tmp_path / "later", first=date(2026, 8, 8))
    days = [date(2026, 8, n) for n in range(8, 14)]
    grown = [len(rows(tmp_path / "later", day)) - len(rows(export, day)) for day in days]
    assert grown[:4] == [0, 0, 0, 0]
    assert min(grown[4:]) > 0


def test_every_act_of_the_city_is_an_event_of_its_day(world, export):
    low, high = (begins(day, "UTC") for day in (DAY, DAY + timedelta(days=1)))
    expected = sum(1 for at in world.web.acted_at.tolist() if low <= at < high)
    told = ("session_start", "first_visit", "user_engagement", "scroll")
    assert len([r for r in rows(export, DAY) if r["event_name"] not in told]) == expected > 20
    assert {r["event_date"] for r in rows(export, DAY)} == {"20260810"}


def test_a_property_elsewhere_has_its_own_days(world, tmp_path):
    write(world, instant("2026-08-14T06:00:00Z"), tmp_path, "America/New_York", first=DAY)
    at = pq.read_table(tmp_path / "events_20260810.parquet").column("event_timestamp")
    zone = ZoneInfo("America/New_York")
    assert pc.min(at).as_py() >= begins(DAY, zone.key) * 1000
    assert pc.max(at).as_py() < begins(DAY + timedelta(days=1), zone.key) * 1000


def test_a_session_goes_on_over_midnight_and_has_one_entrance(world):
    halves = [r for r in range(len(world.web.person)) if world.web.session[r] in world.web.session[:r][-200:]]
    row = next(r for r in halves if has_consent(world, r))
    first = int(list(world.web.session).index(world.web.session[row]))
    end = instant("2026-09-04T06:00:00Z")
    both = [e for r in (first, row) for _, e in events(world, r, end)]
    assert len({value(e, "ga_session_id") for e in both}) == 1
    assert [value(e, "entrances") for e in both].count(1) >= 1
    assert all(value(e, "entrances") is None for _, e in events(world, row, end))


def test_without_consent_an_event_names_neither_user_nor_session(export):
    found = [r for day in range(8, 14) for r in rows(export, date(2026, 8, day))]
    silent = [r for r in found if r["privacy_info"]["analytics_storage"] == "No"]
    assert silent
    assert all(r["user_id"] is None and r["user_pseudo_id"] is None for r in silent)
    assert all(value(r, "ga_session_id") is None for r in silent)
    assert any(r["user_id"] for r in found)


def test_the_report_counts_the_sessions_of_the_export_but_for_channels_too_small(caller, export):
    told = caller.ask("ga4_data", RUN, body()).json
    reported = {r["dimensionValues"][0]["value"]: int(r["metricValues"][0]["value"]) for r in told["rows"]}
    sessions = {}
    for row in rows(export, DAY):
        if row["user_pseudo_id"]:
            channel = row["session_traffic_source_last_click"]["cross_channel_campaign"]["default_channel_group"]
            sessions.setdefault(channel, set()).add((row["user_pseudo_id"], value(row, "ga_session_id")))
    exported = {channel: len(found) for channel, found in sessions.items()}
    assert reported.items() <= exported.items()
    assert told["metadata"].get("subjectToThresholding", False) == (reported.keys() < exported.keys())


def test_a_report_is_paged_by_limit_and_offset_and_says_how_many_rows_it_has(caller):
    whole = caller.ask("ga4_data", RUN, body(last=DAY + timedelta(days=3))).json
    parts = [
        caller.ask("ga4_data", RUN, body(last=DAY + timedelta(days=3), limit="5", offset=str(at))).json
        for at in range(0, whole["rowCount"], 5)
    ]
    assert [row for part in parts for row in part["rows"]] == whole["rows"]
    assert {part["rowCount"] for part in parts} == {len(whole["rows"])}


def test_an_empty_report_has_no_rows_at_all(caller):
    told = caller.ask("ga4_data", RUN, body(first=date(2026, 1, 1), last=date(2026, 1, 1))).json
    assert (told["kind"], "rows" in told, "rowCount" in told) == ("analyticsData#runReport", False, False)


def test_who_may_not_and_what_is_unknown_is_told_as_google_does(caller):
    def status(path=RUN, asked=None, **more):
        told = caller.ask("ga4_data", path, asked or body(), **more)
        return told.status, told.json["error"]["status"]

    assert status(headers={}) == (401, "UNAUTHENTICATED")
    assert status(RUN.replace("314159", "1")) == (403, "PERMISSION_DENIED")
    assert status(asked=body(nonsense=1)) == (400, "INVALID_ARGUMENT")
    assert status(asked=body(limit="many")) == (400, "INVALID_ARGUMENT")
    assert status("/v1beta/properties/314159:runPivotReport") == (404, "NOT_FOUND")


def test_a_refresh_token_gets_an_access_token(caller):
    good = caller.ask("ga4_data", "/token", b"grant_type=refresh_token&refresh_token=sandbox-ga4-refresh-token")
    assert (good.status, good.json["access_token"]) == (200, "sandbox-ga4-token")
    assert caller.ask("ga4_data", "/token", b"grant_type=refresh_token&refresh_token=x").status == 400


def test_more_calls_than_google_takes_at_once_are_too_many(paced):
    found = [paced.ask("ga4_data", RUN, body()) for _ in range(60)]
    assert {told.status for told in found} == {200, 429}
    assert found[-1].json["error"]["status"] == "RESOURCE_EXHAUSTED"
