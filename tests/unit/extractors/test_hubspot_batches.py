"""What HubSpot tells of many objects at once: their associations, their histories; and a property of one's own."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors import landing, settings
from extractors.errors import Busy
from extractors.run import extract
from extractors.sources._hubspot import partial, prop
from extractors.sources.hubspot import CONTACTS, SOURCE
from tests.unit.extractors.fake import Call, Reply, serving
from tests.unit.extractors.shop import KEY
from tests.unit.extractors.test_hubspot import DAY, NOON, NOW, contact, run, search


def test_associations_are_read_in_batches_and_ids_that_are_gone_are_no_failure(tmp_path: Path) -> None:
    deals = [
        {**contact(n), "properties": {"hs_lastmodifieddate": NOON if n % 2 else "2026-07-31T12:00:00Z"}}
        for n in range(1, 231)
    ]
    gone = {"category": "OBJECT_NOT_FOUND", "context": {"ids": ["7"]}}

    def answer(call: Call) -> Reply | dict:
        if call.path.endswith("/search"):
            return search(call, deals, "hs_lastmodifieddate")
        asked = [item["id"] for item in call.json["inputs"]]
        assert len(asked) <= 100
        found = [
            {"from": {"id": i}, "to": [{"toObjectId": 900 + int(i)}, {"toObjectId": 1}]} for i in asked if i != "7"
        ]
        return Reply({"results": found, "numErrors": 1, "errors": [gone]}, 207) if "7" in asked else {"results": found}

    with serving(answer) as fake:
        done = [r for r in run(fake, tmp_path, "deals") if r.endpoint == "deal_contacts"]
    assert [(r.day, r.rows) for r in done] == [("2026-07-31", 230), ("2026-08-01", 228)]
    rows = landing.read(tmp_path, "hubspot", "deal_contacts", [date(2026, 8, 1)], None).to_pylist()
    assert (rows[0]["deal_id"], rows[0]["contact_id"]) == ("1", "901")


def test_one_id_of_a_batch_that_the_vendor_failed_is_asked_again_whatever_was_said_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractors.transport.waiting.backoff", lambda _: 0.0)
    deals = [{**contact(n), "properties": {"hs_lastmodifieddate": NOON}} for n in (1, 2, 3)]
    errors = [{"category": "OBJECT_NOT_FOUND"}, {"category": "INTERNAL_ERROR"}, {"category": "OBJECT_NOT_FOUND"}]
    answers = iter([Reply({"results": [], "numErrors": 3, "errors": errors}, 207)])

    def answer(call: Call) -> Reply | dict:
        if call.path.endswith("/search"):
            return search(call, deals, "hs_lastmodifieddate")
        found = [{"from": {"id": i["id"]}, "to": [{"toObjectId": 9}]} for i in call.json["inputs"]]
        return next(answers, {"results": found})

    with serving(answer) as fake:
        done = {(r.endpoint, r.day): r.rows for r in run(fake, tmp_path, "deals")}
    assert done["deal_contacts", "2026-08-01"] == 3


@pytest.mark.parametrize(
    ("categories", "verdict"),
    [
        ((), ""),
        (("OBJECT_NOT_FOUND", "NO_ASSOCIATIONS_FOUND"), ""),
        (("OBJECT_NOT_FOUND", "INTERNAL_ERROR"), "busy"),
        ((None,), "busy"),
        (("MISSING_SCOPES", "OBJECT_NOT_FOUND"), "refused"),
        (("VALIDATION_ERROR",), "changed"),
    ],
)
def test_the_worst_error_of_a_batch_says_what_to_do(categories: tuple[str | None, ...], verdict: str) -> None:
    assert partial({"numErrors": len(categories), "errors[*].category": categories}) == verdict
    assert partial({"numErrors": 1, "errors[*].category": ()}) == "busy"


def test_more_associations_of_one_object_than_a_page_holds_are_all_read(tmp_path: Path) -> None:
    companies = [{**contact(n), "properties": {"hs_lastmodifieddate": NOON}} for n in range(1, 5)]
    staff = {1: 3, 2: 1203, 3: 500, 4: 501}

    def answer(call: Call) -> dict | Reply:
        if call.path.endswith("/search"):
            return search(call, companies, "hs_lastmodifieddate")
        found = []
        for one in call.json["inputs"]:
            start, number = int(one.get("after", "0")), int(one["id"])
            end = min(start + 500, staff[number])
            rest = {"paging": {"next": {"after": str(end)}}} if end < staff[number] else {}
            found.append({"from": {"id": one["id"]}, "to": [{"toObjectId": n} for n in range(start, end)], **rest})
        return {"results": found}

    with serving(answer) as fake:
        done = {(r.endpoint, r.day): r for r in run(fake, tmp_path, "companies")}
        asked = [c.json["inputs"] for c in fake.calls if "associations" in c.path]
    landed = done["company_contacts", "2026-08-01"]
    assert (landed.rows, landed.duplicates) == (sum(staff.values()), 0)
    assert asked[1:] == [[{"id": "2", "after": "500"}, {"id": "4", "after": "500"}], [{"id": "2", "after": "1000"}]]


def test_what_a_property_was_comes_with_its_times_fifty_objects_a_call(tmp_path: Path) -> None:
    owners = [{"value": "", "timestamp": NOON, "sourceType": "CRM_UI"}]
    owners += [{"value": "7", "timestamp": "2026-03-01T08:00:00.123Z", "sourceType": "IMPORT"}]

    def answer(call: Call) -> dict | Reply:
        if call.path.endswith("/search"):
            return search(call, [contact(n) for n in range(1, 121)])
        asked = [one["id"] for one in call.json["inputs"]]
        assert len(asked) <= 50
        assert call.json["propertiesWithHistory"] == ["hubspot_owner_id", "lifecyclestage"]
        return {"results": [{"id": i, "propertiesWithHistory": {"hubspot_owner_id": owners}} for i in asked]}

    with serving(answer) as fake:
        done = extract(SOURCE, "contacts", DAY, fake.account(), tmp_path, KEY, now=NOW)
    assert [(r.day, r.rows) for r in done if r.endpoint == "contact_histories"][-1] == ("2026-08-01", 120)
    (row, *_) = landing.read(tmp_path, "hubspot", "contact_histories", [date(2026, 8, 1)], None).to_pylist()
    assert row["lifecycle_stages"] is None
    assert row["owners"] == [
        {"value": "", "changed_at": datetime(2026, 8, 1, 12, tzinfo=UTC), "source_type": "CRM_UI"},
        {"value": "7", "changed_at": datetime(2026, 3, 1, 8, 0, 0, 123000, tzinfo=UTC), "source_type": "IMPORT"},
    ]


@pytest.mark.parametrize(
    ("said", "is_off"),
    [(True, True), ("yes", True), (1, True), (False, False), (None, False), ("", False), (" No", False), (0, False)],
)
def test_histories_can_be_switched_off_and_their_days_are_empty_then(
    tmp_path: Path, said: object, is_off: bool
) -> None:
    def answer(call: Call) -> dict:
        return search(call, [contact(1)]) if call.path.endswith("/search") else {"results": [{"id": "1"}]}

    with serving(answer) as fake:
        told = settings.account_of("hubspot", {"host": fake.base, "password": "t", "extra": {"skip_histories": said}})
        done = extract(SOURCE, "contacts", DAY, told, tmp_path, KEY, now=NOW)
    days = [(r.day, r.rows, r.requests) for r in done if r.endpoint == "contact_histories"]
    read = 0 if is_off else 1
    assert days == [("2026-07-31", 0, read), ("2026-08-01", read, read)]


def test_a_property_of_ones_own_is_one_line(tmp_path: Path) -> None:
    own = replace(CONTACTS, columns=(*CONTACTS.columns, prop("shoe_size", "shoe_size", type="number")))
    source = replace(SOURCE, endpoints=tuple(own if e is CONTACTS else e for e in SOURCE.endpoints))
    with serving(lambda call: search(call, [contact(1, shoe_size="42.5"), contact(2, shoe_size=None)])) as fake:
        extract(source, "contacts", DAY, fake.account(skip_histories="yes"), tmp_path, KEY, now=NOW)
        assert all("shoe_size" in call.json["properties"] for call in fake.calls)
    found = landing.read(tmp_path, "hubspot", "contacts", [date(2026, 8, 1)], ["contact_id", "shoe_size"]).to_pylist()
    assert found == [{"contact_id": "1", "shoe_size": 42.5}, {"contact_id": "2", "shoe_size": None}]


def test_a_batch_that_failed_in_part_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.transport.waiting.backoff", lambda _: 0.0)
    deal = {**contact(1), "properties": {"hs_lastmodifieddate": NOON}}
    partly = Reply({"results": [], "numErrors": 1, "errors": [{"category": "INTERNAL_ERROR"}]}, 207)

    def answer(call: Call) -> Reply | dict:
        return search(call, [deal], "hs_lastmodifieddate") if call.path.endswith("/search") else partly

    with serving(answer) as fake, pytest.raises(Busy, match="hubspot deal_contacts: the vendor could answer in part"):
        run(fake, tmp_path, "deals")
