"""A real Bluesky network on loopback, started for one test session and ended with it."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BLUESKY = Path(__file__).parent / "bluesky"
BYPASS_KEY = "the-story-is-told-without-limits"


@dataclass(frozen=True)
class Network:
    """The running network: where its PDS answers, and how to wait for the AppView to catch up."""

    pds: str
    process: subprocess.Popen[str]

    def settle(self) -> None:
        """Return once the AppView has indexed all that the PDS was told."""
        assert self.process.stdin is not None
        self.process.stdin.write("settle\n")
        self.process.stdin.flush()
        assert self._line() == "settled"

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def answers(port: int, seconds: float = 30.0) -> None:
    """Wait until something accepts connections on the port."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


@contextmanager
def running(command: list[str], log: Path, **options: object) -> Iterator[subprocess.Popen[str]]:
    """A process that is ended, by its own id, when the block ends; what it says goes to the log."""
    with log.open("w") as out:
        process = subprocess.Popen(command, text=True, stderr=out, **{"stdout": out, **options})  # type: ignore[call-overload]
        try:
            yield process
        finally:
            if process.stdin:
                process.stdin.close()
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout:
                process.stdout.close()


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server with an empty database, and its address."""
    programs = (
        Path(shutil.which("initdb") or sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1]).resolve().parent
    )
    data = folder / "postgres"
    data.mkdir(mode=0o700)
    who: dict[str, object] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(data, "postgres", "postgres")
        who = {"user": "postgres", "group": "postgres", "extra_groups": (), "cwd": "/"}
    make = [str(programs / "initdb"), "--auth=trust", "--username=rapport", "--encoding=UTF8", "--no-sync", str(data)]
    subprocess.run(make, check=True, capture_output=True, **who)  # type: ignore[call-overload]
    port = free_port()
    serve = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", str(data)]
    loose = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    with running([*serve, *loose], folder / "postgres.log", **who):
        answers(port)
        yield f"postgresql://rapport@127.0.0.1:{port}/postgres"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis server that keeps nothing, and its address."""
    port = free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    with running(command, folder / "redis.log"):
        answers(port)
        yield f"127.0.0.1:{port}"


@contextmanager
def bluesky(folder: Path) -> Iterator[Network]:
    """The network, empty; its logs and data stay in the folder."""
    with postgres(folder) as database, redis(folder) as cache:
        env = {
            **os.environ,
            "DB_POSTGRES_URL": database,
            "REDIS_HOST": cache,
            "RATE_LIMIT_BYPASS_KEY": BYPASS_KEY,
            "TMPDIR": str(folder),
        }
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "cwd": BLUESKY, "env": env}
        with running(["node", "network.cjs"], folder / "network.log", **pipes) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            if not first:
                log = (folder / "network.log").read_text()
                raise RuntimeError(f"the Bluesky network did not start:\n{log[-2000:]}")
            yield Network(json.loads(first)["pds"], process)
