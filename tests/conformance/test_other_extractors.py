"""Other people's extractors read the sandbox, and bring the same records as ours, by key.

tap-mailchimp and tap-klaviyo (Singer), airbyte-source-hubspot and airbyte-source-klaviyo (Airbyte), each unchanged in
an environment of its own. Two more were tried: tap-hubspot 4.5.0 begins with calls of APIs older than v3, which nobody
here speaks; airbyte-source-mailchimp 2.0.37 ends in its own start, as it calls what its airbyte-cdk no longer has.
"""

import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.conftest import END, FIRST, Rows
from tests.journey.town import ROOT, Town

HERE = Path(__file__).parent
START = f"{FIRST}T00:00:00Z"
Record = Mapping[str, object]
Keys = dict[str, set[tuple[object, ...]]]


@dataclass(frozen=True)
class Theirs:
    """One of their programs, the vendor whose address it takes for granted, and what it is told."""

    environment: str
    program: str
    vendor: str
    address: str
    config: Mapping[str, object]

    def run(self, place: Town, folder: Path, *arguments: str) -> str:
        """What it writes, reading the sandbox for the vendor; an error of its own fails the test with its words."""
        (folder / "config.json").write_text(json.dumps(self.config))
        elsewhere = {self.address: f"http://127.0.0.1:{place.port}/{self.vendor}"}
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(HERE / "elsewhere"),
            "RAPPORT_ELSEWHERE": json.dumps(elsewhere),
        }
        program = ROOT / "data" / "conformance" / self.environment / "bin" / self.program
        ended = subprocess.run(
            [str(program), *arguments], cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False
        )
        assert ended.returncode == 0, f"{self.program}: {ended.stderr[-3000:]}{ended.stdout[-3000:]}"
        return ended.stdout


def messages(said: str) -> Iterator[dict[str, dict[str, object]]]:
    """The JSON lines of Singer and of Airbyte alike."""
    return (json.loads(line) for line in said.splitlines() if line.startswith("{"))


def by_singer(theirs: Theirs, place: Town, folder: Path, streams: set[str]) -> dict[str, list[Record]]:
    """The records of these streams: discover, select, sync."""
    catalog = json.loads(theirs.run(place, folder, "--config", "config.json", "--discover"))
    for stream in catalog["streams"]:
        if not any(about["breadcrumb"] == [] for about in stream["metadata"]):
            stream["metadata"].append({"breadcrumb": [], "metadata": {}})
        for about in stream["metadata"]:
            if about["breadcrumb"] == []:
                about["metadata"]["selected"] = stream["stream"] in streams
    (folder / "catalog.json").write_text(json.dumps(catalog))
    found = defaultdict(list)
    for message in messages(theirs.run(place, folder, "--config", "config.json", "--catalog", "catalog.json")):
        if message["type"] == "RECORD":
            found[message["stream"]].append(message["record"])
    return found


def by_airbyte(theirs: Theirs, place: Town, folder: Path, streams: set[str]) -> dict[str, list[Record]]:
    """The records of these streams, whole; discovery would ask for types of objects that the city does not have."""
    whole = {"sync_mode": "full_refresh", "destination_sync_mode": "overwrite"}
    shape = {"json_schema": {"type": "object", "properties": {}}, "supported_sync_modes": ["full_refresh"]}
    chosen = [{"stream": {"name": name, **shape}, **whole} for name in sorted(streams)]
    (folder / "catalog.json").write_text(json.dumps({"streams": chosen}))
    found = defaultdict(list)
    for message in messages(theirs.run(place, folder, "read", "--config", "config.json", "--catalog", "catalog.json")):
        if message["type"] == "RECORD":
            found[message["record"]["stream"]].append(message["record"]["data"])
    return found


def keys(records: list[Record], *names: str) -> list[tuple[object, ...]]:
    """These fields of the records, in order; a record that comes twice stands here twice."""
    return sorted(tuple(record[name] for name in names) for record in records)


def past(records: list[Record], at: str) -> list[Record]:
    """Those before the end of our window: theirs also read the day under way, and what is dated to come."""
    return [record for record in records if str(record[at]) < END.isoformat()]


def ours(landed: Rows, vendor: str, endpoint: str, *names: str) -> list[tuple[object, ...]]:
    """These columns of what our extractor landed, in order."""
    table = landed(vendor, endpoint)
    return sorted(zip(*(table[name].to_pylist() for name in names), strict=True))


