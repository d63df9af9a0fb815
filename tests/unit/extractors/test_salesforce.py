"""Salesforce's quirks."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors import jobs, landing, waiting
from extractors.auth import Account
from extractors.errors import Busy, Refused
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.sources.salesforce import CONTACTS, SOURCE, throttle
from extractors.spec import Answer, Source, Wait, Window
from tests.unit.extractors.fake import Call, Fake, Reply, Vendor, serving
from tests.unit.extractors.shop import KEY

DAY = Window(date(2026, 8, 1), date(2026, 8, 2))
NOW = datetime(2026, 9, 1, tzinfo=UTC)
DATA = "/services/data/v66.0"
FIELDS = [column.at for column in CONTACTS.columns]
Record = dict[str, object]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "backoff", lambda _: 0.01)


def contact(number: int, at: str = "2026-08-01T12:00:00", **more: object) -> Record:
    """A contact as a query shows it."""
    own = {"Id": f"003{number:012d}AAA", "Email": f"{number}@example.org", "HasOptedOutOfEmail": False}
    times = {"CreatedDate": "2026-07-01T00:00:00.000+0000", "SystemModstamp": f"{at}.000+0000"}
    empty: Record = dict.fromkeys(FIELDS)
    return {"attributes": {"type": "Contact"}, **empty, **own, "IsDeleted": False, **times, **more}


def as_csv(records: list[Record]) -> bytes:
    """The same records as a bulk job writes them: everything in quotes, instants with Z."""

    def cell(value: object) -> str:
        text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        return '"' + text.replace("+0000", "Z").replace('"', '""') + '"'

    lines = [FIELDS, *([record[name] for name in FIELDS] for record in records)]
    return "".join(",".join(cell(value) for value in line) + "\n" for line in lines).encode()


class Org:
    """A Salesforce that knows contacts: pages of two, parts of three, jobs that are done at the third look."""

    def __init__(self, records: list[Record], *, ends: str = "JobComplete", short: int = 0) -> None:
        self.records, self.ends, self.short, self.looks = records, ends, short, 0
        self.tokens = 0
        self.jobs: list[dict[str, str]] = []

    def __call__(self, call: Call) -> Reply | dict:
        """What it answers."""
        if call.path == "/services/oauth2/token":
            self.tokens += 1
            assert call.body == b"client_id=c&client_secret=s&grant_type=client_credentials"
            return {"access_token": f"token{self.tokens}", "token_type": "Bearer"}
        if call.path == f"{DATA}/queryAll":
            return self._page(self._found(call.params["q"]), 0)
        if call.path.startswith(f"{DATA}/query/"):
            which, _, at = call.path.removeprefix(f"{DATA}/query/").partition("-")
            return self._page(self._found(bytes.fromhex(which).decode()), int(at))
        return self._job(call)

    def _found(self, query: str) -> list[Record]:
        start, end = (query.split(f"SystemModstamp {sign} ")[1][:19] for sign in (">=", "<"))
        self.query = query
        return [record for record in self.records if start <= str(record["SystemModstamp"])[:19] < end]

    def _page(self, found: list[Record], at: int) -> dict:
        body: dict = {"totalSize": len(found), "done": at + 2 >= len(found), "records": found[at : at + 2]}
        if not body["done"]:
            body["nextRecordsUrl"] = f"{DATA}/query/{self.query.encode().hex()}-{at + 2}"
        return body

    def _job(self, call: Call) -> Reply | dict:
        if call.method == "POST":
            self.jobs.append(call.json)
            return {"id": "750A", "state": "UploadComplete"}
        found = self._found(self.jobs[-1]["query"])
        if not call.path.endswith("/results"):
            self.looks += 1
            state = self.ends if self.looks > 2 else "InProgress"
            return {"id": "750A", "state": state, "numberRecordsProcessed": len(found)}
        at = int(call.params.get("locator", "0"))
        part = found[at : at + 3]
        headers = {"Content-Type": "text/csv", "Sforce-NumberOfRecords": str(len(part))}
        headers["Sforce-Locator"] = str(at + 3) if at + 3 < len(found) - self.short else "null"
        return Reply(as_csv(part), headers=headers)


def account(fake: Fake, **options: str) -> Account:
    return Account(fake.base, {"client_id": "c", "client_secret": "s"}, options, rate_factor=1e6)


def from_a_size_of(above: int) -> Source:
    """Salesforce, with jobs for more than so many contacts."""
    bulk = replace(CONTACTS.bulk, above=above, size=3)  # type: ignore[type-var]
    return replace(SOURCE, endpoints=(replace(CONTACTS, bulk=bulk),))


def run(vendor: Vendor, lake: Path, above: int = 10_000, window: Window = DAY) -> list[Receipt]:
    with serving(vendor) as fake:
        return extract(from_a_size_of(above), "contacts", window, account(fake), lake, KEY, now=NOW, parallel=1)


def rows(lake: Path, window: Window = DAY) -> list[dict]:
    """What landed, without the instants as they were written."""
    names = [column.name for column in CONTACTS.columns] + ["email_digest"]
    return landing.read(lake, "salesforce", "contacts", window.days, names).to_pylist()


def odd_contacts() -> list[Record]:
    """Contacts with everything that CSV finds hard."""
    return [
        contact(1, LastName='He said "no", twice'),
        contact(2, LastName="two\nlines", Title="a,b", FirstName=" kept "),
        contact(3, Email=None, LastName="Ünïcode ☃"),
        contact(4, IsDeleted=True, MasterRecordId="003000000000001AAA"),
        *(contact(n) for n in range(5, 12)),
    ]


def test_a_job_gives_the_same_rows_as_the_pages(tmp_path: Path) -> None:
    paged, bulk = Org(odd_contacts()), Org(odd_contacts())
    assert [r.rows for r in run(paged, tmp_path / "paged")] == [0, 11]
    assert [r.rows for r in run(bulk, tmp_path / "bulk", above=10)] == [0, 11]
    assert (len(paged.jobs), len(bulk.jobs)) == (0, 1)
    assert rows(tmp_path / "bulk") == rows(tmp_path / "paged")
    assert [row["last_name"] for row in rows(tmp_path / "bulk")][:3] == [
        'He said "no", twice',
        "two\nlines",
        "Ünïcode ☃",
    ]


def test_a_job_asks_for_the_deleted_too_and_for_no_order(tmp_path: Path) -> None:
    org = Org([contact(n) for n in range(5)])
    run(org, tmp_path, above=1)
    assert org.jobs[0]["operation"] == "queryAll"
    assert " ORDER BY " not in org.jobs[0]["query"]
    assert org.jobs[0]["query"].startswith("SELECT Id, AccountId, ")


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 7])
@pytest.mark.parametrize("above", [0, 10_000])
def test_no_page_and_no_part_is_lost_or_told_twice(tmp_path: Path, count: int, above: int) -> None:
    found = run(Org([contact(n) for n in range(count)]), tmp_path, above)
    assert [(r.rows, r.duplicates, r.outside) for r in found] == [(0, 0, 0), (count, 0, 0)]


def test_windows_are_half_open_and_share_no_record(tmp_path: Path) -> None:
    at = ("2026-07-31T23:59:59", "2026-08-01T00:00:00", "2026-08-01T23:59:59", "2026-08-02T00:00:00")
    found = run(Org([contact(n, when) for n, when in enumerate(at)]), tmp_path)
    assert [(r.day, r.rows) for r in found] == [("2026-07-31", 1), ("2026-08-01", 2)]


@pytest.mark.parametrize("state", ["Failed", "Aborted"])
def test_a_job_that_fails_is_named_and_leaves_the_old_days(tmp_path: Path, state: str) -> None:
    run(Org([contact(1)]), tmp_path)
    with pytest.raises(Busy, match=f"^salesforce contacts: the vendor's job ended as {state}$"):
        run(Org([contact(n) for n in range(5)], ends=state), tmp_path, above=1)
    assert len(rows(tmp_path)) == 1


def test_a_job_that_is_never_done_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LONGEST_JOB", 0.05)
    with pytest.raises(Busy, match=r"^salesforce contacts: the vendor's job is not done after 0 s$"):
        run(Org([contact(n) for n in range(5)], ends="InProgress"), tmp_path, above=1)


def test_parts_that_are_missing_are_noticed(tmp_path: Path) -> None:
    with pytest.raises(Busy, match=r"^salesforce contacts: 6 records came of a job of 8$"):
        run(Org([contact(n) for n in range(8)], short=2), tmp_path, above=1)


def test_a_part_that_holds_less_than_it_says_is_asked_for_again(tmp_path: Path) -> None:
    org, cut = Org([contact(n) for n in range(5)]), iter([True])

    def vendor(call: Call) -> Reply | dict:
        answer = org(call)
        if call.path.endswith("/results") and next(cut, False):
            assert isinstance(answer, Reply)
            return Reply(answer.raw.rpartition(b'"003')[0], headers=answer.headers)
        return answer

    assert [r.rows for r in run(vendor, tmp_path, above=1)] == [0, 5]


def test_a_record_in_a_part_that_does_not_fit_is_set_aside(tmp_path: Path) -> None:
    records = [contact(n) for n in range(7)]
    records[2]["CreatedDate"] = "yesterday"
    records[5]["IsDeleted"] = None
    found = run(Org(records), tmp_path, above=1)
    assert [(r.rows, r.rejected) for r in found] == [(0, 0), (5, 2)]


def test_an_expired_session_gets_another_token(tmp_path: Path) -> None:
    org = Org([contact(n) for n in range(5)])

    def vendor(call: Call) -> Reply | dict:
        if call.path.startswith(f"{DATA}/query/") and call.headers["Authorization"] == "Bearer token1":
            return Reply([{"errorCode": "INVALID_SESSION_ID", "message": "Session expired"}], 401)
        return org(call)

    assert [r.rows for r in run(vendor, tmp_path)] == [0, 5]
    assert org.tokens == 2


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
