"""A city from its servers to its built warehouse, without a scheduler: served, read in one window, built once."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import monotonic

from demo.home import ACCOUNTS
from extractors.catalog import catalog
from extractors.run import extract
from extractors.settings import account_of
from extractors.spec import Window
from publishing.build import build

LAST = date(2026, 9, 30)
DIGEST_KEY = b"sandbox-digest-key"  # a fixed city, fixed output
UNHURRIED = 1000.0  # the vendors' limits are not what is measured


@dataclass(frozen=True, slots=True)
class City:
    """How many people, days up to LAST and how much noise; and the folder that its lake and warehouse lie in."""

    people: int
    days: int
    noise: float
    folder: Path

    @property
    def window(self) -> Window:
        """Its days, all of them."""
        return Window(LAST - timedelta(days=self.days - 1), LAST + timedelta(days=1))

    @property
    def warehouse(self) -> Path:
        """The file that is built."""
        return self.folder / "warehouse.duckdb"

    @property
    def truth(self) -> Path:
        """The folder of what is true."""
        return self.folder / "truth"

    @property
    def arguments(self) -> list[str]:
        """What the sandbox has to be told; its clock stands at the end of the last day."""
        return [
            *("--people", str(self.people), "--noise", str(self.noise)),
            *("--first", str(self.window.start), "--now", f"{self.window.end}T00:00:00Z"),
        ]

    def walk(self, say: Callable[[str], None]) -> None:
        """Everything from nothing to the built warehouse and the truth beside it; an earlier build is built anew."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.sandbox("truth", "--out", str(self.truth), *self.arguments)
        began = monotonic()
        with self.served() as url:
            for vendor in ACCOUNTS:
                rows = self.read(vendor, url)
                say(f"{vendor}: {rows:,} rows read, {monotonic() - began:.0f} s")
        os.environ["RAPPORT_VENDORS"] = ",".join(ACCOUNTS)
        build(self.folder / "lake", self.warehouse, LAST, full_refresh=True, progress=lambda _: None)
        say(f"built, {monotonic() - began:.0f} s")

    def read(self, vendor: str, url: str) -> int:
        """All of a vendor's days into the lake, in one window; how many rows."""
        source = catalog()[vendor]
        extra = {**dict(ACCOUNTS[vendor].get("extra") or {}), "rate_factor": UNHURRIED}  # type: ignore[call-overload]
        account = account_of(vendor, {**ACCOUNTS[vendor], "host": f"{url}/{vendor}", "extra": extra})
        lake = self.folder / "lake"
        return sum(
            receipt.rows
            for endpoint in source.roots
            for receipt in extract(source, endpoint.name, self.window, account, lake, DIGEST_KEY)
        )

    def sandbox(self, *command: str) -> None:
        """Run the sandbox once."""
        subprocess.run([sys.executable, "-m", "sandbox", *command], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own command

    @contextmanager
    def served(self) -> Iterator[str]:
        """The city behind its servers, on loopback, in a process of its own; the address."""
        command = [sys.executable, "-m", "sandbox", "serve", "--rate-factor", str(UNHURRIED), *self.arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 our own command
            try:
                yield (process.stdout.readline() if process.stdout else "").strip()
            finally:
                process.terminate()
