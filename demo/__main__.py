"""`python -m demo [--stay] [--world FILE]`: the whole main job on one machine."""

import argparse
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TextIO

from requests import RequestException

from demo.home import Home, environment, home
from demo.processes import Died, Processes
from demo.progress import Progress
from demo.result import report, version
from demo.walk import Stuck, Walk
from demo.world import World, city, purchases


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m demo", description="The whole main job on one machine.")
    parser.add_argument("--stay", action="store_true", help="leave Airflow's UI running until Ctrl-C")
    parser.add_argument("--world", type=Path, metavar="FILE", help="purchases (Parquet or CSV) instead of the city")
    parser.add_argument("--people", type=int, default=2000, help="how many people live in the city")
    parser.add_argument("--seed", type=int, default=7, help="which city")
    return parser.parse_args()


def interrupt(number: int, _: FrameType | None) -> None:
    """A polite end by signal is the same as Ctrl-C."""
    raise KeyboardInterrupt(signal.Signals(number).name)


def run(world: World, home: Home, lock: TextIO, *, stay: bool) -> None:
    """Walk unless everything is published already; stop whatever was started."""
    progress = Progress()
    is_done = version(home.published, world.last) is not None
    if is_done:
        progress.say(f"{world.first} to {world.last} is published already")
    if not is_done or stay:
        with Processes(home.logs, environment(home, world), lock) as processes:
            walk = Walk(world, home, processes, progress)
            walk.start()
            walk.load()
            walk.run_days()
            progress.say("done")
            report(home)
            if stay:
                wait(home, processes)
    else:
        report(home)


def wait(home: Home, processes: Processes) -> None:
    """Until Ctrl-C, or until a process dies."""
    sys.stdout.write(f"\nAirflow: {home.airflow_url}  (Ctrl-C ends it)\n")
    sys.stdout.flush()
    while True:
        processes.check()
        time.sleep(1)


def main() -> int:
    """Exit code 0 when done, 1 when something failed, 130 when interrupted."""
    asked = arguments()
    world = purchases(asked.world) if asked.world else city(asked.people, asked.seed)
    if datetime.now(UTC).date() <= world.last:
        sys.stderr.write(f"The demo's days end on {world.last}; this machine's clock has not passed that day.\n")
        return 1
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    place = home(world, wish=8080 if asked.stay else 0)
    with place.lock() as lock:
        try:
            run(world, place, lock, stay=asked.stay)
        except KeyboardInterrupt:
            sys.stdout.write("\nstopped; run it again to go on from here\n")
            return 130
        except (Died, Stuck, RequestException) as error:
            sys.stderr.write(f"\n{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
