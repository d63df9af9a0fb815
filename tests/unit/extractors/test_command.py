"""The command line and the settings that it reads."""

import io
import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from extractors import settings
from extractors.__main__ import main
from extractors.catalog import catalog
from extractors.errors import Refused
from extractors.landing import receipts
from extractors.privacy import digest
from tests.unit.extractors.fake import Reply, Vendor, serving

DAYS = ["--from", "2026-08-01", "--to", "2026-08-03"]


def connect(monkeypatch: pytest.MonkeyPatch, vendor: str, **connection: object) -> None:
    monkeypatch.setenv(f"AIRFLOW_CONN_{vendor.upper()}", json.dumps(connection))


def run(monkeypatch: pytest.MonkeyPatch, lake: Path, answer: Vendor, *arguments: str) -> int:
    with serving(answer) as fake:
        connect(monkeypatch, "hubspot", host=fake.base, password="canary-token", extra={"rate_factor": 1000})
        connect(monkeypatch, "digest", password="a key")
        return main(["hubspot", *arguments, "--lake", str(lake)])


def test_a_window_comes_into_the_lake(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    owners = [{"id": "1", "email": "a@example.org"}]
    assert run(monkeypatch, tmp_path, lambda _: {"results": owners}, "owners", *DAYS) == 0
    assert capsys.readouterr().out == "hubspot owners: 1 rows, 0 rejected, 1 days\n"
    assert [r.day for r in receipts(tmp_path)] == ["2026-08-02"]


def test_a_process_of_its_own_starts_without_numpy_and_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    owners = [{"id": str(n % 7), "email": f"{n % 7}@example.org", "archived": False} for n in range(9)]
    alone = "import sys; from extractors.__main__ import main; main(sys.argv[1:]); assert sys.modules['numpy'] is None"
    with serving(lambda _: {"results": owners}) as fake:
        connect(monkeypatch, "hubspot", host=fake.base, password="canary-token", extra={"rate_factor": 1000})
        connect(monkeypatch, "digest", password="a key")
        subprocess.run([sys.executable, "-c", alone, "hubspot", "owners", *DAYS, "--lake", tmp_path / "a"], check=True)
        assert main(["hubspot", "owners", *DAYS, "--lake", str(tmp_path / "b")]) == 0
    (own,), (other,) = (receipts(tmp_path / lake) for lake in "ab")
    assert (own.rows, own.duplicates, own.content_digest) == (other.rows, other.duplicates, other.content_digest)
    assert (own.rows, own.duplicates) == (7, 2)


@pytest.mark.parametrize(
    ("reply", "code", "said"),
    [
        (Reply({}, 401), 77, "Refused: hubspot owners: the vendor turns the credentials down"),
        (Reply({}, 404), 65, "Changed: hubspot owners: the vendor does not take this call (status 404)"),
        (Reply({"policyName": "DAILY"}, 429), 75, "Busy: hubspot owners: no more calls in this run (status 429)"),
    ],
)
def test_an_error_is_one_line_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reply: Reply, code: int, said: str
) -> None:
    assert run(monkeypatch, Path("never-written"), lambda _: reply, "owners", *DAYS) == code
    assert capsys.readouterr().err == f"{said}\n"
    assert not Path("never-written").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["hubspot", "nothing", *DAYS], "hubspot has no endpoint 'nothing'; it has contacts, "),
        (["nobody"], "no vendor 'nobody'; there is bluesky, "),
        (["hubspot", "owners", "--from", "2026-08-02", "--to", "2026-08-02"], "a window ends after it starts"),
        (["hubspot", "deal_contacts", *DAYS], "is read together with deals"),
    ],
)
def test_bad_arguments_are_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    connect(monkeypatch, "hubspot", host="http://127.0.0.1:9", password="t")
    connect(monkeypatch, "digest", password="a key")
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_the_list_names_every_endpoint_of_every_vendor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    lines = [line.split()[:2] for line in capsys.readouterr().out.splitlines()]
    assert lines == [[s.name, e.name] for s in catalog().values() for e in s.endpoints]


