"""Salesforce's server: sessions, queries and their cursors, what is deleted, bulk jobs, limits."""

import csv
import io
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import pytest

from extractors import landing
from extractors.auth import Account
from extractors.run import extract
from extractors.sources.salesforce import SOURCE
from extractors.spec import Window
from sandbox.salesforce_ids import long_id

DATA = "/services/data/v66.0"


def query(caller, text, everything=False):
    return caller.ask("salesforce", f"{DATA}/{'queryAll' if everything else 'query'}", q=text)


def walked(caller, text):
    """The records of a query with all its pages."""
    told = query(caller, text, everything=True).json
    records = told["records"]
    while not told["done"]:
        told = caller.ask("salesforce", told["nextRecordsUrl"]).json
        records += told["records"]
    assert len(records) == told["totalSize"]
    return records


def code(told):
    return told.status, told.json[0]["errorCode"]


def test_ids_say_which_of_their_letters_are_upper_case():
    assert long_id("Contact", 0) == "003000000000000AAA"
    assert long_id("Lead", 35)[:15] == "00Q00000000000Z"
    assert long_id("Lead", 35)[15:] == "EAQ"
    numbers = [1, 61, 62, 50_000_001, 9_900_000_001]
    assert sorted(long_id("Task", n) for n in numbers) == [long_id("Task", n) for n in numbers]


def test_client_credentials_get_a_session_and_anything_else_does_not(caller):
    form = {"grant_type": "client_credentials", "client_id": "sandbox-salesforce-client"}
    right = urlencode({**form, "client_secret": "sandbox-salesforce-secret"}).encode()
    told = caller.ask("salesforce", "/services/oauth2/token", right, headers={})
    assert (told.status, told.json["token_type"]) == (200, "Bearer")
    wrong = caller.ask("salesforce", "/services/oauth2/token", urlencode(form).encode(), headers={})
    assert (wrong.status, wrong.json["error"]) == (400, "invalid_client")
    nobody = caller.ask("salesforce", f"{DATA}/query", headers={"authorization": "Bearer x"}, q="SELECT Id FROM User")
    assert code(nobody) == (401, "INVALID_SESSION_ID")


def test_a_query_is_paged_by_a_cursor_that_stays_as_it_was(caller):
    told = query(caller, "SELECT Id FROM Contact ORDER BY Id", everything=True).json
    caller.sandbox.dialects["salesforce"].cursors.clear()
    found = walked(caller, "SELECT Id FROM Task ORDER BY Id")
    assert [row["Id"] for row in found] == sorted({row["Id"] for row in found})
    assert told["done"] == ("nextRecordsUrl" not in told)
    assert code(caller.ask("salesforce", f"{DATA}/query/01gGONE-500")) == (400, "INVALID_QUERY_LOCATOR")


def test_only_query_all_shows_what_was_deleted_or_merged(caller):
    every = walked(caller, "SELECT Id, IsDeleted, MasterRecordId FROM Contact")
    standing = query(caller, "SELECT Id FROM Contact").json
    gone = [row for row in every if row["IsDeleted"]]
    assert standing["totalSize"] == len(every) - len(gone)
    ids = {row["Id"] for row in every}
    assert {row["MasterRecordId"] for row in gone if row["MasterRecordId"]} <= ids
    assert any(row["MasterRecordId"] for row in gone)


def test_a_window_is_what_its_bounds_say(caller):
    rows = walked(caller, "SELECT Id, SystemModstamp FROM Contact")
    at = sorted(row["SystemModstamp"] for row in rows)[len(rows) // 2]
    bound = at[:19] + "Z"
    text = "SELECT Id FROM Contact WHERE SystemModstamp {} " + bound
    below, above = (walked(caller, text.format(sign)) for sign in ("<", ">="))
    assert len(below) + len(above) == len(rows)
    assert len(walked(caller, text.format(">"))) < len(above)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("SELECT Id, Handle FROM Contact", "INVALID_FIELD"),
        ("SELECT Id FROM Unicorn", "INVALID_TYPE"),
        ("SELECT FROM Contact", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE SystemModstamp > yesterday", "INVALID_FIELD"),
    ],
)
def test_a_bad_query_is_named_in_a_list(caller, text, error):
    assert code(query(caller, text)) == (400, error)


