"""The demo, from nothing to the published marts, and once more; minutes long, so asked for by RAPPORT_TEST_DEMO=1."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from demo.home import ACCOUNTS, CHECKOUT

HOME = CHECKOUT / ".demo" / "city-500-11"
COMMAND = [sys.executable, "-m", "demo", "--people", "500", "--seed", "11"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(CHECKOUT)}

pytestmark = pytest.mark.skipif("RAPPORT_TEST_DEMO" not in os.environ, reason="takes minutes: set RAPPORT_TEST_DEMO=1")


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    shutil.rmtree(HOME, ignore_errors=True)
    yield
    shutil.rmtree(HOME, ignore_errors=True)


def test_the_demo_publishes_the_last_day_and_a_second_run_finds_its_work_done() -> None:
    first = run(1800)
    assert first.returncode == 0, first.stdout + first.stderr
    for words in (
        "passed 4 of 4",
        "Engagement in the 28 days to 2026-10-03",
        "The ten most engaged customers",
        "marts.duckdb",
    ):
        assert words in first.stdout
    published = bytes_of(HOME / "data" / "published")
    manifest = json.loads((HOME / "data" / "published" / "current" / "manifest.json").read_text())
    assert (manifest["day"], manifest["missing"]) == ("2026-10-03", [])
    assert not left_behind()
    assert not [file for file in logs() if any(secret in file.read_text(errors="replace") for secret in secrets())]
    began = time.monotonic()
    second = run(120)
    assert second.returncode == 0
    assert "published already" in second.stdout
    assert time.monotonic() - began < 60
    assert bytes_of(HOME / "data" / "published") == published


def test_ctrl_c_stops_everything_and_the_next_run_goes_on_from_there() -> None:
    with subprocess.Popen(COMMAND, env=ENVIRONMENT, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as demo:
        for line in demo.stdout or ():
            if "first load, " in line:
                break
        demo.send_signal(signal.SIGINT)
        assert demo.wait(120) == 130
    assert not left_behind()
    again = run(1800)
    assert again.returncode == 0, again.stdout + again.stderr
    assert not left_behind()


def run(timeout: float) -> subprocess.CompletedProcess[str]:
    """The demo from start to end."""
    return subprocess.run(
        COMMAND, env=ENVIRONMENT, cwd=CHECKOUT, timeout=timeout, capture_output=True, text=True, check=False
    )


def secrets() -> list[str]:
    """What must stand in no log: the passwords of the sandbox, and what this home made for itself."""
    made = json.loads((HOME / "secrets.json").read_text())
    return [str(account["password"]) for account in ACCOUNTS.values()] + [made["jwt"], made["session"]]


def logs() -> list[Path]:
    """Every log, record, page and manifest of the run, and Airflow's own database."""
    found = [file for file in HOME.rglob("*") if file.suffix in {".log", ".json", ".html", ".db"} and file.is_file()]
    assert len(found) > 100
    return [file for file in found if file.name != "secrets.json"]


def bytes_of(folder: Path) -> dict[str, str]:
    """The digest of every file below a folder."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def left_behind() -> list[str]:
    """The processes that still work in this demo's home."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("AIRFLOW_HOME", "").startswith(str(HOME)):
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return found
