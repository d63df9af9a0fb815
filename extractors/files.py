"""Files of a folder into the lake: which belong to a day, which fit, and where those go that do not.

A function of the folder and the window. What is refused is moved aside by one rename, its reasons written before, so
that whoever dies in between refuses it again.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from extractors import lake as lakes
from extractors import plan
from extractors.blocks import MOST_FLAWS, Block, Flaw
from extractors.errors import Busy, Changed, Refused
from extractors.folder import Folder
from extractors.formats import read
from extractors.landing import Landing
from extractors.paging import moment
from extractors.receipt import Receipt
from extractors.records import Misfit
from extractors.spec import Endpoint, Source, Window

if TYPE_CHECKING:
    from extractors.auth import Account

HELD_BYTES = 64 << 20  # a file whose rows take more is read a second time instead of being held until it is known whole
SHOWN = 20
EXPORT_SECONDS = 3600.0  # a vendor's daily export comes hours after the day
Progress = Callable[[str, int], None]
Take = Callable[[], Iterator[Block]]


def extract(  # noqa: PLR0913, PLR0917 what a window is a function of
    source: Source,
    endpoint: Endpoint,
    window: Window,
    account: "Account",
    lake: str | Path,
    key: bytes,
    progress: Progress | None,
) -> list[Receipt]:
    """The partitions that the files of the window's days, and of the days before it to be read again, amount to.

    A day without files is an empty partition; of an export it is Busy, because the vendor has not written it yet, or
    where it is only read again, left as it was. Refused where there is no such folder, Busy where a file is still being
    written, Changed where a vendor's export has another shape.
    """
    lakes.at(lake).sweep(lakes.folder(source.name, endpoint.name))
    run = Run(source, endpoint, account, lake, key, progress or (lambda *_: None))
    wide = window.back(endpoint.restate_days)
    if source.reads == "files":
        run.refuse_nameless()
    if endpoint.by:
        zone = ZoneInfo(account.options.get("timezone", "UTC"))
        return run.fill(window, wide.days, [each.start for each in plan.local(wide, zone)])
    return [receipt for day in wide.days if run.is_there(day, window) for receipt in run.fill(window, (day,), [day])]


@dataclass(frozen=True)
class Run:
    """One endpoint of one folder, on its way into one lake."""

    source: Source
    endpoint: Endpoint
    account: "Account"
    lake: str | Path
    key: bytes
    progress: Progress

    @property
    def where(self) -> str:
        """The vendor and the endpoint, as errors name them."""
        return f"{self.source.name} {self.endpoint.name}"

    def refuse_nameless(self) -> None:
        """Move the files aside whose names tell no day: no run would ever read them."""
        folder = folder_of(self.source, self.account)
        for path in folder.of_no_day(self.endpoint, self.account.options):
            folder.refuse(path, reasons(path, [Flaw(0, "", "its name does not begin with a day")]))

    def _named(self, day: date) -> list[str]:
        return folder_of(self.source, self.account).of_day(self.endpoint, day, self.account.options)

    def is_there(self, day: date, window: Window) -> bool:
        """Whether there is something to read for a day; Busy where a vendor's export must bring it yet."""
        if self.source.reads == "files" or self._named(day):
            return True
        if day in window.days:
            raise Busy(f"{self.where}: the export of {day} is not there yet", retry_after=EXPORT_SECONDS)
        return False

    def fill(self, window: Window, days: tuple[date, ...], named: list[date]) -> list[Receipt]:
        """Commit some days from the files that are named by these days."""
        started = datetime.now(UTC)
        folder = folder_of(self.source, self.account)
        land = Landing(self.lake, self.source.name, self.endpoint, days)
        unknown: set[str] = set()
        tried = taken = refused = 0
        try:
            for day in named:
                for path in folder.of_day(self.endpoint, day, self.account.options):
                    tried += 1
                    taken += self._take(folder, path, land, None if self.endpoint.by else day, unknown)
                refused += len(folder.refused(self.endpoint, day, self.account.options))
            now = datetime.now(UTC)
            receipt = Receipt(
                vendor=self.source.name,
                endpoint=self.endpoint.name,
                day="",
                window_start=window.start.isoformat(),
                window_end=window.end.isoformat(),
                pages=taken,
                requests=tried,
                unknown_fields=tuple(sorted(unknown)),
                seconds=round((now - started).total_seconds(), 3),
                started_at=moment(started),
                finished_at=moment(now),
                refused_files=refused,
            )
            return land.commit(receipt)
        except BaseException:
            land.abandon()
            raise

    def _take(self, folder: Folder, path: str, land: Landing, day: date | None, unknown: set[str]) -> bool:
        """Land a file; whether it was landed and not refused."""
        before = folder.stamp(path)
        with folder.open(path) as file:

            def blocks() -> Iterator[Block]:
                file.seek(0)
                return read(path, file, self.endpoint, self.key)

            take: Take = blocks
            if self.source.reads == "files":
                take, flaws = _whole(blocks)
                if flaws:
                    self._is_still(folder, path, before)
                    folder.refuse(path, reasons(path, flaws))
                    return False
            rejected = 0
            for block in take():
                if block.flaws and self.source.reads == "files":
                    raise self._moving()
                rejected += len(block.flaws)
                if rejected >= MOST_FLAWS or any(flaw.line == 0 for flaw in block.flaws):
                    raise Changed(f"{self.where}: {block.flaws[0].place or 'a file'}: {block.flaws[0].reason}")
                land.add(block.rows, day)
                name = path.rpartition("/")[2]
                land.reject([Misfit(flaw.reason, flaw.place, f"{name}, row {flaw.line}") for flaw in block.flaws], day)
                unknown |= block.unknown
                self.progress(self.endpoint.name, block.rows.num_rows)
        self._is_still(folder, path, before)
        return True

    def _is_still(self, folder: Folder, path: str, before: object) -> None:
        if folder.stamp(path) != before:
            raise self._moving()

    def _moving(self) -> Busy:
        return Busy(f"{self.where}: a file changed while it was read")


