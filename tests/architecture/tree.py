"""The project's own files, as the architecture tests see them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked(*suffixes: str) -> list[Path]:
    """Every file under version control (or about to be) with one of the suffixes; all files without any."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = [ROOT / line for line in listed.stdout.splitlines()]
    return [path for path in found if path.is_file() and (not suffixes or path.suffix in suffixes)]


def name(path: Path) -> str:
    """A path as people say it: from the root of the project."""
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(module: str) -> set[str]:
    """The project's files, tests aside, that import a module or anything in it."""
    files = [path for path in tracked(".py") if not name(path).startswith(("tests/", "benchmarks/"))]
    return {name(p) for p in files if any(m == module or m.startswith(f"{module}.") for m in imports(p))}
