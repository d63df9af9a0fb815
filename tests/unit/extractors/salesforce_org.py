"""A Salesforce of contacts, for tests of what it says and of the jobs that it runs."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from extractors import landing
from extractors.auth import Account
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.sources.salesforce import CONTACTS, SOURCE
from extractors.spec import Source, Window
from tests.unit.extractors.fake import Call, Fake, Reply, Vendor, serving
from tests.unit.extractors.shop import KEY

DAY = Window(date(2026, 8, 1), date(2026, 8, 2))
NOW = datetime(2026, 9, 1, tzinfo=UTC)
DATA = "/services/data/v66.0"
FIELDS = [column.at for column in CONTACTS.columns]
Record = dict[str, object]


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
