"""Sizes and words."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from tree import ROOT, name, tracked

LIMITS = {".py": 250, ".sql": 100}
HOSTS = re.compile(r"py[p]i\.org|pythonh[o]sted|registry\.n[p]mjs|deb\.d[e]bian\.org")
PLACES = re.compile(r"(?<![\w.])/(work|root|home)/[a-z]|\.\./sha[r]ed")
VAGUE = {"utils", "helpers", "common", "base", "manager", "misc"}


@pytest.mark.parametrize("suffix", sorted(LIMITS))
def test_no_file_holds_two_ideas(suffix: str) -> None:
    files = tracked(suffix)
    assert files
    assert {name(path): n for path in files if (n := ideas(path)) > LIMITS[suffix]} == {}


def ideas(path: Path) -> int:
    """The lines of a file; of a vendor's file without its columns, a line each, which are a table and no code."""
    lines = path.read_text().splitlines()
    if name(path).startswith("extractors/sources/"):
        lines = [line for line in lines if not re.match(r"\s+(Column|prop)\(.*\),$", line)]
    return len(lines)


def test_a_dag_file_fits_on_a_screen() -> None:
    files = [path for path in tracked(".py") if name(path).startswith("dags/")]
    assert files
    assert {name(p): n for p in files if (n := len(p.read_text().splitlines())) > 80} == {}


def test_a_module_is_named_by_what_it_holds() -> None:
    assert [name(path) for path in tracked(".py") if path.stem in VAGUE] == []


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    found = []
    for path in tracked(".py", ".md", ".sql", ".yml", ".yaml", ".toml", ".txt", ".in", ".json", ".sh", ".cfg", ""):
        text = path.read_text(errors="ignore")
        found += [f"{name(path)}: {m.group()}" for m in (*HOSTS.finditer(text), *PLACES.finditer(text))]
    assert found == []


def test_every_decision_is_numbered_once_and_fits_on_a_page() -> None:
    pages = [path for path in tracked(".md") if name(path).startswith("docs/decisions/")]
    numbers = [path.stem.split("-")[0] for path in pages]
    assert pages
    assert len(numbers) == len(set(numbers))
    assert {name(p) for p in pages if len(p.read_text().splitlines()) > 60} == set()


@pytest.mark.parametrize(
    ("target", "variable"), [("demo", "WORLD"), ("up", "WORLD"), ("truth", "DOCS"), ("identity-judge", "DATA")]
)
def test_a_place_with_a_blank_in_its_name_is_one_word_to_make(target: str, variable: str) -> None:
    command = ["make", "--dry-run", "--assume-old=.venv/.runtime", target, f"{variable}=a place"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "a place" in shlex.split(said)
