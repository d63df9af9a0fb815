"""HubSpot's quirks."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors import landing
from extractors.errors import Changed
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.sources._hubspot import properties, throttle
from extractors.sources.hubspot import OBJECTS, SOURCE
from extractors.spec import Answer, Request, Wait, Window
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import KEY

DAY = Window(date(2026, 8, 1), date(2026, 8, 2))
NOW = datetime(2026, 9, 1, tzinfo=UTC)
NOON = "2026-08-01T12:00:00.000Z"
REQUIRED = {"filterGroups", "sorts", "query", "properties", "limit", "after"}


def contact(number: int, modified: str = NOON, **properties: str | None) -> dict:
    return {
        "id": str(number),
        "properties": {"email": f"{number}@example.org", "lastmodifieddate": modified, **properties},
        "createdAt": "2026-07-01T00:00:00.000Z",
        "updatedAt": modified,
        "archived": False,
    }


def search(call: Call, records: list[dict], modified: str = "lastmodifieddate") -> Reply | dict:
    """Search as HubSpot answers it: every key required, 200 a page, 10,000 results a query and no more."""
    body = call.json
    if set(body) != REQUIRED or body["limit"] > 200 or len(call.body) > 3000 or len(body["sorts"]) > 1:
        return Reply({"category": "VALIDATION_ERROR"}, 400)
    if int(body["after"]) + body["limit"] > 10_000:
        return Reply({"category": "VALIDATION_ERROR"}, 400)
    start, end, above = (int(f["value"]) for f in body["filterGroups"][0]["filters"])

    def fits(record: dict) -> bool:
        at = datetime.fromisoformat(record["properties"][modified]).timestamp() * 1000
        return start <= at < end and int(record["id"]) > above

    found = sorted((r for r in records if fits(r)), key=lambda r: int(r["id"]))
    return {"total": min(len(found), 10_000), "results": found[: body["limit"]]}


def run(fake: Fake, lake: Path, name: str = "contacts", window: Window = DAY) -> list[Receipt]:
    done = extract(SOURCE, name, window, fake.account(skip_histories="yes"), lake, KEY, now=NOW)
    return [receipt for receipt in done if not receipt.endpoint.endswith("_histories")]


def test_more_records_than_a_query_may_give_share_one_millisecond(tmp_path: Path) -> None:
    records = [contact(n) for n in range(1, 10_451)]
    with serving(lambda call: search(call, records)) as fake:
        done = run(fake, tmp_path)
    assert [r.rows for r in done] == [0, 10_450]
    assert (done[1].duplicates, done[1].outside) == (0, 0)


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 400])
def test_the_last_page_is_a_short_one(tmp_path: Path, count: int) -> None:
    with serving(lambda call: search(call, [contact(n) for n in range(1, count + 1)])) as fake:
        assert run(fake, tmp_path)[1].rows == count
    asked = [c for c in fake.calls if c.json["filterGroups"][0]["filters"][0]["value"] == "1785542400000"]
    assert len(asked) == count // 200 + 1


@pytest.mark.parametrize("broken_calls", [1, 99])
def test_a_short_page_before_the_total_is_asked_for_again_and_never_taken_for_the_last(
    tmp_path: Path, broken_calls: int
) -> None:
    records, broken = [contact(n) for n in range(1, 601)], iter(range(broken_calls))

    def answer(call: Call) -> Reply | dict:
        found = search(call, records)
        if isinstance(found, dict) and found["total"] == 400 and next(broken, None) is not None:
            return {**found, "results": found["results"][:150]}
        return found

    with serving(answer) as fake:
        if broken_calls == 1:
            assert [(r.rows, r.api_total) for r in run(fake, tmp_path)] == [(0, 0), (600, 600)]
        else:
            with pytest.raises(Changed, match="hubspot contacts: the walk ends 250 records before the total"):
                run(fake, tmp_path)


def test_every_search_asks_for_all_that_it_must_and_stays_short() -> None:
    for endpoint in OBJECTS:
        request = properties(endpoint.span.ask(Request("/x", "POST"), DAY), endpoint.columns)
        body = json.loads(request.body)
        assert set(body) == REQUIRED
        assert len(request.body) < 3000
        assert body["filterGroups"][0]["filters"][0]["propertyName"] in body["properties"]


def test_a_record_that_moves_out_of_the_window_while_it_is_read_takes_nobody_with_it(tmp_path: Path) -> None:
    records = [contact(n) for n in range(1, 601)]

    def answer(call: Call) -> Reply | dict:
        found = search(call, records)
        for n in range(10 if isinstance(found, dict) and found["results"] else 0):
            records[n] = contact(n + 1, "2026-08-20T00:00:00.000Z")
        return found

    with serving(answer) as fake:
        assert run(fake, tmp_path)[1].rows == 600


def test_a_late_record_is_found_by_the_next_days_run(tmp_path: Path) -> None:
    records = [contact(1)]
    with serving(lambda call: search(call, records)) as fake:
        run(fake, tmp_path)
        records.append(contact(2, "2026-08-01T23:59:59.999Z"))  # the index showed it only later
        run(fake, tmp_path, window=Window(date(2026, 8, 2), date(2026, 8, 3)))
    found = landing.read(tmp_path, "hubspot", "contacts", [date(2026, 8, 1)], ["contact_id"])
    assert found.column("contact_id").to_pylist() == ["1", "2"]


def test_texts_become_what_they_mean_and_merged_ids_a_list(tmp_path: Path) -> None:
    one = contact(1, hs_merged_object_ids="5;6", hs_email_optout="false", phone="+44 20 7946 0123")
    with serving(lambda call: search(call, [one, contact(2, hs_email_optout="")])) as fake:
        run(fake, tmp_path)
    columns = ["merged_contact_ids", "is_email_opted_out", "phone_digest"]
    first, second = landing.read(tmp_path, "hubspot", "contacts", [date(2026, 8, 1)], columns).to_pylist()
    assert (first["merged_contact_ids"], first["is_email_opted_out"]) == (["5", "6"], False)
    assert second == {"merged_contact_ids": None, "is_email_opted_out": None, "phone_digest": None}
    assert len(first["phone_digest"]) == 64


def test_deleted_contacts_come_from_the_bin_as_far_as_they_belong_to_the_window(tmp_path: Path) -> None:
    days = ("2026-07-15", "2026-08-01", "2026-08-02")
    gone = [{**contact(n), "archived": True, "archivedAt": f"{day}T01:00:00Z"} for n, day in enumerate(days)]

    def answer(call: Call) -> dict:
        assert call.params["archived"] == "true"
        after = (
            {"paging": {"next": {"after": "1", "link": "http://evil.example/"}}} if "after" not in call.params else {}
        )
        return {"results": gone[1:] if "after" in call.params else gone[:1], **after}

    with serving(answer) as fake:
        done = run(fake, tmp_path, "contacts_archived")
    assert [(r.day, r.rows, r.outside) for r in done] == [("2026-07-31", 0, 2), ("2026-08-01", 1, 2)]


@pytest.mark.parametrize(
    ("status", "body", "attempt", "wait"),
    [
        (429, {"policyName": "TEN_SECONDLY_ROLLING"}, 2, Wait(20.0)),
        (429, {"policyName": "SECONDLY"}, 3, Wait(3.0)),
        (429, {"policyName": "DAILY"}, 1, Wait(stop=True)),
        (429, {"category": "RATE_LIMITS"}, 1, Wait(1.0)),
        (429, [], 1, Wait(1.0)),
        (423, {}, 1, Wait(2.0)),
        (477, {}, 1, Wait(stop=True)),
        (500, {}, 1, None),
    ],
)
def test_the_limit_that_was_hit_says_how_long_to_wait(
    status: int, body: object, attempt: int, wait: Wait | None
) -> None:
    headers = {"retry-after": "10000"}  # in milliseconds, some say: not to be trusted
    assert throttle(Answer(status, headers, json.dumps(body).encode(), attempt)) == wait


def test_a_limit_without_json_is_a_limit_too() -> None:
    assert throttle(Answer(429, {}, b"<html>", 1)) == Wait(1.0)


@pytest.mark.parametrize("last", [None, "x", {"id": {"value": 1}}])
def test_a_misfit_at_the_end_of_the_last_page_is_a_misfit_like_any_other(tmp_path: Path, last: object) -> None:
    def answer(call: Call) -> Reply | dict:
        found = search(call, [contact(1), contact(2)])
        return {"results": [*found["results"], last]} if isinstance(found, dict) and found["results"] else found

    with serving(answer) as fake:
        assert [(r.rows, r.rejected) for r in run(fake, tmp_path)] == [(0, 0), (2, 1)]
