"""The real extractor, whole, against what else lands the same records, and against a raw socket."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable

from benchmarks.fixtures import FIRST_DAY, Fixture, write
from benchmarks.report import UNITS, Figure, Measure, compare, cpus, memories, walls
from benchmarks.timing import FEWER, ROOT, WORK, Command, Run, control, environment, in_turns, served

FIXTURES = WORK / "fixtures"
OUT = WORK / "out"
LAKE = OUT / "lake"
PEERS = WORK / "peers" / "bin" / "python"
CONTACTS = Fixture("contacts", 50_000 // FEWER, 1)
TENFOLD = Fixture("contacts", 500_000 // FEWER, 1)
STREAM = Fixture("contacts", 100_000 // FEWER, 1)
WINDOWS = Fixture("contacts", 100_000 // FEWER, 16)
NOTHING = Fixture("contacts", 0, 1)
VISITS = Fixture("visits", 10_000 // FEWER, 4)
LATENCY_IN_S = 0.020
PAGE = 200
VENDORS = {"contacts": "hubspot", "visits": "matomo"}


def empty() -> None:
    """Leave nothing of the last run."""
    shutil.rmtree(OUT, ignore_errors=True)
    LAKE.mkdir(parents=True)


def all_landed(fixture: Fixture) -> Callable[[], None]:
    """A check that every record of the fixture lies in Parquet, whoever put it there."""

    def check() -> None:
        argv = [sys.executable, "-m", "benchmarks.rows", str(LAKE), fixture.entity]
        rows = int(subprocess.run(argv, check=True, capture_output=True, env=environment(), cwd=ROOT).stdout)  # noqa: S603
        if rows != fixture.rows:
            raise RuntimeError(f"{rows} of {fixture.rows} {fixture.entity} were landed")

    return check


def ours(base: str, fixture: Fixture, parallel: int = 0) -> Command:
    """The extractor's own command over the fixture's days, with its full path and no rate limit."""
    vendor = VENDORS[fixture.entity]
    more = {"rate_factor": 1_000_000, "site": "1", "skip_histories": "yes"}  # no peer reads histories
    account = {"conn_type": "http", "host": base, "password": "benchmark", "extra": more}
    env = {
        f"AIRFLOW_CONN_{vendor.upper()}": json.dumps(account),
        "AIRFLOW_CONN_DIGEST": json.dumps({"conn_type": "generic", "password": "benchmark"}),
        "RAPPORT_LAKE": str(LAKE),
    }
    days = ["--from", str(FIRST_DAY), "--to", str(fixture.end_day)]
    wide = ["--parallel", str(parallel)] if parallel else []
    argv = [sys.executable, "-m", "extractors", vendor, fixture.entity, *days, *wide]
    return Command("ours", argv, env, empty, all_landed(fixture))


def peer(name: str, base: str, fixture: Fixture) -> Command:
    """A contender over the same days: in our environment, or in one of its own where it needs more."""
    module, what = MODULES[name]
    days = [str(FIRST_DAY), str(fixture.end_day)]
    python = str(PEERS) if module == "dlt_pipeline" else sys.executable  # where it can, in the same installation
    argv = [python, "-m", f"benchmarks.peers.{module}", what or fixture.entity, base, *days, str(LAKE)]
    return Command(name, argv, {}, empty, all_landed(fixture))


PLAIN = "requests + json + from_pylist"
REST = "dlt rest_api"
ARROW = "dlt Arrow resource"
LIMIT = "raw socket + pyarrow.json"
MODULES = {
    PLAIN: ("plain", ""),
    REST: ("dlt_pipeline", "rest"),
    ARROW: ("dlt_pipeline", "arrow"),
    LIMIT: ("socket_limit", ""),
}


def contacts(base: str, rounds: int, measure: Measure) -> list[Figure]:
    """50,000 contacts of one day, no latency, against every peer and the limit."""
    control(base, f"latency_ms=0&contacts={CONTACTS.name}")
    commands = [
        ours(base, CONTACTS),
        peer(PLAIN, base, CONTACTS),
        peer(REST, base, CONTACTS),
        peer(ARROW, base, CONTACTS),
        peer(LIMIT, base, CONTACTS),
    ]
    runs = in_turns(commands, rounds)
    mine, name = runs["ours"], "contacts, 50,000"
    return [
        compare(name, PLAIN, (measure(mine), measure(runs[PLAIN])), ">= 2.5", UNITS[measure]),
        compare(name, REST, (measure(mine), measure(runs[REST])), ">= 8", UNITS[measure]),
        compare(name, ARROW, (measure(mine), measure(runs[ARROW])), ">= 2", UNITS[measure]),
        compare(name, LIMIT, (cpus(mine), cpus(runs[LIMIT])), "<= 1.5", "cpu s"),
        at_most(f"{name}: peak memory", mine, 300),
    ]


def visits(base: str, rounds: int, measure: Measure) -> list[Figure]:
    """10,000 visits of four days, no latency."""
    control(base, f"latency_ms=0&visits={VISITS.name}")
    commands = [
        ours(base, VISITS),
        peer(PLAIN, base, VISITS),
        peer(LIMIT, base, VISITS),
    ]
    runs = in_turns(commands, rounds)
    mine, name = runs["ours"], "visits, 10,000"
    return [
        compare(name, PLAIN, (measure(mine), measure(runs[PLAIN])), ">= 2.5", UNITS[measure]),
        compare(name, LIMIT, (cpus(mine), cpus(runs[LIMIT])), "<= 1.5", "cpu s"),
        at_most(f"{name}: peak memory", mine, 300),
    ]


def latency(base: str, rounds: int, _: Measure) -> list[Figure]:
    """100,000 contacts, every answer 20 ms late: one keyset stream, then sixteen windows of a day."""
    control(base, f"latency_ms={LATENCY_IN_S * 1000}&contacts={STREAM.name}")
    stream = in_turns([ours(base, STREAM)], rounds)["ours"]
    control(base, f"contacts={WINDOWS.name}")
    commands = [
        ours(base, WINDOWS, parallel=16),
        peer(PLAIN, base, WINDOWS),
    ]
    runs = in_turns(commands, rounds)
    bound = STREAM.rows / PAGE * LATENCY_IN_S
    return [
        compare("one keyset stream, 20 ms", "pages x round trip", (walls(stream), [bound] * rounds), "<= 1.2", "s"),
        compare("16 windows, 20 ms", PLAIN, (walls(runs["ours"]), walls(runs[PLAIN])), ">= 7", "s"),
    ]


def size(base: str, rounds: int, measure: Measure) -> list[Figure]:
    """Ten times the rows in the same memory; a window with no rows is all start-up."""
    control(base, f"latency_ms=0&contacts={CONTACTS.name}")
    small = in_turns([ours(base, CONTACTS)], rounds)["ours"]
    control(base, f"contacts={NOTHING.name}")
    nothing = in_turns([ours(base, NOTHING)], rounds)["ours"]
    control(base, f"contacts={TENFOLD.name}")
    large = in_turns([ours(base, TENFOLD)], rounds)["ours"]
    return [
        at_most("contacts, 500,000: peak memory", large, 300),
        compare("contacts, 10 x the rows: memory", "50,000 rows", (memories(large), memories(small)), "<= 1.1", "MB"),
        compare(
            "start-up, a window with no rows", "the goal", (measure(nothing), [0.5] * rounds), "<= 1", UNITS[measure]
        ),
    ]


def at_most(name: str, runs: list[Run], megabytes: int) -> Figure:
    """A figure of peak memory against a fixed bound."""
    return compare(name, "the goal", (memories(runs), [megabytes] * len(runs)), "<= 1", "MB")


def figures(rounds: int, measure: Measure) -> list[Figure]:
    """Every comparison of extraction."""
    for fixture in (CONTACTS, TENFOLD, STREAM, WINDOWS, VISITS, NOTHING):
        write(FIXTURES, fixture)
    with served(FIXTURES) as base:
        return [figure for scene in (contacts, visits, latency, size) for figure in scene(base, rounds, measure)]
