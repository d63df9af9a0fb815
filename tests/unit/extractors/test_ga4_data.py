"""The GA4 Data API's quirks."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors import landing
from extractors.auth import Account
from extractors.errors import Busy, Changed, Refused
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.sources import ga4_data
from extractors.sources.ga4_data import SOURCE
from extractors.spec import Window
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import KEY

DAY = Window(date(2026, 8, 1), date(2026, 8, 2))
NOW = datetime(2026, 9, 1, tzinfo=UTC)
DAYS = ["2026-07-29", "2026-07-30", "2026-07-31", "2026-08-01"]


def row(day: str, channel: str, *numbers: int) -> dict:
    values = [channel, day.replace("-", "")]
    return {"dimensionValues": [{"value": v} for v in values], "metricValues": [{"value": str(n)} for n in numbers]}


def report(rows: list[dict], call: Call, **metadata: object) -> dict:
    at, size = int(call.json["offset"]), int(call.json["limit"])
    some = rows[at : at + size]
    about = {"timeZone": "Etc/UTC", "currencyCode": "EUR", **metadata}
    return {"kind": ga4_data.KIND, "metadata": about} | ({"rows": some, "rowCount": len(rows)} if rows else {})


def of_channels(*channels: str, **metadata: object):  # type: ignore[no-untyped-def]
    """A property with these channels on every day."""

    def answer(call: Call) -> dict:
        day = call.json["dateRanges"][0]["startDate"]
        return report([row(day, channel, 4, 3, 2, 1) for channel in channels], call, **metadata)

    return answer


def run(fake: Fake, lake: Path, window: Window = DAY) -> list[Receipt]:
    return extract(SOURCE, "reports", window, fake.account(property="314"), lake, KEY, now=NOW)


def test_each_day_is_one_report_and_three_days_before_are_read_again_as_provisional(tmp_path: Path) -> None:
    with serving(of_channels("Direct", "Email")) as fake:
        done = run(fake, tmp_path)
    asked = sorted((c.method, c.path, c.json["dateRanges"][0]["startDate"]) for c in fake.calls)
    assert asked == [("POST", "/v1beta/properties/314:runReport", day) for day in DAYS]
    assert [(r.day, r.rows, r.is_provisional) for r in done] == [(d, 2, d > DAYS[0]) for d in DAYS]


def test_what_google_says_of_a_report_stands_beside_each_of_its_rows(tmp_path: Path) -> None:
    sampled = [{"samplesReadCount": "5", "samplingSpaceSize": "7"}]
    with serving(of_channels("Direct", subjectToThresholding=True, samplingMetadatas=sampled)) as fake:
        run(fake, tmp_path)
    [found] = landing.read(tmp_path, "ga4_data", "reports", DAY.days, None).drop_columns(["_seq"]).to_pylist()
    assert found == {
        "default_channel_group": "Direct",
        "time_zone": "Etc/UTC",
        "currency": "EUR",
        "session_count": 4,
        "engaged_session_count": 3,
        "active_user_count": 2,
        "event_count": 1,
        "has_other_row": None,
        "is_thresholded": True,
        "samples": [{"read_count": 5, "space_size": 7}],
        "day_at": datetime(2026, 8, 1, tzinfo=UTC),
        "day_at_raw": "20260801",
    }


@pytest.mark.parametrize("count", [0, 2, 3, 4, 6])
def test_offset_and_limit_are_texts_and_the_row_count_ends_the_walk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(ga4_data, "PAGE", 3)
    with serving(of_channels(*(f"Channel {n}" for n in range(count)))) as fake:
        assert [r.rows for r in run(fake, tmp_path)] == [count] * 4
    assert {(c.json["offset"], c.json["limit"]) for c in fake.calls} == {(str(n), "3") for n in range(0, count or 1, 3)}


def test_a_report_of_another_day_is_noticed(tmp_path: Path) -> None:
    def answer(call: Call) -> dict:
        return report([row("2026-07-30", "Direct", 4, 3, 2, 1)], call)

    with serving(answer) as fake, pytest.raises(Changed, match="ring"):
        run(fake, tmp_path)


def test_a_page_that_comes_twice_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ga4_data, "PAGE", 1)

    def answer(call: Call) -> dict:
        day = call.json["dateRanges"][0]["startDate"]
        return {**report([row(day, "Direct", 4, 3, 2, 1)], call), "rowCount": 2} | {
            "rows": [row(day, "Direct", 4, 3, 2, 1)]
        }

    with serving(answer) as fake, pytest.raises(Changed, match="page 2 is page 1 again"):
        run(fake, tmp_path)


@pytest.mark.parametrize("body", [{}, {"rows": []}, {"kind": "analyticsData#batchRunReports"}])
def test_an_answer_that_is_no_report_is_no_empty_day(tmp_path: Path, body: dict) -> None:
    with serving(lambda _: body) as fake, pytest.raises(Changed, match="ga4_data reports"):
        run(fake, tmp_path)
    assert landing.receipts(tmp_path) == []


def test_a_row_that_does_not_fit_is_named_and_costs_no_other_day(tmp_path: Path) -> None:
    def answer(call: Call) -> dict:
        day = call.json["dateRanges"][0]["startDate"]
        return report([row(day, "Direct", 4, 3, 2, 1), row(day, "Email", 4)], call)

    with serving(answer) as fake, pytest.raises(Changed, match="none of 1 records fits"):
        run(fake, tmp_path)
    assert landing.receipts(tmp_path) == []


def quota(message: str) -> Reply:
    return Reply({"error": {"code": 429, "message": message, "status": "RESOURCE_EXHAUSTED"}}, 429)


@pytest.mark.parametrize(
    ("message", "after"),
    [
        ("Exhausted property tokens per day. These quota tokens will return in under 24 hours.", None),
        ("Exhausted property tokens for a project per hour. These quota tokens will return in under an hour.", 3600.0),
    ],
)
def test_a_quota_of_hours_is_waited_for_outside_the_run(tmp_path: Path, message: str, after: float | None) -> None:
    with serving(lambda _: quota(message)) as fake, pytest.raises(Busy) as busy:
        run(fake, tmp_path, DAY)
    assert (busy.value.retry_after, len(fake.calls) <= 4) == (after, True)


def test_too_many_calls_at_once_pass_after_a_moment(tmp_path: Path) -> None:
    turns = iter([quota("Exhausted concurrent requests quota.")])
    answer = of_channels("Direct")
    with serving(lambda call: next(turns, None) or answer(call)) as fake:
        assert sum(r.rows for r in run(fake, tmp_path)) == 4


def test_a_spent_token_is_replaced_by_oauth_at_the_token_service(tmp_path: Path) -> None:
    answer = of_channels("Direct")

    def vendor(call: Call) -> Reply | dict:
        if call.headers["Authorization"] != "Bearer new":
            return Reply({"error": {"code": 401, "status": "UNAUTHENTICATED"}}, 401)
        return answer(call)

    with serving(lambda _: {"access_token": "new", "expires_in": 3599}) as tokens, serving(vendor) as fake:
        secrets = {"refresh_token": "r", "client_id": "i", "client_secret": "s", "token": "old"}
        account = Account(fake.base, secrets, {"property": "314", "token_url": f"{tokens.base}/token"}, 1e6)
        extract(SOURCE, "reports", DAY, account, tmp_path, KEY, now=NOW)
    assert [(c.path, c.body) for c in tokens.calls] == [
        ("/token", b"grant_type=refresh_token&client_id=i&client_secret=s&refresh_token=r")
    ]


@pytest.mark.parametrize("status", [401, 403])
def test_who_may_not_read_the_property_is_refused(tmp_path: Path, status: int) -> None:
    with serving(lambda _: Reply({"error": {"code": status}}, status)) as fake, pytest.raises(Refused):
        run(fake, tmp_path)


def test_the_property_must_be_named() -> None:
    with pytest.raises(Refused, match="property"):
        extract(SOURCE, "reports", DAY, Account("http://127.0.0.1:9", {"token": "t"}), Path("/nowhere"), KEY, now=NOW)
