"""python -m sandbox serve | truth | drop | ga4 | span."""

import argparse
import json
import signal
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sandbox import dropped, ga4_export, replay, truth
from sandbox.server import Sandbox, serve_in_thread
from sandbox.world import World, build, instant

FIRST = "2026-07-03"
NOW = "2026-10-04T06:00:00Z"
WRITES: dict[str, Callable[[World, int, Path], list[Path]]] = {
    "truth": truth.write,
    "drop": dropped.write,
    "ga4": ga4_export.write,
}


def arguments(given: list[str]) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="A city of simulated customers behind the APIs of nine vendors."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve the vendors on loopback until stopped")
    serve.add_argument("--port", type=int, default=0, help="0 takes a free one and prints it")
    serve.add_argument("--rate-factor", type=float, default=1.0, help="multiplies every vendor's rate limit")
    told = commands.add_parser("truth", help="write what is true as Parquet")
    told.add_argument("--out", type=Path, required=True)
    drop = commands.add_parser("drop", help="write the drop folder of the city's stores, events and surveys")
    drop.add_argument("--out", type=Path, required=True)
    ga4 = commands.add_parser("ga4", help="write GA4's BigQuery export of the city, a Parquet file a day")
    ga4.add_argument("--out", type=Path, required=True)
    span = commands.add_parser("span", help="print the days a purchases file covers, as JSON")
    span.add_argument("--world", type=Path, required=True)
    for command in (serve, told, drop, ga4):
        command.add_argument("--people", type=int, default=2000)
        command.add_argument("--seed", type=int, default=7)
        command.add_argument("--noise", type=float, default=1.0, help="multiplies what makes people hard to tell apart")
        command.add_argument("--first", help=f"first simulated day ({FIRST})")
        command.add_argument("--now", help=f"the simulated instant ({NOW})")
    serve.add_argument("--world", type=Path, help="a purchases file (Parquet or CSV) instead of the city")
    return parser.parse_args(given)


def setting(asked: argparse.Namespace) -> tuple[World, int, date]:
    """The world that was asked for, its clock (epoch ms) and its first day."""
    file = getattr(asked, "world", None)
    if file:
        covered = replay.spell(file)
        return replay.world(file), instant(asked.now) if asked.now else covered.now, covered.first
    first, now = date.fromisoformat(asked.first or FIRST), instant(asked.now or NOW)
    return build(asked.seed, asked.people, first, now, asked.noise), now, first


def serve(asked: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    world, now, first = setting(asked)
    server, stop = serve_in_thread(Sandbox(world, now, first, asked.rate_factor), asked.port)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)  # noqa: T201 - the address is the output
    ended.wait()
    stop()


def main(given: list[str]) -> None:
    """Do what was asked for."""
    asked = arguments(given)
    if asked.command == "serve":
        serve(asked)
    elif asked.command in WRITES:
        world, now, _ = setting(asked)
        for path in WRITES[asked.command](world, now, asked.out):
            print(path)  # noqa: T201 - the list of files is the output
    else:
        covered = replay.spell(asked.world)
        print(json.dumps({"first": covered.first.isoformat(), "last": covered.last.isoformat()}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
