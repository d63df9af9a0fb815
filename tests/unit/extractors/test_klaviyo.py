"""Klaviyo's quirks."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from extractors import landing
from extractors.errors import Busy, Changed, Refused
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.sources.klaviyo import SOURCE
from extractors.spec import Window
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import KEY

DAY = Window(date(2026, 8, 1), date(2026, 8, 2))
NOW = datetime(2026, 8, 2, 6, tzinfo=UTC)
MIDNIGHT = datetime(2026, 8, 1, tzinfo=UTC)
BOUND = re.compile(r"([a-z-]+)\((\w+),([^)]+)\)")
HOLDS = {
    "greater-than": datetime.__gt__,
    "greater-or-equal": datetime.__ge__,
    "less-than": datetime.__lt__,
}


def event(number: int, at: datetime, **properties: object) -> dict:
    attributes = {"datetime": at.isoformat(sep=" " if number % 2 else "T"), "event_properties": properties}
    linked = {"metric": {"data": {"type": "metric", "id": "M1"}}, "profile": {"data": {"type": "profile", "id": "P1"}}}
    return {"type": "event", "id": f"e{number}", "attributes": attributes, "relationships": linked}


def profile(number: int, at: datetime) -> dict:
    return {"type": "profile", "id": f"p{number:05d}", "attributes": {"updated": at.isoformat()}}


def vendor(records: list[dict], field: str, page: int = 1000):
    """Records by an instant, each bound taken to the letter; the next page is a whole URL."""

    def answer(call: Call) -> dict:
        bounds = BOUND.findall(call.params["filter"])
        assert {name for _, name, _ in bounds} == {field}
        found = [
            record
            for record in records
            if all(
                HOLDS[op](datetime.fromisoformat(record["attributes"][field]), datetime.fromisoformat(bound))
                for op, _, bound in bounds
            )
        ]
        found.sort(key=lambda record: (record["attributes"][field].replace(" ", "T"), record["id"]))
        start = int(call.params.get("page[cursor]", "0"))
        following = {**call.params, "page[cursor]": str(start + page)}
        link = f"http://{call.headers['Host']}{call.path}?{urlencode(following)}"
        return {"data": found[start : start + page], "links": {"next": link if start + page < len(found) else None}}

    return answer


def run(fake: Fake, lake: Path, name: str, window: Window = DAY, parallel: int | None = None) -> list[Receipt]:
    return extract(SOURCE, name, window, fake.account(), lake, KEY, now=NOW, parallel=parallel)


def rows(lake: Path, endpoint: str, *columns: str, day: date = date(2026, 8, 1)) -> list[dict]:
    return landing.read(lake, "klaviyo", endpoint, [day], list(columns)).to_pylist()


def test_every_call_is_signed_and_names_its_revision(tmp_path: Path) -> None:
    with serving(lambda _: {"data": [], "links": {"next": None}}) as fake:
        run(fake, tmp_path, "metrics")
    headers = fake.calls[0].headers
    assert headers["Authorization"] == "Klaviyo-API-Key canary-5ecret"
    assert headers["revision"] == "2026-07-15"
    assert headers["Accept"] == "application/vnd.api+json"


def test_bounds_that_leave_their_instant_out_lose_no_profile_of_the_first_second(tmp_path: Path) -> None:
    moments = [MIDNIGHT + timedelta(seconds=s) for s in (-2, -1, 0, 0.5, 86_399, 86_399.9, 86_400)]
    people = [profile(n, at) for n, at in enumerate(moments)]
    with serving(vendor(people, "updated")) as fake:
        done = run(fake, tmp_path, "profiles", Window(date(2026, 8, 1), date(2026, 8, 2)))
    assert [row["profile_id"] for row in rows(tmp_path, "profiles", "profile_id")] == [
        f"p{n:05d}" for n in (2, 3, 4, 5)
    ]
    assert {row["profile_id"] for row in rows(tmp_path, "profiles", "profile_id", day=date(2026, 7, 31))} == {
        "p00000",
        "p00001",
    }
    assert sum(receipt.rejected for receipt in done) == 0


def test_more_profiles_than_a_page_may_share_one_second(tmp_path: Path) -> None:
    people = [profile(n, MIDNIGHT + timedelta(hours=12)) for n in range(250)]
    with serving(vendor(people, "updated", page=100)) as fake:
        run(fake, tmp_path, "profiles", parallel=1)
    assert len({row["profile_id"] for row in rows(tmp_path, "profiles", "profile_id")}) == 250
    assert len(fake.calls) == 3


def test_an_event_that_lies_ahead_is_read_when_its_day_comes(tmp_path: Path) -> None:
    ahead = event(1, MIDNIGHT + timedelta(days=30))
    with serving(vendor([event(0, MIDNIGHT), ahead], "datetime")) as fake:
        run(fake, tmp_path, "events")
        assert [row["event_id"] for row in rows(tmp_path, "events", "event_id")] == ["e0"]
        later = Window(date(2026, 8, 31), date(2026, 9, 1))
        extract(SOURCE, "events", later, fake.account(), tmp_path, KEY, now=NOW + timedelta(days=30))
    assert [r["event_id"] for r in rows(tmp_path, "events", "event_id", day=date(2026, 8, 31))] == ["e1"]


def test_an_event_that_is_told_late_is_read_on_one_of_the_next_four_days(tmp_path: Path) -> None:
    told = [event(0, MIDNIGHT)]
    with serving(vendor(told, "datetime")) as fake:
        run(fake, tmp_path, "events")
        told.append(event(1, MIDNIGHT + timedelta(hours=3)))
        later = Window(date(2026, 8, 5), date(2026, 8, 6))
        extract(SOURCE, "events", later, fake.account(), tmp_path, KEY, now=NOW + timedelta(days=4))
    assert [row["event_id"] for row in rows(tmp_path, "events", "event_id")] == ["e0", "e1"]


def test_both_spellings_of_an_instant_and_the_flags_of_machines_are_read(tmp_path: Path) -> None:
    told = [
        event(0, MIDNIGHT, **{"Bot Click": True, "$message": "C1", "$value": 12.5}),
        event(1, MIDNIGHT + timedelta(seconds=1), **{"Apple Privacy Open": False, "Machine Open": "true"}),
    ]
    with serving(vendor(told, "datetime")) as fake:
        run(fake, tmp_path, "events")
    found = rows(tmp_path, "events", "is_bot_click", "is_apple_privacy_open", "is_machine_open", "happened_at", "value")
    flags = ("is_bot_click", "is_apple_privacy_open", "is_machine_open")
    assert [tuple(row[name] for name in flags) for row in found] == [(True, None, None), (None, False, True)]
    assert [row["happened_at"] for row in found] == [MIDNIGHT, MIDNIGHT + timedelta(seconds=1)]
    assert [str(row["value"]) for row in found] == ["12.5000", "None"]


def test_every_member_knows_which_list_it_was_read_from(tmp_path: Path) -> None:
    def answer(call: Call) -> dict:
        if call.path == "/api/lists":
            data = [{"type": "list", "id": name, "attributes": {}} for name in ("L1", "L2")]
        else:
            member = {"type": "profile", "attributes": {"joined_group_at": "2026-08-01T10:00:00+00:00"}}
            data = [{**member, "id": person} for person in ("P1", f"only {call.path.split('/')[3]}")]
        return {"data": data, "links": {"next": None}}

    with serving(answer) as fake:
        run(fake, tmp_path, "lists")
    found = {(row["list_id"], row["profile_id"]) for row in rows(tmp_path, "list_members", "list_id", "profile_id")}
    assert found == {("L1", "P1"), ("L1", "only L1"), ("L2", "P1"), ("L2", "only L2")}


def test_a_next_page_on_another_host_is_not_asked_for(tmp_path: Path) -> None:
    away = {"data": [], "links": {"next": "http://elsewhere.example/api/metrics?page[cursor]=x"}}
    with (
        serving(lambda _: away) as fake,
        pytest.raises(Changed, match="klaviyo metrics: the next page lies at another"),
    ):
        run(fake, tmp_path, "metrics")
    assert len(fake.calls) == 1


@pytest.mark.parametrize(
    ("status", "detail", "error", "said"),
    [
        (400, "Invalid cursor provided.", Busy, "the next run begins at the first page"),
        (400, "Invalid filter provided.", Changed, "does not take this call"),
        (401, "Missing or invalid private key.", Refused, "turns the credentials down"),
        (403, "Missing scope.", Refused, "refuses"),
        (410, "This revision has been retired.", Changed, "declare the version that replaces it"),
    ],
)
def test_a_failure_is_named_by_what_to_do(
    status: int, detail: str, error: type[Exception], said: str, tmp_path: Path
) -> None:
    body = {"errors": [{"id": "x", "status": status, "code": "invalid", "title": "No.", "detail": detail}]}
    with serving(lambda _: Reply(body, status)) as fake, pytest.raises(error, match=f"klaviyo metrics: .*{said}"):
        run(fake, tmp_path, "metrics")
    assert len(fake.calls) == 1


def test_a_storm_is_waited_out_as_the_vendor_says(tmp_path: Path) -> None:
    calm = {"data": [], "links": {"next": None}}
    answers = iter([Reply({"errors": []}, 429, {"Retry-After": "1"}), Reply(calm)])
    started = datetime.now(UTC)
    with serving(lambda _: next(answers)) as fake:
        run(fake, tmp_path, "metrics")
    assert datetime.now(UTC) - started >= timedelta(seconds=1)


def test_each_endpoint_keeps_both_of_its_windows() -> None:
    rates = {endpoint.name: endpoint.rate for endpoint in SOURCE.endpoints if endpoint.rate}
    assert (rates["events"].calls, rates["events"].also) == (350, ((3500, 60.0),))
    assert (rates["profiles"].calls, rates["profiles"].also) == (75, ((750, 60.0),))
    assert rates["email_campaigns"].name == rates["push_campaigns_archived"].name == "campaigns"


def test_the_link_of_a_page_is_asked_for_as_it_stands(tmp_path: Path) -> None:
    with serving(vendor([event(n, MIDNIGHT) for n in range(3)], "datetime", page=2)) as fake:
        run(fake, tmp_path, "events", parallel=1)
    first, second = (call.params for call in fake.calls)
    assert second == {**first, "page[cursor]": "2"}
    assert dict(parse_qsl(urlsplit("?" + urlencode(first)).query))["include"] == "profile,metric"
