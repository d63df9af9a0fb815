"""Whole processes, timed in turns: A B C A B C, so that what else the machine does falls on all of them alike."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "data" / "benchmarks"
LOG = WORK / "last.log"
TIMEOUT_IN_S = 900.0
FEWER = int(os.environ.get("RAPPORT_BENCH_FEWER", "1"))  # so many times fewer rows than the figures say


@dataclass(frozen=True)
class Command:
    """What one contender runs, and what is done before and after each run outside the clock."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], object] = lambda: None
    after: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Run:
    """One whole process: seconds on the clock, seconds of processor with its children, peak memory of the largest."""

    wall_in_s: float
    cpu_in_s: float
    rss_in_mb: float


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The same for every contender: bytecode allowed, no proxies, only what a run names."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), **(extra or {})}


def run(command: Command) -> Run:
    """Run it once; RuntimeError with the end of its output when it fails or hangs."""
    command.before()
    with LOG.open("wb") as log:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 our own commands
            command.argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment(command.env), cwd=ROOT
        )
        watchdog = threading.Timer(TIMEOUT_IN_S, process.kill)
        watchdog.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            watchdog.cancel()
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command.name} ended with {process.returncode}:\n{LOG.read_text()[-2000:]}")
    command.after()
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def in_turns(commands: Sequence[Command], rounds: int, warm_ups: int = int(FEWER == 1)) -> dict[str, list[Run]]:
    """The runs of each command by name, round after round; the warm-ups (bytecode, file cache) are left out."""
    runs: dict[str, list[Run]] = {command.name: [] for command in commands}
    for number in range(-warm_ups, rounds):
        for command in commands:
            took = run(command)
            if number >= 0:
                runs[command.name].append(took)
            print(f"  {command.name:<34}{took.wall_in_s:8.2f} s {took.cpu_in_s:8.2f} cpu s {took.rss_in_mb:7.0f} MB")  # noqa: T201
    return runs


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The base address of a loopback server over the folder's fixtures, stopped at the end."""
    argv = [sys.executable, "-m", "benchmarks.server", str(folder)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, env=environment(), cwd=ROOT, text=True) as process:  # noqa: S603
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"  # type: ignore[union-attr]
        finally:
            process.terminate()


def control(base: str, query: str) -> None:
    """Say what the server serves, and how late."""
    with urlopen(f"{base}/_control?{query}", timeout=10) as answer:  # noqa: S310 loopback
        answer.read()
