"""What a demo says while it works: one line that changes on a terminal, a line per finished run everywhere."""

import sys
import time
from collections import Counter
from collections.abc import Iterable

from demo.api import Run


class Progress:
    """A clock that starts now, and the line that says what is being done."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.is_terminal = sys.stdout.isatty()
        self.now = ""
        self.detail = ""

    def say(self, text: str) -> None:
        """A line that stays."""
        wipe = "\r\033[K" if self.is_terminal else ""
        sys.stdout.write(f"{wipe}{time.monotonic() - self.began:5.0f} s  {text}\n")
        sys.stdout.flush()

    def stage(self, name: str) -> None:
        """Another stage begins."""
        self.now, self.detail = name, ""
        self.say(f"{name} …")

    def tell(self, run: Run) -> None:
        """A run has ended."""
        self.say(f"  {run.dag:<20} {run.key}  {'first load, ' if run.is_first_load else ''}{run.seconds:.0f} s")

    def running(self, tasks: Iterable[tuple[str, str]], done: int) -> None:
        """These tasks are running, so many are done."""
        names = Counter(dag.partition("__")[2] + " " + task for dag, task in tasks)
        self.detail = f"{done} tasks done" + (f"; running {', '.join(sorted(names))}" if names else "")

    def tick(self) -> None:
        """Draw the changing line again."""
        if self.is_terminal:
            line = f"{time.monotonic() - self.began:5.0f} s  {self.now}: {self.detail}"
            sys.stdout.write(f"\r\033[K{line[:150]}")
            sys.stdout.flush()
