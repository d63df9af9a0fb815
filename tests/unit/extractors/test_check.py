"""Whether a connection works, told by one call to every endpoint."""

import json

import pytest

from extractors.__main__ import main
from extractors.catalog import catalog
from tests.unit.extractors.fake import Call, Reply, Vendor, serving


def checked(monkeypatch: pytest.MonkeyPatch, answer: Vendor) -> int:
    with serving(answer) as fake:
        connection = {"host": fake.base, "password": "canary-token", "extra": {"rate_factor": 1000}}
        monkeypatch.setenv("AIRFLOW_CONN_HUBSPOT", json.dumps(connection))
        return main(["check", "hubspot"])


def one_of_each(call: Call) -> dict:
    times = {"createdAt": "2026-08-01T00:00:00Z", "archivedAt": "2026-08-02T00:00:00Z", "archived": False}
    stamps = ("lastmodifieddate", "hs_lastmodifieddate", "hs_timestamp", "hs_submission_timestamp")
    record = {"id": "1", **times, "properties": dict.fromkeys(stamps, "2026-08-02T00:00:00Z")}
    pairs = {"from": {"id": "1"}, "to": [{"toObjectId": 2}]}
    if call.path.startswith("/email/"):
        return {"events": [{"id": "1", "type": "SENT", "created": 1785744005000}], "hasMore": False, "offset": "x"}
    return {"results": [pairs if "associations" in call.path else record]}


def test_every_endpoint_is_asked_once_and_children_with_their_parent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[str] = []

    def answer(call: Call) -> Reply:
        calls.append(call.path)
        headers = {"X-HubSpot-RateLimit-Max": "100", "X-Other": "canary-header"}
        return Reply(one_of_each(call), headers=headers)

    assert checked(monkeypatch, answer) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in told[:-2]] == [[e.name, "ok"] for e in in_order()]
    assert len(calls) == len(set(calls)) == len(told) - 2
    assert told[-2] == "limits seen: x-hubspot-ratelimit-max: 100"
    assert told[-1].startswith("clock: hubspot is ")


def test_a_scope_that_is_missing_is_named_and_the_rest_is_still_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(call: Call) -> Reply | dict:
        return Reply({"message": "canary-body"}, 403) if "tickets/search" in call.path else one_of_each(call)

    assert checked(monkeypatch, answer) == 77
    told = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert told["tickets"].split(maxsplit=2)[1:] == [
        "Refused",
        "the vendor refuses (status 403); it needs the scope tickets",
    ]
    assert told["ticket_contacts"].split(maxsplit=2)[2] == "not asked: no tickets to ask with"
    assert told["deals"].split()[1] == "ok"
    assert "canary" not in "".join(told.values())


def test_a_vendor_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 2
    assert "there is bluesky, " in capsys.readouterr().err


def in_order() -> list:
    source = catalog()["hubspot"]
    return [endpoint for root in source.roots for endpoint in source.family(root.name)]
