"""What stands between a task and the rooms that do its work."""

import json
import logging
import os
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowRescheduleException, AirflowTaskTimeout

from dags import journal, waiting
from dags.connections import account, digest_key
from dags.extract import extract
from dags.partition import BadPartition
from extractors.catalog import catalog
from extractors.errors import Busy, Refused
from extractors.transport import Transport

DAY = date(2026, 10, 1)
pytestmark = pytest.mark.usefixtures("data")
CANARY = "canary-7f3a9c"


def connect(monkeypatch: pytest.MonkeyPatch, name: str, **fields: object) -> None:
    monkeypatch.setenv(f"AIRFLOW_CONN_{name.upper()}", json.dumps({"conn_type": "http", **fields}))


def read(vendor: str, endpoint: str, key: str | None, conf: dict[str, object] | None = None) -> Any:
    task = extract(catalog()[vendor]).get_task(endpoint)
    run = SimpleNamespace(conf=conf or {})
    return task.python_callable(endpoint, partition_key=key, dag_run=run, task_state_store=Store())  # type: ignore[attr-defined]


class Store(dict[str, Any]):
    """A task's store, as far as a dict will do."""

    set = dict.__setitem__


def test_an_account_is_what_the_connection_says(monkeypatch: pytest.MonkeyPatch) -> None:
    connect(
        monkeypatch, "bluesky", host="http://127.0.0.1:9/bluesky", login="a.example", password="p", extra={"actor": "b"}
    )
    found = account("bluesky")
    assert found.base == "http://127.0.0.1:9/bluesky"
    assert dict(found.options) == {"actor": "b"}
    assert set(found.secrets.values()) == {"a.example", "p"}


