"""A folder of files on any pyarrow.fs URI: what is in it for a day, and the way aside for what is refused."""

from collections.abc import Mapping
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path

import pyarrow as pa
from pyarrow.fs import FileInfo, FileSelector, FileSystem, FileType

from extractors.errors import Refused
from extractors.lake import passing
from extractors.spec import Endpoint

ASIDE, REASONS = "refused", ".reasons.txt"


class Folder:
    """The folder at a path or URI."""

    def __init__(self, uri: str) -> None:
        try:
            self._fs, top = FileSystem.from_uri(uri if "://" in uri else str(Path(uri).absolute()))
        except (pa.ArrowInvalid, OSError):
            raise Refused("the connection names a folder that is no path and no known URI") from None
        self._top = top.rstrip("/")

    def is_there(self) -> bool:
        """Whether there is such a folder."""
        return bool(self._fs.get_file_info(self._top).type == FileType.Directory)

    def of_day(self, endpoint: Endpoint, day: date, options: Mapping[str, str]) -> list[str]:
        """The files of a day by their names, from the folder's top, in order."""
        found = []
        for each in _filled(endpoint, day, options).split("|"):
            below, _, pattern = each.rpartition("/")
            found += [path for path in self._files(below) if fnmatchcase(path.rpartition("/")[2], pattern)]
        return found

    def of_no_day(self, endpoint: Endpoint, options: Mapping[str, str]) -> list[str]:
        """The files beside them whose names tell no day, so that no run would ever take them."""
        before, _, rest = endpoint.path.partition("{day:")
        kind = rest.partition("}")[0]
        below, _, start = before.format_map(options).rpartition("/")
        return [path for path in self._files(below) if not _has_day(path.rpartition("/")[2], start, kind)]

    def refused(self, endpoint: Endpoint, day: date, options: Mapping[str, str]) -> list[str]:
        """The files of a day that lie aside and have not been dropped again."""
        below, _, pattern = _filled(endpoint, day, options).rpartition("/")
        aside = [path.removeprefix(f"{ASIDE}/") for path in self._files("/".join(filter(None, (ASIDE, below))))]
        there = set(self._files(below))
        return [path for path in aside if fnmatchcase(path.rpartition("/")[2], pattern) and path not in there]

    def open(self, path: str) -> pa.NativeFile:
        """The file, to be read from any place."""
        return self._fs.open_input_file(f"{self._top}/{path}")

    def stamp(self, path: str) -> object:
        """What tells that a file was written to: its size and its time."""
        info = self._fs.get_file_info(f"{self._top}/{path}")
        return info.size, info.mtime_ns

    def refuse(self, path: str, reasons: str) -> None:
        """Move a file to `refused/`, under its own name, after its reasons have been written there."""
        aside = f"{self._top}/{ASIDE}/{path}"
        above, _, name = aside.rpartition("/")
        self._fs.create_dir(above, recursive=True)
        passing("before reasons")
        with self._fs.open_output_stream(f"{above}/.{name}{REASONS}") as out:
            out.write(reasons.encode())
        self._fs.move(f"{above}/.{name}{REASONS}", f"{aside}{REASONS}")
        passing("before refusal")
        self._fs.move(f"{self._top}/{path}", aside)
        passing("after refusal")

    def _files(self, below: str) -> list[str]:
        selector = FileSelector(f"{self._top}/{below}".rstrip("/"), allow_not_found=True)
        names = (info.base_name for info in self._fs.get_file_info(selector) if _is_meant(info))
        return sorted(f"{below}/{name}" if below else name for name in names)


def _filled(endpoint: Endpoint, day: date, options: Mapping[str, str]) -> str:
    """The pattern of the names of a day."""
    try:
        return endpoint.path.format_map({**options, "day": day})
    except KeyError as missing:
        raise Refused(f"the connection's extra holds no {missing.args[0]!r}") from None


def _is_meant(info: FileInfo) -> bool:
    name = info.base_name
    return info.type == FileType.File and not name.startswith((".", "_")) and not name.endswith(REASONS)


def _has_day(name: str, start: str, kind: str) -> bool:
    size = len(date(2000, 1, 1).strftime(kind))
    try:
        datetime.strptime(name.removeprefix(start)[:size], kind)  # noqa: DTZ007 only whether it is a day
    except ValueError:
        return False
    return name.startswith(start)
