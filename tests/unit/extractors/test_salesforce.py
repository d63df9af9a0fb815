"""Salesforce's quirks."""

import json
from pathlib import Path

import pytest

from extractors import waiting
from extractors.errors import Busy, Changed, Refused
from extractors.run import extract
from extractors.sources._salesforce import throttle
from extractors.sources.salesforce import SOURCE
from extractors.spec import Answer, Wait
from tests.unit.extractors.fake import Call, Reply, serving
from tests.unit.extractors.salesforce_org import (
    DATA,
    DAY,
    NOW,
    Org,
    account,
    contact,
    rows,
    run,
)
from tests.unit.extractors.shop import KEY


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "backoff", lambda _: 0.01)


def test_windows_are_half_open_and_share_no_record(tmp_path: Path) -> None:
    at = ("2026-07-31T23:59:59", "2026-08-01T00:00:00", "2026-08-01T23:59:59", "2026-08-02T00:00:00")
    found = run(Org([contact(n, when) for n, when in enumerate(at)]), tmp_path)
    assert [(r.day, r.rows) for r in found] == [("2026-07-31", 1), ("2026-08-01", 2)]


def test_an_expired_session_gets_another_token(tmp_path: Path) -> None:
    org = Org([contact(n) for n in range(5)])

    def vendor(call: Call) -> Reply | dict:
        if call.path.startswith(f"{DATA}/query/") and call.headers["Authorization"] == "Bearer token1":
            return Reply([{"errorCode": "INVALID_SESSION_ID", "message": "Session expired"}], 401)
        return org(call)

    assert [r.rows for r in run(vendor, tmp_path)] == [0, 5]
    assert org.tokens == 2


@pytest.mark.parametrize("end", [{"done": False}, {}])
def test_a_cursor_that_ends_before_it_is_done_is_a_change_and_the_old_day_stays(tmp_path: Path, end: dict) -> None:
    run(Org([contact(n) for n in range(5)]), tmp_path)

    def vendor(call: Call) -> Reply | dict:
        if "oauth2" in call.path:
            return {"access_token": "t"}
        return {"totalSize": 5000, **end, "records": [contact(9)]}

    with pytest.raises(Changed, match="contacts: the paging goes in a ring"):
        run(vendor, tmp_path)
    assert len(rows(tmp_path)) == 5


def test_bad_credentials_are_refused_and_not_told(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        run(lambda _: Reply({"error": "invalid_client", "error_description": "c and s"}, 400), tmp_path)
    assert str(refusal.value) == "salesforce contacts: the vendor turns the log-in down (status 400)"


def answer(status: int, body: object = None, usage: str = "") -> Answer:
    return Answer(status, {"sforce-limit-info": usage} if usage else {}, json.dumps(body).encode(), 1)


def trouble(code: str, message: str = "") -> list[dict[str, str]]:
    return [{"errorCode": code, "message": message}]


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        (answer(200, usage="api-usage=18/5000"), None),
        (answer(200, usage="per-app-api-usage=249/250(appName=x), api-usage=18/5000"), None),
        (answer(200, usage="api-usage=4750/5000"), Wait(stop=True)),
        (answer(200, usage="api-usage=soon"), None),
        (answer(403, trouble("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")), Wait(stop=True)),
        (answer(403, trouble("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests Limit exceeded.")), Wait(seconds=5.0)),
        (answer(403, trouble("INSUFFICIENT_ACCESS")), None),
        (answer(403), None),
        (answer(400, trouble("INVALID_QUERY_LOCATOR")), Wait(stop=True)),
        (answer(400, trouble("LIMIT_EXCEEDED", "Max bulk v2 query jobs per 24 hrs has been reached")), Wait(stop=True)),
        (answer(400, trouble("QUERY_TIMEOUT")), Wait(seconds=5.0)),
        (answer(400, trouble("INVALID_FIELD")), None),
        (answer(400, {"error": "invalid_client"}), None),
    ],
)
def test_what_salesforce_says_of_its_limits(told: Answer, wait: Wait | None) -> None:
    assert throttle(told) == wait


def test_the_run_stops_before_the_days_calls_are_gone(tmp_path: Path) -> None:
    org, calls = Org([contact(n) for n in range(40)]), iter(range(94, 200))

    def vendor(call: Call) -> Reply | dict:
        told = org(call)
        return (
            told
            if "oauth2" in call.path
            else Reply(told, headers={"Sforce-Limit-Info": f"api-usage={next(calls)}/100"})
        )

    with pytest.raises(Busy, match=r"^salesforce contacts: no more calls in this run \(status 200\)$"):
        run(vendor, tmp_path)
    assert next(calls) == 96


def test_the_version_is_the_accounts_own_or_the_declared_one(tmp_path: Path) -> None:
    asked: list[str] = []

    def vendor(call: Call) -> Reply | dict:
        asked.append(call.path)
        return {"access_token": "t"} if "oauth2" in call.path else {"totalSize": 0, "done": True, "records": []}

    with serving(vendor) as fake:
        for options in ({}, {"api_version": "59.0"}):
            extract(SOURCE, "users", DAY, account(fake, **options), tmp_path, KEY, now=NOW)
    assert asked[1::2] == ["/services/data/v66.0/queryAll", "/services/data/v59.0/queryAll"]
