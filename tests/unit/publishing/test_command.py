"""`python -m publishing`."""

import json
from pathlib import Path

import pytest

from publishing.__main__ import main


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("warehouse", "published", "runs"):
        monkeypatch.setenv(
            f"RAPPORT_{name.upper()}", str(tmp_path / (f"{name}.duckdb" if name == "warehouse" else name))
        )
    (tmp_path / "runs").mkdir()
    return tmp_path


def judged(places: Path, verdict: str) -> None:
    run = {"run_id": "r", "step": "validate", "vendor": None, "day": "2026-09-30", "rows_in": 0, "findings": []}
    (places / "runs" / "r.json").write_text(json.dumps({**run, "verdict": verdict}))


def test_publish_list_and_roll_back(build, places, capsys):
    judged(places, "passed")
    for generation in (1, 2):
        build(generation)
        assert main(["publish", "2026-09-30"]) == 0
    older, newer = (line.split(": ")[1] for line in capsys.readouterr().out.splitlines())
    assert main(["list"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"  {older}", f"* {newer}"]
    assert main(["rollback", older]) == 0
    assert main(["list"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [f"* {older}", f"  {newer}"]


def test_what_cannot_be_done_is_said_and_ends_with_one(build, places, capsys):
    build(1)
    assert main(["publish", "2026-09-30"]) == 1
    assert "the gate has to judge it first" in capsys.readouterr().err
    judged(places, "closed")
    assert main(["publish", "2026-09-30"]) == 1
    assert "the gate is closed" in capsys.readouterr().err
    judged(places, "broken")
    assert main(["publish", "2026-09-30"]) == 1
    assert "came to no verdict on marts of 2026-09-30: mend" in capsys.readouterr().err
    assert main(["rollback", "2026-09-30-x"]) == 1
    assert not (places / "published" / "current").exists()