def test_a_template_is_a_header_for_each_kind_of_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["files", "--templates", str(tmp_path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(catalog()["files"].endpoints)
    for endpoint in catalog()["files"].endpoints:
        text = (tmp_path / f"{endpoint.name}.csv").read_text()
        assert text == ",".join(column.name for column in endpoint.columns) + "\n"
    assert main(["hubspot", "--templates", str(tmp_path)]) == 2
    assert "hubspot is called" in capsys.readouterr().err


def test_files_are_read_by_the_same_command_and_a_refused_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    connect(monkeypatch, "files", extra={"folder": str(tmp_path / "drop")})
    connect(monkeypatch, "digest", password="a key")
    (tmp_path / "drop" / "goals").mkdir(parents=True)
    header = "goal_id,metric,target,starts_at,ends_at\n"
    (tmp_path / "drop" / "goals" / "2026-08-01.csv").write_text(header + "1,m,0.5,2026-08-01,2026-09-01\n")
    (tmp_path / "drop" / "goals" / "2026-08-01-b.csv").write_text(header + "2,m,half,2026-08-01,2026-09-01\n")
    assert main(["files", "goals", *DAYS, "--lake", str(tmp_path / "lake")]) == 0
    assert capsys.readouterr().out == "files goals: 1 rows, 0 rejected, 1 files refused, 5 days\n"


def test_a_check_of_a_folder_counts_the_files_of_yesterday(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    connect(monkeypatch, "files", extra={"folder": str(tmp_path / "drop")})
    assert main(["check", "files"]) == 77
    assert "files: the folder that the connection names is not there" in capsys.readouterr().err
    (tmp_path / "drop" / "goals").mkdir(parents=True)
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    (tmp_path / "drop" / "goals" / f"{yesterday}.csv").write_text("")
    assert main(["check", "files"]) == 0
    said = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["goals", "ok", "1", "files", "for", f"{yesterday},", "0", "refused"] in said


def test_the_start_is_quick_and_pulls_in_neither_pandas_nor_airflow() -> None:
    code = "import sys, extractors.run; print({'pandas', 'airflow', 'duckdb', 'tqdm'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_a_connection_becomes_an_account() -> None:
    connection = {
        "host": "https://pds.example/",
        "login": "brand.example",
        "password": "p",
        "extra": '{"actor": "a", "rate_factor": 2}',
    }
    account = settings.account_of("bluesky", connection)
    assert (account.base, account.rate_factor) == ("https://pds.example", 2.0)
    assert account.secrets == {"identifier": "brand.example", "password": "p"}
    assert account.options == {"actor": "a"}
    account = settings.account_of("hubspot", {"host": "crm.example", "port": 8443, "extra": {"refresh_token": "r"}})
    assert (account.base, dict(account.secrets)) == ("https://crm.example:8443", {"refresh_token": "r"})


def test_a_connection_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_MATOMO", raising=False)
    with pytest.raises(Refused, match="set AIRFLOW_CONN_MATOMO"):
        settings.account("matomo")
    for text in ("http://user:canary@host", "[1]"):
        monkeypatch.setenv("AIRFLOW_CONN_MATOMO", text)
        with pytest.raises(Refused, match="AIRFLOW_CONN_MATOMO is not") as failure:
            settings.account("matomo")
        assert "canary" not in str(failure.value)


def test_no_digest_key_is_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    connect(monkeypatch, "digest", login="x")
    with pytest.raises(Refused, match="digest"):
        settings.digest_key()


def test_every_place_has_a_default_and_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LAKE", "WAREHOUSE", "PUBLISHED", "RUNS", "START", "END"):
        monkeypatch.delenv(f"RAPPORT_{name}", raising=False)
    assert (settings.lake(), settings.start(), settings.end()) == ("data/lake", None, None)
    assert [str(p) for p in (settings.warehouse(), settings.published(), settings.runs())] == [
        "data/warehouse.duckdb",
        "data/published",
        "data/runs",
    ]
    monkeypatch.setenv("RAPPORT_LAKE", "s3://bucket/lake")
    monkeypatch.setenv("RAPPORT_START", "2026-07-03")
    assert (settings.lake(), settings.start()) == ("s3://bucket/lake", date(2026, 7, 3))


def test_digest_prints_what_the_lake_holds_for_a_handle(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    connect(monkeypatch, "digest", password="a key")
    monkeypatch.setattr("sys.stdin", io.StringIO("@Ann@Social.example\n"))
    assert main(["digest", "handle"]) == 0
    assert capsys.readouterr().out.strip() == digest("ann@social.example", "handle", b"a key")
    assert main(["digest", "soul"]) == 2
