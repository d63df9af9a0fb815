"""The processes of a demo: each in a session of its own, all of them stopped at the end, whatever they started."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO

import psutil  # type: ignore[import-untyped] # airflow's own dependency; publishes no types

PATIENCE = 15.0
"""Seconds that a process has for ending by itself."""


class Died(RuntimeError):  # noqa: N818 # the house names an error by what to do next
    """A process of the demo ended before its time."""


class Processes:
    """Starts processes by name, writes what they print to `<name>.log`, and stops all of them on leaving."""

    def __init__(self, logs: Path, environment: Mapping[str, str], lock: IO[str] | None = None) -> None:
        self.logs = logs
        self.environment = dict(environment)
        self.handed = (lock.fileno(),) if lock else ()  # a lock is theirs, too: they may outlive a killed demo
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str, **variables: str) -> None:
        """Start a process of that name; `variables` are set for it alone."""
        with (self.logs / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603 - our own commands
                command,
                env=self.environment | variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=self.handed,
            )

    def finish(self, name: str) -> None:
        """Wait for a process that ends by itself; Died unless it ends well."""
        if self.running[name].wait() != 0:
            raise Died(f"{name} failed; see {self.logs / name}.log")
        del self.running[name]

    def check(self) -> None:
        """Died if any of them has ended."""
        for name, process in self.running.items():
            if process.poll() is not None:
                raise Died(f"{name} ended with {process.returncode}; see {self.logs / name}.log")

    def stop(self) -> None:
        """End them, the last started first; what they started ends with them."""
        families = [list(family(process.pid)) for process in self.running.values()]
        for process in reversed(self.running.values()):
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
        left = {member for each in families for member in each}
        left |= {member for process in self.running.values() for member in family(process.pid)}
        for member in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
        psutil.wait_procs(left, timeout=PATIENCE)
        for process in self.running.values():
            process.wait()
        self.running.clear()

    def __enter__(self) -> "Processes":
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything; a second Ctrl-C or signal does not cut that short."""
        ends = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, signal.SIG_IGN) for number in ends}
        try:
            self.stop()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def family(leader: int) -> Iterator[psutil.Process]:
    """The session of a process and its descendants, also those whose parent is gone."""
    for process in psutil.process_iter():
        with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess, PermissionError):
            if os.getsid(process.pid) == leader:
                yield process
    with contextlib.suppress(psutil.NoSuchProcess):
        yield from psutil.Process(leader).children(recursive=True)
