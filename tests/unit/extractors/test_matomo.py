"""Matomo's quirks."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors import landing
from extractors.errors import Changed, Refused
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.sources.matomo import SOURCE
from extractors.spec import Window
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import KEY

DAY = Window(date(2026, 8, 1), date(2026, 8, 2))
NOW = datetime(2026, 9, 1, tzinfo=UTC)
NOON = int(datetime(2026, 8, 1, 12, tzinfo=UTC).timestamp())


def visit(number: int, at: int = NOON, actions: int = 1) -> dict:
    details = [{"type": "action", "url": f"https://x/{n}", "timestamp": at, "timeSpent": 5} for n in range(actions)]
    times = {"firstActionTimestamp": at - 60, "lastActionTimestamp": at}
    return {"idVisit": number, "idSite": 1, "visitorId": "ab12", "userId": None, "actionDetails": details, **times}


def of_the_day(visits: list[dict], short: int = 0):  # type: ignore[no-untyped-def]
    """Visits of the asked day by offset; `short` of them are left out of the first page, as the real server does."""

    def answer(call: Call) -> list:
        asked = datetime.fromisoformat(call.params["date"]).date()
        mine = [v for v in visits if datetime.fromtimestamp(v["lastActionTimestamp"], UTC).date() == asked]
        at, limit = int(call.params["filter_offset"]), int(call.params["filter_limit"])
        return mine[at : at + limit - (0 if at else short)] if not short else mine[at : at + limit][: limit - short]

    return answer


def run(fake: Fake, lake: Path, window: Window = DAY, **options: str) -> list[Receipt]:
    return extract(SOURCE, "visits", window, fake.account(**options), lake, KEY, now=NOW)


def test_one_day_is_asked_at_a_time_and_the_day_before_again(tmp_path: Path) -> None:
    with serving(of_the_day([visit(1), visit(2, NOON - 86_400)])) as fake:
        done = run(fake, tmp_path)
    assert {(c.params["period"], c.params["date"]) for c in fake.calls} == {
        ("day", "2026-07-31"),
        ("day", "2026-08-01"),
    }
    assert [(r.day, r.rows) for r in done] == [("2026-07-31", 1), ("2026-08-01", 1)]


@pytest.mark.parametrize("count", [0, 499, 500, 501])
def test_only_an_empty_page_is_the_last_one(tmp_path: Path, count: int) -> None:
    with serving(of_the_day([visit(n) for n in range(count)])) as fake:
        assert run(fake, tmp_path)[1].rows == count


def test_a_short_page_in_the_middle_ends_nothing(tmp_path: Path) -> None:
    pages = {"0": range(300), "500": range(500, 900), "1000": range(0)}
    with serving(
        lambda c: [visit(n) for n in pages[c.params["filter_offset"]]] if c.params["date"] > "2026-08" else []
    ) as f:
        assert run(f, tmp_path)[1].rows == 700


def test_the_token_travels_in_the_form_and_never_in_the_address(tmp_path: Path) -> None:
    with serving(of_the_day([])) as fake:
        run(fake, tmp_path)
    for call in fake.calls:
        assert (call.method, call.body) == ("POST", b"token_auth=canary-5ecret")
        assert "canary" not in f"{call.path}{call.params}"
        assert call.params["idSite"] == "1"


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("You can't access this resource as it requires 'view' access for canary.", Refused),
        ("Unable to authenticate with the provided token canary", Refused),
        ("The method 'getCanary' does not exist", Changed),
    ],
)
def test_an_error_with_status_200_is_an_error(tmp_path: Path, message: str, error: type[Exception]) -> None:
    answer = {"result": "error", "message": message}
    with serving(lambda _: answer) as fake, pytest.raises(error, match=r"^matomo visits: ") as failure:
        run(fake, tmp_path)
    assert "canary" not in str(failure.value).lower()


def test_a_visit_that_went_on_past_midnight_moves_to_its_new_day(tmp_path: Path) -> None:
    midnight = NOON + 43_200
    visits = [visit(1, midnight - 10)]
    with serving(of_the_day(visits)) as fake:
        run(fake, tmp_path)
        visits[0] = visit(1, midnight + 500, actions=3)
        run(fake, tmp_path, Window(date(2026, 8, 2), date(2026, 8, 3)))
    days = [date(2026, 8, 1), date(2026, 8, 2)]
    [row] = landing.read(tmp_path, "matomo", "visits", days, ["visit_id", "actions"]).to_pylist()
    assert (row["visit_id"], len(row["actions"])) == ("1", 3)


def test_a_visit_that_grows_between_two_pages_stands_there_twice_for_staging_to_choose(tmp_path: Path) -> None:
    pages = {"0": [visit(1, NOON)], "500": [visit(1, NOON + 5, actions=2), visit(2)], "1000": []}
    with serving(lambda c: pages[c.params["filter_offset"]] if c.params["date"] == "2026-08-01" else []) as fake:
        assert run(fake, tmp_path)[1].rows == 3
    found = landing.read(tmp_path, "matomo", "visits", [date(2026, 8, 1)], ["visit_id", "_seq"]).to_pylist()
    assert found == [{"visit_id": i, "_seq": n} for n, i in enumerate(["1", "1", "2"])]


def test_days_follow_the_sites_calendar_and_files_follow_utc(tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(call: Call) -> list:
        asked.append(call.params["date"])
        return [visit(int(call.params["date"][-2:]))] if call.params["filter_offset"] == "0" else []

    with serving(answer) as fake:
        done = run(fake, tmp_path, timezone="America/New_York")
    assert sorted(set(asked)) == ["2026-07-30", "2026-07-31", "2026-08-01"]
    assert [(r.day, r.rows, r.outside) for r in done] == [("2026-07-31", 0, 0), ("2026-08-01", 3, 0)]


def test_an_id_as_text_is_read_all_the_same(tmp_path: Path) -> None:
    with serving(of_the_day([{**visit(1), "idVisit": "77", "idSite": "1", "lastActionTimestamp": NOON}])) as fake:
        run(fake, tmp_path)
    found = landing.read(tmp_path, "matomo", "visits", [date(2026, 8, 1)], ["visit_id", "site_id"])
    assert found.to_pylist() == [{"visit_id": "77", "site_id": "1"}]


def test_a_connection_without_the_site_is_refused(tmp_path: Path) -> None:
    with serving(lambda _: Reply([])) as fake:
        account = fake.account()
        account.options.pop("site")  # type: ignore[attr-defined]
        with pytest.raises(Refused, match="matomo visits: the connection's extra holds no 'site'"):
            extract(SOURCE, "visits", DAY, account, tmp_path, KEY, now=NOW)
