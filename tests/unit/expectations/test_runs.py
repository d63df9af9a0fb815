"""The run files."""

import json
import os
from pathlib import Path

import pytest

from expectations import runs


def test_a_record_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[dict[str, object]] = []
    named: list[list[str]] = []

    def fsync(descriptor: int) -> None:
        flushed.append(json.loads(Path(f"/proc/self/fd/{descriptor}").read_text()))
        named.append([path.name for path in tmp_path.glob("*.json")])

    monkeypatch.setattr(os, "fsync", fsync)
    record = {"run_id": "2026-09-30.validate.marts", "step": "validate"}
    path = runs.save(tmp_path, record)
    assert (flushed, named) == ([record], [[]])
    assert (json.loads(path.read_text()), list(tmp_path.iterdir())) == (record, [path])