def test_a_job_is_made_waited_for_and_read_in_parts(caller):
    text = "SELECT Id, Subject, ClosedDate, IsClosed FROM Case"
    made = caller.ask("salesforce", f"{DATA}/jobs/query", {"operation": "queryAll", "query": text}).json
    at = f"{DATA}/jobs/query/{made['id']}"
    assert code(caller.ask("salesforce", f"{at}/results")) == (400, "INVALIDJOBSTATE")
    states = [caller.ask("salesforce", at).json for _ in range(2)]
    assert [state["state"] for state in states] == ["InProgress", "JobComplete"]
    rows, locator = [], ""
    while locator != "null":
        more = {"locator": locator} if locator else {}
        told = caller.ask("salesforce", f"{at}/results", maxRecords=5, **more)
        part = list(csv.DictReader(io.StringIO(told.text)))
        assert told.headers["Sforce-NumberOfRecords"] == str(len(part))
        rows += part
        locator = told.headers["Sforce-Locator"]
    assert len(rows) == states[1]["numberRecordsProcessed"] > 5
    assert {row["IsClosed"] for row in rows} == {"true"}
    assert any("\n" in row["Subject"] and '"' in row["Subject"] for row in rows)
    records = walked(caller, text)
    assert [row["ClosedDate"].replace("Z", "+0000") or None for row in rows] == [r["ClosedDate"] for r in records]


def test_a_job_takes_no_aggregates(caller):
    for text in ("SELECT COUNT() FROM Contact", "SELECT Id, (SELECT Id FROM Contacts) FROM Account"):
        told = caller.ask("salesforce", f"{DATA}/jobs/query", {"operation": "query", "query": text})
        assert code(told) == (400, "API_ERROR")


def test_every_answer_tells_how_many_calls_are_used(caller):
    first, second = (query(caller, "SELECT Id FROM User").headers["Sforce-Limit-Info"] for _ in range(2))
    used = [int(usage.removeprefix("api-usage=").split("/")[0]) for usage in (first, second)]
    assert used[1] == used[0] + 1


def test_leads_become_contacts(caller):
    leads = walked(caller, "SELECT Id, IsConverted, ConvertedContactId, Email FROM Lead")
    contacts = {row["Id"]: row["Email"] for row in walked(caller, "SELECT Id, Email FROM Contact")}
    converted = [lead for lead in leads if lead["IsConverted"]]
    assert 0 < len(converted) < len(leads)
    known = [lead for lead in converted if lead["ConvertedContactId"] in contacts]
    assert len(known) == len(converted)


def test_the_extractor_finds_the_same_by_pages_and_by_jobs(served, tmp_path):
    secrets = {"client_id": "sandbox-salesforce-client", "client_secret": "sandbox-salesforce-secret"}
    account = Account(f"{served}/salesforce", secrets, rate_factor=1000.0)
    months = Window(date(2026, 7, 3), date(2026, 9, 4))
    found = {}
    for above in (0, 10**6):
        for endpoint in (e for e in SOURCE.endpoints if e.bulk):
            kept = replace(endpoint, bulk=replace(endpoint.bulk, above=above, size=50))
            one = replace(SOURCE, endpoints=(kept,))
            lake = tmp_path / str(above)
            receipts = extract(one, endpoint.name, months, account, lake, b"a key")
            assert sum(receipt.rejected + receipt.outside + receipt.duplicates for receipt in receipts) == 0
            names = [column.name for column in endpoint.columns]
            days = months.back(endpoint.restate_days).days
            rows = landing.read(lake, "salesforce", endpoint.name, days, names).to_pylist()
            found.setdefault(endpoint.name, []).append(rows)
    assert [name for name, (jobs, pages) in found.items() if jobs != pages] == []
    assert all(len(jobs) > 2 for jobs, _ in found.values())
