"""Where partitions lie: a local folder or any pyarrow.fs URI, by the same few verbs."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from pyarrow.fs import FileSelector, FileSystem

LEFTOVER_SECONDS = 3600.0
NAME = "part-0.parquet"
Passing = Callable[[str], None]


def passing(_: str) -> None:
    """Called before and after every step of a commit, so that tests can die there."""


def folder(vendor: str, endpoint: str, kind: str = "raw") -> str:
    """The folder of an endpoint, from the lake's top."""
    return f"{kind}/source={vendor}/entity={endpoint}"


def partition(vendor: str, endpoint: str, day: date, kind: str = "raw") -> str:
    """The file of a day, from the lake's top."""
    return f"{folder(vendor, endpoint, kind)}/day={day.isoformat()}/{NAME}"


class Local:
    """A folder on this machine: written aside in the same folder, flushed, moved in by one rename."""

    def __init__(self, top: Path) -> None:
        self.top = top

    def aside(self, path: str) -> Path:
        """A name of our own beside the file, with a leading dot, so that no glob takes it for data."""
        file = self.top / path
        self.top.mkdir(parents=True, exist_ok=True)
        (self.top / path.split("/", 1)[0]).mkdir(mode=0o700, exist_ok=True)  # raw and rejected hold personal data
        file.parent.mkdir(parents=True, exist_ok=True)
        return file.parent / f".{NAME}.{os.getpid()}.{uuid4().hex[:8]}"

    def put(self, aside: Path, path: str) -> None:
        """Make what was written aside the file: all of it or nothing, whenever the machine stops."""
        passing("before sync")
        with aside.open("rb") as written:
            os.fsync(written.fileno())
        passing("before rename")
        aside.replace(self.top / path)
        passing("after rename")
        _sync(aside.parent)

    def drop(self, path: str) -> None:
        """Remove a file, if there is one."""
        with suppress(FileNotFoundError):
            (self.top / path).unlink()
            _sync((self.top / path).parent)

    def source(self, path: str) -> tuple[str, None]:
        """What pyarrow opens for reading."""
        return str(self.top / path), None

    def files(self, below: str) -> Iterator[str]:
        """Every partition file below a folder, in order."""
        found = (self.top / below).glob(f"**/{NAME}")
        yield from sorted(str(file.relative_to(self.top)) for file in found)

    def sweep(self, below: str) -> int:
        """Remove what killed writers left behind an hour ago or longer; how many files."""
        swept = 0
        for file in (self.top / below).glob(f"day=*/.{NAME}.*"):
            with suppress(FileNotFoundError):
                if time.time() - file.stat().st_mtime > LEFTOVER_SECONDS:
                    file.unlink()
                    swept += 1
        return swept


class Remote:
    """An object store: written here first, then put there whole."""

    def __init__(self, uri: str) -> None:
        self._fs, self._top = FileSystem.from_uri(uri)

    def aside(self, _: str) -> Path:
        """A temporary file on this machine."""
        handle, name = tempfile.mkstemp(prefix=f".{NAME}.")
        os.close(handle)
        return Path(name)

    def put(self, aside: Path, path: str) -> None:
        """An upload under another name, because one that fails is shown too, and one move."""
        whole = f"{self._top}/{path}"
        on_the_way = f"{whole}.{uuid4().hex[:8]}"
        passing("before sync")
        try:
            with aside.open("rb") as written, self._fs.open_output_stream(on_the_way) as out:
                passing("before rename")
                while piece := written.read(8 << 20):
                    out.write(piece)
            self._fs.move(on_the_way, whole)
        except BaseException:
            with suppress(OSError):
                self._fs.delete_file(on_the_way)
            raise
        passing("after rename")
        aside.unlink()

    def drop(self, path: str) -> None:
        """Remove an object, if there is one."""
        with suppress(FileNotFoundError):
            self._fs.delete_file(f"{self._top}/{path}")

    def source(self, path: str) -> tuple[str, Any]:
        """What pyarrow opens for reading."""
        return f"{self._top}/{path}", self._fs

    def files(self, below: str) -> Iterator[str]:
        """Every partition file below a folder, in order."""
        selector = FileSelector(f"{self._top}/{below}", recursive=True, allow_not_found=True)
        found = (info.path for info in self._fs.get_file_info(selector) if info.base_name == NAME)
        yield from sorted(path.removeprefix(f"{self._top}/") for path in found)

    def sweep(self, below: str) -> int:
        """Remove what killed writers left behind an hour ago or longer, there and on this machine; how many files."""
        since = time.time() - LEFTOVER_SECONDS
        selector = FileSelector(f"{self._top}/{below}", recursive=True, allow_not_found=True)
        found = (info for info in self._fs.get_file_info(selector) if info.base_name.startswith(f"{NAME}."))
        there = [info.path for info in found if info.mtime is not None and info.mtime.timestamp() < since]
        for path in there:
            self._fs.delete_file(path)
        here = 0
        for file in Path(tempfile.gettempdir()).glob(f".{NAME}.*"):
            with suppress(OSError):  # another's file, or gone meanwhile
                if file.stat().st_mtime < since:
                    file.unlink()
                    here += 1
        return len(there) + here


Lake = Local | Remote


def at(uri: str | Path) -> Lake:
    """The lake at a folder or URI."""
    text = str(uri)
    if text.startswith("file://"):
        text = text.removeprefix("file://")
    return Remote(text) if "://" in text else Local(Path(text))


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