@pytest.mark.parametrize(("fields", "lives"), [({}, "us21"), ({"extra": {"dc": "us7"}}, "us7")])
def test_a_key_says_where_its_account_lives_unless_the_connection_does(
    fields: dict[str, object], lives: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(monkeypatch, "mailchimp", password=f"{CANARY}-us21", **fields)
    assert Transport(catalog()["mailchimp"], account("mailchimp")).base == f"https://{lives}.api.mailchimp.com"


@pytest.mark.parametrize("end", ["", "-", "-us1/", "-us1.evil.example", "-secret", "-us1\n"])
def test_a_key_that_does_not_say_where_its_account_lives_is_refused_with_what_to_do(
    end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(monkeypatch, "mailchimp", password=f"canary{end}")
    said = r"mailchimp: .* use the whole key, or set 'dc' in the connection's extra"
    with pytest.raises(Refused, match=said) as raised:
        account("mailchimp")
    assert "canary" not in str(raised.value)


def test_without_a_connection_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_HUBSPOT", raising=False)
    with pytest.raises(Refused, match="hubspot: Airflow has no connection"):
        account("hubspot")


def test_without_a_digest_key_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    connect(monkeypatch, "digest")
    with pytest.raises(Refused, match=r"digest: .* no password"):
        digest_key()


def test_a_task_without_a_day_says_so_and_reads_nothing(data: Path) -> None:
    with pytest.raises(BadPartition, match="trigger it with"):
        read("hubspot", "contacts", None)
    assert not list(data.iterdir())


def test_a_key_that_is_a_path_goes_nowhere(data: Path) -> None:
    with pytest.raises(BadPartition):
        read("hubspot", "contacts", "../../etc/x")
    assert not list(data.iterdir())


class Echo(BaseHTTPRequestHandler):
    """A vendor at its worst: refuses everybody, and repeats what it was told."""

    def do_POST(self) -> None:
        """Refuse."""
        told = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        answer = json.dumps({"error": "no", "message": f"{self.path} {dict(self.headers)} {told}"}).encode()
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST  # noqa: N815 # the base class calls it so

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def echo() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("vendor", sorted(catalog()))
def test_a_secret_is_in_no_message_log_or_record_of_a_run_that_is_refused(
    vendor: str, data: Path, echo: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    options = {"actor": "brand.example", "site": "1", "dc": "us1"}
    connect(monkeypatch, vendor, host=echo, login="brand.example", password=CANARY, extra=options)
    connect(monkeypatch, "digest", password=f"{CANARY}-key")
    with pytest.raises(Refused) as raised:
        read(vendor, catalog()[vendor].roots[0].name, "2026-10-01")
    written = [file.read_text(errors="replace") for file in data.rglob("*") if file.is_file()]
    assert written, "the failed step leaves its record"
    traces = "".join(traceback.format_exception(raised.value))
    assert CANARY not in "".join([*written, caplog.text, traces])
    assert "Refused" in "".join(written)


def test_a_step_that_fails_is_recorded_by_its_error_and_no_words_of_strangers(data: Path) -> None:
    with pytest.raises(Busy), journal.step("extract", DAY, "hubspot.contacts", "hubspot"):
        raise Busy("hubspot contacts: 429")
    assert record(data, "extract.hubspot.contacts") | {
        "status": "failed",
        "message": "Busy: hubspot contacts: 429",
    } == (record(data, "extract.hubspot.contacts"))
    with pytest.raises(ValueError, match=CANARY), journal.step("extract", DAY, "hubspot.contacts", "hubspot"):
        raise ValueError(CANARY)
    assert record(data, "extract.hubspot.contacts")["message"] == "ValueError"


@pytest.mark.parametrize("end", [AirflowTaskTimeout, KeyboardInterrupt, SystemExit])
def test_a_step_that_is_cut_off_is_recorded_as_failed_by_the_name_of_its_end(
    end: type[BaseException], data: Path
) -> None:
    assert not issubclass(end, Exception)
    with pytest.raises(end), journal.step("transform", DAY, "marts"):
        raise end(CANARY)
    found = record(data, "transform.marts")
    assert (found["status"], found["message"]) == ("failed", end.__name__)


def test_a_step_that_ends_well_replaces_its_record(data: Path) -> None:
    for rows in (1, 2):
        with journal.step("extract", DAY, "hubspot.contacts", "hubspot") as noted:
            noted["rows_out"] = rows
    found = record(data, "extract.hubspot.contacts")
    assert (found["status"], found["rows_out"], found["day"], found["vendor"]) == (
        "success",
        2,
        "2026-10-01",
        "hubspot",
    )
    assert found["started_at"] <= found["finished_at"]
    assert [file.name for file in (data / "runs").iterdir()] == ["2026-10-01.extract.hubspot.contacts.json"]


def test_what_a_killed_step_left_beside_the_records_is_swept_and_what_is_being_written_is_not(data: Path) -> None:
    left, fresh = (data / "runs" / f".2026-09-30.extract.{name}.json.4242" for name in ("left", "fresh"))
    left.parent.mkdir()
    for file in (left, fresh):
        file.write_text("{")
    os.utime(left, (0, 0))
    with journal.step("extract", DAY, "hubspot.contacts", "hubspot"):
        pass
    assert (left.exists(), fresh.exists()) == (False, True)


@pytest.mark.parametrize(("asked", "waited"), [(61.0, 61), (90_000.0, 3600)])
def test_a_long_wait_is_spent_outside_the_worker(asked: float, waited: int) -> None:
    store = Store()
    with pytest.raises(AirflowRescheduleException) as raised, waiting.outside(store):
        raise Busy("hubspot: daily limit", asked)
    distance = raised.value.reschedule_date - datetime.now(UTC)
    assert abs(distance - timedelta(seconds=waited)) < timedelta(seconds=5)
    assert store == {"waits": 1}


@pytest.mark.parametrize(("asked", "waits"), [(None, 0), (60.0, 0), (61.0, 20)])
def test_a_short_wait_or_one_too_many_is_a_retry(asked: float | None, waits: int) -> None:
    store = Store(waits=waits)
    with pytest.raises(Busy), waiting.outside(store):
        raise Busy("hubspot: busy", asked)
    assert store == {"waits": waits}


def record(data: Path, step: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((data / "runs" / f"2026-10-01.{step}.json").read_text())
    return found
