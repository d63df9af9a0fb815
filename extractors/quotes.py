"""The quotation marks of a CSV file that make no sense, which Arrow takes without a word."""

import io
import re
from typing import Any

import pyarrow as pa

PIECE = 4 << 20
MARK = b"\xef\xbb\xbf"
STRAY = re.compile(rb'"(?=[^,\r\n"])(?<=[^,\r\n"]")')  # a literal first, which is looked for much faster


class Quotes(io.RawIOBase):
    """Lets a file pass and looks at its quotation marks.

    Their count tells of one that is never closed; `stray` is where the first stands that neither opens nor closes a
    cell, -1 where none does.
    """

    def __init__(self, file: pa.NativeFile) -> None:
        self._file, self.count, self.stray = file, 0, -1
        self._done, self._last = 0, b""

    def readable(self) -> bool:
        """Whether it can be read from: it can."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on."""
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        if b'"' in data or b'"' in self._last:
            self._look(data)
        self._done, self._last = self._done + len(data), (self._last + data[-2:])[-2:]
        return len(data)

    def _look(self, data: bytes) -> None:
        self.count += data.count(b'"')
        between = STRAY.search(self._last + data[:2])
        begins = len(MARK) + 1 if not self._done and data.startswith(MARK) else 0  # a mark of UTF-8 is no text
        if self.stray < 0 and (found := between or STRAY.search(data, begins)):
            self.stray = self._done + found.start() - (len(self._last) if between else 0)


def line_of(file: pa.NativeFile, place: int) -> int:
    """The line that holds the byte at a place."""
    file.seek(0)
    pieces = (min(PIECE, place - start) for start in range(0, place, PIECE))
    breaks: int = sum(file.read(size).count(b"\n") for size in pieces)
    return 1 + breaks
