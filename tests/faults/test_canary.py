"""What is personal or secret is searched for in every byte that leaves the restricted places."""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors.receipt import KEY
from extractors.settings import SECRET
from publishing.publish import current
from sandbox.server import Sandbox, serve_in_thread
from sandbox.store import Versions
from sandbox.world import World, build, instant
from tests.journey.town import CREDENTIALS, DIGEST_KEY, ROOT, VENDORS, House, Town

FIRST, LAST, NOW = date(2026, 8, 1), date(2026, 8, 7), "2026-08-08T06:00:00Z"
CANARY = "qzcanary"
PAYLOADS = ["'; drop table customers; --", "{{ 7*7 }}", "=cmd()", "../../etc/passwd"]
SECRETS = [
    *(str(connection["password"]) for connection in CREDENTIALS.values() if "password" in connection),
    *(text for c in CREDENTIALS.values() for name, text in c.get("extra", {}).items() if name.endswith(SECRET)),
    DIGEST_KEY.decode(),
]
CALLS = ["Bearer ", "Authorization", "token_auth=", "filter_limit", "since_last_changed", "count=1000", "filterGroups"]


def planted(world: World) -> World:
    """The world with a canary in all that is personal, and with code where text belongs."""
    people = world.people
    personal = ("first_name", "last_name", "email", "second_email", "mail_email", "role_email", "phone", "handle")
    marked = {name: [f"{CANARY}{value}" if value else "" for value in getattr(people, name)] for name in personal}
    kept = world.objects | {
        "contacts": stated(
            world.objects["contacts"], marks=("email", "firstname", "lastname", "phone"), code=("jobtitle",)
        ),
        "tickets": stated(world.objects["tickets"], marks=("subject",)),
        "feedback_submissions": stated(world.objects["feedback_submissions"], marks=("hs_content",)),
        "companies": stated(world.objects["companies"], code=("name", "domain", "industry", "country")),
    }
    return replace(world, people=replace(people, **marked), objects=kept)


def stated(kept: Versions, marks: tuple[str, ...] = (), code: tuple[str, ...] = ()) -> Versions:
    """The records with a canary before some properties and a payload in place of others."""
    wire = kept.wire
    for name in marks:
        said = [f"{CANARY}{value or ''}" for value in wire.column(name).to_pylist()]
        wire = wire.set_column(wire.column_names.index(name), name, pa.array(said))
    for n, name in enumerate(code):
        said = [PAYLOADS[(n + row) % len(PAYLOADS)] for row in (kept.ids % 97).tolist()]
        wire = wire.set_column(wire.column_names.index(name), name, pa.array(said))
    return replace(kept, wire=wire)


