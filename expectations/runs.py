"""The run files: one JSON file per step run, of which the mart `pipeline_runs` is made."""

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from expectations.pages import page
from expectations.suites import Verdict
from extractors.lake import LEFTOVER_SECONDS

BROKEN = "broken"
NO_VERDICT = "the gate has begun and come to no verdict; look at the log of its task"
MEND = "mend what the log of its task names (GateBroken in docs/runbook.md), then have it judge again"


def begin(folder: str | Path, subject: str, day: str, step: str, started_at: datetime) -> None:
    """Replace the file of a gate's run by one that says broken, until `write` says its verdict."""
    told = {"status": "failed", "rows_in": None, "rows_out": None, "verdict": BROKEN}
    _tell(folder, subject, day, step, {**told, **_times(started_at, None), "message": NO_VERDICT, "findings": []})


def write(folder: str | Path, verdict: Verdict, step: str) -> Path:
    """The file of a gate's run, replaced by the same step of the same day; beside the columns it holds `findings`.

    `quality/index.html` beside it shows every subject's latest verdict to people.
    """
    told = {
        "status": "success" if verdict.passed else "failed",
        "rows_in": verdict.rows,
        "rows_out": verdict.rows if verdict.passed else 0,
        "verdict": "passed" if verdict.passed else "closed",
        **_times(verdict.started_at, verdict.finished_at),
        "message": str(verdict),
        "findings": verdict.record()["findings"],
    }
    return _tell(folder, verdict.subject, verdict.day, step, told)


def _tell(folder: str | Path, subject: str, day: str, step: str, told: Mapping[str, Any]) -> Path:
    vendor = None if step == "validate" else subject
    path = save(folder, {"run_id": f"{day}.{step}.{subject}", "day": day, "step": step, "vendor": vendor, **told})
    site = Path(folder, "quality", "index.html")
    site.parent.mkdir(exist_ok=True)
    site.write_text(page(latest(folder)))
    return path


def _times(started_at: datetime, finished_at: datetime | None) -> dict[str, str | None]:
    return {"started_at": started_at.isoformat(), "finished_at": finished_at.isoformat() if finished_at else None}


def withdraw(folder: str | Path, subject: str, day: str, step: str) -> None:
    """Take the file of a step away, if there is one."""
    Path(folder, f"{day}.{step}.{subject}.json").unlink(missing_ok=True)


def save(folder: str | Path, record: Mapping[str, Any]) -> Path:
    """The file of a step's record, old or new but always whole; what killed writers left beside it is swept."""
    path = Path(folder, f"{record['run_id']}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(".*.json.*"):
        with suppress(FileNotFoundError):  # another one sweeps, too
            if time.time() - left.stat().st_mtime > LEFTOVER_SECONDS:
                left.unlink()
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("w") as file:
        file.write(json.dumps(record, indent=1))
        file.flush()
        os.fsync(file.fileno())  # a name that outlives a power cut without its bytes would break every later build
    aside.replace(path)
    return path


def read(folder: str | Path) -> Iterator[dict[str, Any]]:
    """The run files of gates, oldest first: the ones with findings; a file that is not whole JSON is passed over."""
    for path in sorted(Path(folder).glob("*.json")):
        try:
            run = json.loads(path.read_text())
        except ValueError:
            continue
        if isinstance(run, dict) and "findings" in run:
            yield run


def verdict(folder: str | Path, subject: str, day: date) -> dict[str, Any]:
    """The record of a subject's verdict on that day (`Verdict.record()`); ValueError where there is none."""
    for run in read(folder):
        found = _record(run)
        if (found["subject"], found["day"]) != (subject, str(day)):
            continue
        if run["verdict"] == BROKEN:
            raise ValueError(f"the gate came to no verdict on {subject} of {day}: {MEND}")
        return found
    raise ValueError(f"no verdict on {subject} of {day} in {folder}: the gate has to judge it first")


def latest(folder: str | Path) -> list[dict[str, Any]]:
    """The record of every subject's latest verdict, the marts first."""
    newest = {found["subject"]: found for found in map(_record, read(folder))}
    return sorted(newest.values(), key=lambda found: (found["subject"] != "marts", found["subject"]))


def _record(run: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "subject": run["vendor"] or "marts",
        "day": run["day"],
        "passed": run["verdict"] == "passed",
        "rows": run["rows_in"],
        "findings": run["findings"],
    }


def measured(folder: str | Path, before: date) -> Mapping[tuple[str, str], list[float]]:
    """What passed mart gates measured on days before that one: the numbers per (suite, expectation), oldest first."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for run in read(folder):
        if run["step"] == "validate" and run["verdict"] == "passed" and run["day"] < before.isoformat():
            for finding in run["findings"]:
                if finding["measured"] is not None:
                    found[finding["suite"], finding["says"]].append(float(finding["measured"]))
    return found
