"""A finished build becomes what BI reads, by one swap of a symbolic link.

`<published>/current` points to one version folder. A version is written aside, flushed to disk, renamed into place and
only then pointed to, so whoever opens `current` sees one whole version, at any kill. Resolve `current` once per read
(`Path(...).resolve()`) to read several files of the same version.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from expectations.pages import page
from expectations.runs import latest
from expectations.suites import GateClosed
from publishing import manifest
from publishing.export import Candidate

KEPT = 5
READING_S = 3600.0
CURRENT = "current"
ASIDE = ".making"
GONE = ".gone-"
LINK = ".current"


def publish(  # noqa: PLR0913 # the last one is for tests
    warehouse: str | Path,
    published: str | Path,
    verdict: Mapping[str, Any],
    day: date,
    runs: str | Path | None = None,
    *,
    reached: Callable[[str], None] = lambda _: None,
) -> str:
    """Publish the warehouse as built for `day`, and say its version; the same content again changes nothing.

    `verdict` is `Verdict.record()`: GateClosed unless it passed. ValueError for a day before the published one. `runs`
    adds the records of this run to `pipeline_runs`. `reached` is told every step, for tests that end it there.
    """
    if not verdict.get("passed"):
        raise GateClosed(f"{verdict.get('subject')} {verdict.get('day')}: the gate is closed, nothing is published")
    folder = Path(published)
    with _alone(folder):
        _sweep(folder)
        newest = published_day(folder)
        if newest and day < newest:
            raise ValueError(f"{newest} is published and {day} is older: rollback is the way back")
        aside = folder / ASIDE
        aside.mkdir()
        reached("made")
        version = _write(warehouse, aside, verdict, day, runs)
        reached("written")
        if (folder / version).exists():
            shutil.rmtree(aside)
        else:
            _flush(aside)
            reached("flushed")
            aside.rename(folder / version)
            _flush_entry(folder)
        reached("named")
        _point(folder, version)
        reached("pointed")
        _prune(folder, reached)
    return version


def rollback(published: str | Path, version: str) -> None:
    """Point `current` to a version that is still kept; ValueError naming those that are."""
    folder = Path(published)
    with _alone(folder):
        if version not in versions(folder):
            raise ValueError(f"no version {version!r} is kept; there is {', '.join(versions(folder)) or 'none'}")
        _point(folder, version)


def versions(published: str | Path) -> list[str]:
    """The versions that are kept, in the order they were published."""
    kept = [path.parent for path in Path(published).glob(f"[0-9]*/{manifest.NAME}") if not path.parent.is_symlink()]
    return [path.name for path in sorted(kept, key=lambda path: (path.stat().st_mtime_ns, path.name))]


def current(published: str | Path) -> Path | None:
    """The folder of the version that is published now, resolved once; None before the first publication."""
    link = Path(published, CURRENT)
    return link.resolve() if link.exists() else None


def published_day(published: str | Path) -> date | None:
    """The day that the published version was built for; None before the first publication."""
    folder = current(published)
    return date.fromisoformat(manifest.read(folder)["day"]) if folder else None


def newest_day(published: str | Path) -> date | None:
    """The newest day of which a version is kept, though a rollback may have left it; None before the first one."""
    return max((date.fromisoformat(version[:10]) for version in versions(published)), default=None)


def _write(warehouse: str | Path, aside: Path, verdict: Mapping[str, Any], day: date, runs: str | Path | None) -> str:
    with Candidate(warehouse, runs) as candidate:
        tables = candidate.export(aside)
        first_day, missing = candidate.first_day_and_missing(day)
    about = manifest.Manifest(day, tables, verdict, first_day, missing)
    about.write(aside)
    (aside / "quality").mkdir()
    raw = [one for one in latest(runs) if one["subject"] != verdict["subject"]] if runs else []
    (aside / "quality" / "index.html").write_text(page([verdict, *raw]))
    return about.version


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One publisher at a time; a killed one lets go by itself."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sweep(folder: Path) -> None:
    """Remove what a killed publisher left; whoever holds the lock knows that it is nobody's work in progress."""
    for left in (folder / ASIDE, *folder.glob(f"{GONE}*")):
        shutil.rmtree(left, ignore_errors=True)
    (folder / LINK).unlink(missing_ok=True)


def _point(folder: Path, version: str) -> None:
    """Swap `current` in one step; before it, the manifest of the version that loses it is touched, for `_prune`."""
    now = current(folder)
    if now and now.name != version:
        with suppress(FileNotFoundError):  # whatever is wrong with that version, the way back stays open
            os.utime(now / manifest.NAME)
    link = folder / LINK
    link.unlink(missing_ok=True)
    link.symlink_to(version)
    link.replace(folder / CURRENT)
    _flush_entry(folder)


def _prune(folder: Path, reached: Callable[[str], None]) -> None:
    """Keep the last KEPT versions, the published one, and what was superseded so lately that it may still be read."""
    now = current(folder)
    kept = versions(folder)
    for version in kept[: max(0, len(kept) - KEPT)]:
        superseded_for_s = time.time() - (folder / version / manifest.NAME).stat().st_mtime
        if superseded_for_s > READING_S and (now is None or version != now.name):
            gone = (folder / version).rename(folder / f"{GONE}{version}")  # a version is whole or none, at any kill
            _flush_entry(folder)
            reached("withdrawn")
            shutil.rmtree(gone)


def _flush(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        _flush_entry(path)


def _flush_entry(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