@dataclass
class Walk:
    """The house, the town, and everything that any process said."""

    house: House
    place: Town
    said: str = ""

    def run(self, *command: str) -> int:
        """Run one of our commands, keep what it says; its exit code."""
        environment = self.house.environment(self.place)
        done = subprocess.run(
            [sys.executable, *command], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        self.said += done.stdout + done.stderr
        return done.returncode

    def extract(self, vendor: str, *endpoint: str) -> int:
        """Read a vendor's days from the command line."""
        return self.run("-m", "extractors", vendor, *endpoint, "--from", str(FIRST), "--to", str(LAST + timedelta(1)))

    def steps(self, *named: tuple[str, date]) -> int:
        """Take steps of the Dags, logging all that any library has to say; how many failed."""
        return self.run("-m", "tests.faults.steps", str(FIRST), *(str(word) for step in named for word in step))

    def fault(self, vendor: str, kind: str, path: str = "", **more: Any) -> None:
        """Switch a fault on."""
        self.place.post("/_sandbox/faults", {"vendor": vendor, "kind": kind, "path": path, **more})


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """One day's walk that goes well in spite of faults, then everything that can close or fail."""
    now = instant(NOW)
    server, stop = serve_in_thread(Sandbox(planted(build(7, 400, FIRST, now)), now, FIRST, rate_factor=1000))
    house = House(tmp_path_factory.mktemp("house"))
    found = Walk(house, Town(server.server_port, None, FIRST, NOW))
    goes_well(found)
    fails(found)
    stop()
    yield found


def goes_well(walk: Walk) -> None:
    """Extraction with passing faults and single misfits, the gates, a build and a publication."""
    for vendor in VENDORS:
        for kind in ("error5xx", "html", "truncated"):
            walk.fault(vendor, kind, "app.bsky" if vendor == "bluesky" else "")  # a log-in is not tried twice
    walk.fault("hubspot", "missing_required", "contacts/search", field="createdAt")
    walk.fault("mailchimp", "retyped_field", "/members", field="status")
    walk.fault("bluesky", "retyped_field", "getFollowers", field="did")
    assert [walk.extract(vendor) for vendor in VENDORS] == [0] * len(VENDORS), walk.said
    steps = ("gate", "transform", "validate", "publication")
    assert walk.steps(*((step, LAST) for step in steps)) == 0, walk.said[-3000:]


def fails(walk: Walk) -> None:
    """Every error, a closed raw gate, a failing dbt test, a closed mart gate."""
    for vendor, kind, path, code, more in (
        ("hubspot", "expired_token", "owners", 77, {}),
        ("hubspot", "daily_limit", "contacts/search", 75, {}),
        ("hubspot", "missing_required", "contacts/search", 65, {"field": "createdAt", "rows": 0}),
        ("mailchimp", "foreign_link", "lists", 65, {}),
        ("matomo", "expired_token", "", 77, {}),
        ("bluesky", "retyped_field", "getFollowers", 65, {"field": "handle", "rows": 0}),
    ):
        walk.place.clear_faults()
        walk.fault(vendor, kind, path, times=999, **more)
        endpoint = {"contacts/search": "contacts", "owners": "owners", "lists": "lists", "getFollowers": "followers"}
        assert walk.extract(vendor, *([endpoint[path]] if path else [])) == code, walk.said[-600:]
    walk.place.clear_faults()
    walk.fault("hubspot", "missing_required", "contacts/search", field="createdAt", rows=2, times=999)
    assert walk.extract("hubspot", "contacts") == 0
    act_strangely(Path(walk.house.lake))
    early = LAST - timedelta(3)  # for that day, the warehouse holds the future
    steps = [("gate", LAST), ("validate", early), ("publication", early), ("transform", LAST)]
    assert walk.steps(*steps) == len(steps)


def act_strangely(lake: Path) -> None:
    """Lose a row of every day, and put an action that nobody knows, a canary, into every other one."""
    for file in (lake / "raw" / "source=mailchimp" / "entity=email_activity").rglob("part-0.parquet"):
        table = pq.read_table(file, partitioning=None)[1:]  # one row fewer than the receipt says closes the raw gate
        place = table.column_names.index("action")
        strange = pa.array([f"{CANARY}action"] * len(table), pa.string())
        receipt = pq.read_metadata(file).metadata[KEY]
        footer = {KEY: receipt.replace(b'"content_digest": "', b'"content_digest": "other')}
        field = table.schema.field("action")
        pq.write_table(table.set_column(place, field, strange).replace_schema_metadata(footer), file)


def text_of(paths: Iterable[Path]) -> str:
    """Everything that some files say: their bytes, and the values inside those that are compressed."""
    said = []
    for path in paths:
        said.append(path.read_bytes().decode("latin-1"))
        if path.suffix == ".parquet":
            said += [str(pq.read_metadata(path).metadata), str(pq.read_table(path, partitioning=None).to_pydict())]
        if path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as con:
                tables = con.execute("select table_name from duckdb_tables()").fetchall()
                said += [str(con.execute(f'from "{table}"').fetchall()) for (table,) in tables]
    return "\n".join(said)


def files(folder: Path) -> list[Path]:
    """Every file below a folder."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


@pytest.fixture(scope="module")
def public(walk: Walk) -> dict[str, str]:
    """What others may see, by where it stands."""
    top = current(walk.house.published)
    assert top is not None
    published = {str(p.relative_to(top)): text_of([p]) for p in files(top) if p.parent.name != "profiles"}
    parts = Path(walk.house.lake).rglob("part-0.parquet")
    receipts = "".join(str(pq.read_metadata(part).metadata) for part in parts)
    runs = text_of(files(Path(walk.house.runs)))
    return {"what the processes said": walk.said, "runs": runs, "receipts": receipts, **published}


def test_the_canary_is_where_it_may_be(walk: Walk) -> None:
    top, lake = current(walk.house.published), Path(walk.house.lake)
    assert top is not None
    for folder in (lake / "raw", lake / "rejected", top / "profiles"):
        assert CANARY in text_of(files(folder)), folder


def test_nothing_personal_leaves_the_restricted_places(public: dict[str, str]) -> None:
    assert len(public) > 20
    assert [place for place, said in public.items() if CANARY in said.lower()] == []


def test_no_hash_of_an_address_leaves_the_restricted_places(public: dict[str, str], walk: Walk) -> None:
    with duckdb.connect() as con:
        rows = con.execute(f"select distinct member_id from '{walk.house.lake}/raw/*/entity=members/*/*.parquet'")
        hashes = {row[0] for row in rows.fetchall()}
    assert len(hashes) > 20
    words = {place: set(re.findall("[0-9a-f]{32,}", said)) for place, said in public.items()}
    assert [place for place, said in words.items() if said & hashes] == []


def test_no_secret_header_or_query_is_said_anywhere(public: dict[str, str], walk: Walk) -> None:
    everything = public | {"warehouse": Path(walk.house.warehouse).read_bytes().decode("latin-1")}
    found = [(place, word) for place, said in everything.items() for word in (*SECRETS, *CALLS) if word in said]
    assert found == []


def test_what_failed_was_said(public: dict[str, str]) -> None:
    said = public["what the processes said"]
    for word in (
        "Busy: ",
        "Refused: ",
        "Changed: ",
        "GateClosed: ",
        "BuildFailed: b7_every_vendor_action",
        "expected that",
    ):
        assert word in said


def test_data_is_never_code(walk: Walk) -> None:
    top = current(walk.house.published)
    assert top is not None
    with duckdb.connect() as con:
        names = con.execute(f"select distinct name from '{top}/accounts.parquet' order by all").fetchall()
        raw = con.execute(f"select distinct job_title from '{walk.house.lake}/raw/*/entity=contacts/*/*.parquet'")
        titles = {row[0] for row in raw.fetchall()}
    assert [name for (name,) in names] == sorted(PAYLOADS)
    assert titles >= set(PAYLOADS)
    assert not list(walk.house.home.parent.rglob("passwd*"))