def folder_of(source: Source, account: "Account") -> Folder:
    """The folder that the connection names, or Refused where it names none or there is none."""
    try:
        if not account.base:
            raise Refused("the connection names no folder")
        folder = Folder(account.base)
        if not folder.is_there():
            raise Refused("the folder that the connection names is not there")
    except Refused as lacking:
        raise Refused(f"{source.name}: {lacking}") from None
    return folder


def _whole(blocks: Take) -> tuple[Take, list[Flaw]]:
    """The blocks of a file that has been read to its end, held where they are small, and its flaws."""
    held: list[Block] | None = []
    flaws: list[Flaw] = []
    size = 0
    for block in blocks():
        flaws += block.flaws
        size += block.rows.nbytes
        held = [*held, block] if held is not None and size <= HELD_BYTES else None
    return (blocks if held is None else partial(iter, held)), flaws


def reasons(path: str, flaws: list[Flaw]) -> str:
    """Why a file was refused, for whoever wrote it: counts, and the first places; never a value."""
    counts = Counter((flaw.place, flaw.reason) for flaw in flaws)
    more = " or more" if len(flaws) >= MOST_FLAWS else ""
    lines = [f"{path} was refused whole: nothing of it was read. Mend it and drop it again under the same name.", ""]
    for (place, reason), count in sorted(counts.items()):
        lines.append(f"{count}{more} x {f'{place}: ' if place else ''}{reason}")
    lines += ["", "Where (a Parquet file has rows, other files lines):"]
    for flaw in sorted(flaws, key=lambda flaw: flaw.line)[:SHOWN]:
        where = f"{flaw.line}" if flaw.line else "whole file"
        lines.append(f"{where}: {f'{flaw.place}: ' if flaw.place else ''}{flaw.reason}")
    return "\n".join(lines) + "\n"