MAILCHIMP = Theirs(
    "tap-mailchimp",
    "tap-mailchimp",
    "mailchimp",
    "https://us1.api.mailchimp.com",
    {"start_date": START, "api_key": "sandbox-mailchimp-key-us1", "dc": "us1"},
)
HUBSPOT = Theirs(
    "airbyte-hubspot",
    "source-hubspot",
    "hubspot",
    "https://api.hubapi.com",
    {
        "start_date": START,
        "credentials": {"credentials_title": "Private App Credentials", "access_token": "sandbox-hubspot-token"},
    },
)
KLAVIYO = {
    "tap": Theirs(
        "tap-klaviyo",
        "tap-klaviyo",
        "klaviyo",
        "https://a.klaviyo.com",
        {"start_date": START, "api_key": "sandbox-klaviyo-key"},
    ),
    "airbyte": Theirs(
        "airbyte-klaviyo",
        "source-klaviyo",
        "klaviyo",
        "https://a.klaviyo.com",
        {"start_date": START, "api_key": "sandbox-klaviyo-key", "num_workers": 2},
    ),
}


def test_tap_mailchimp_brings_the_same_records(place: Town, landed: Rows, tmp_path: Path) -> None:
    found = by_singer(MAILCHIMP, place, tmp_path, {"lists", "list_members", "campaigns", "unsubscribes"})
    assert keys(found["lists"], "id") == ours(landed, "mailchimp", "lists", "list_id") != []
    members = keys(found["list_members"], "list_id", "id", "status")
    assert members == ours(landed, "mailchimp", "members", "list_id", "member_id", "status") != []
    sent = [row[:1] for row in ours(landed, "mailchimp", "campaigns", "campaign_id", "status") if row[1] == "sent"]
    assert keys(found["campaigns"], "id") == sent != []
    left = keys(found["unsubscribes"], "campaign_id", "email_id")
    assert left == ours(landed, "mailchimp", "unsubscribes", "campaign_id", "member_id") != []


def test_tap_klaviyo_brings_the_same_records(place: Town, landed: Rows, tmp_path: Path) -> None:
    found = by_singer(KLAVIYO["tap"], place, tmp_path, {"lists", "campaigns", "click", "unsubscribe"})
    assert keys(found["lists"], "id") == ours(landed, "klaviyo", "lists", "list_id") != []
    events = ours(landed, "klaviyo", "events", "event_id", "metric_id")
    metrics = {str(name): number for number, name in ours(landed, "klaviyo", "metrics", "metric_id", "name")}
    for stream, name in (("click", "Clicked Email"), ("unsubscribe", "Unsubscribed from Email Marketing")):
        assert (
            keys(past(found[stream], "datetime"), "id") == [row[:1] for row in events if row[1] == metrics[name]] != []
        )


def test_airbyte_source_klaviyo_brings_the_same_records(place: Town, landed: Rows, tmp_path: Path) -> None:
    found = by_airbyte(KLAVIYO["airbyte"], place, tmp_path, {"profiles", "events", "metrics", "lists", "campaigns"})
    for stream, key in (("profiles", "profile_id"), ("metrics", "metric_id"), ("lists", "list_id")):
        assert keys(found[stream], "id") == ours(landed, "klaviyo", stream, key) != []
    assert keys(past(found["events"], "datetime"), "id") == ours(landed, "klaviyo", "events", "event_id") != []
    shelves = [f"{channel}_campaigns{shelf}" for channel in ("email", "sms") for shelf in ("", "_archived")]
    campaigns = sorted(row for shelf in shelves for row in ours(landed, "klaviyo", shelf, "campaign_id"))
    assert keys(found["campaigns"], "id") == campaigns != []


def test_airbyte_source_hubspot_brings_the_same_records(place: Town, landed: Rows, tmp_path: Path) -> None:
    singles = {"contacts": "contact_id", "companies": "company_id", "deals": "deal_id", "tickets": "ticket_id"}
    found = by_airbyte(HUBSPOT, place, tmp_path, {*singles, "owners"})
    for stream, key in singles.items():
        assert keys(past(found[stream], "updatedAt"), "id") == ours(landed, "hubspot", stream, key) != []
    assert keys(found["owners"], "id") == ours(landed, "hubspot", "owners", "owner_id") != []
