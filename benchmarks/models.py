"""The models over 10 million activities: against their own SQL without dbt, against text-book SQL, and one more day.

What dbt costs whatever the data (imports, parsing, a few dozen milliseconds a node) is its start-up here: the time of
the same build over a history of 2,000 activities, less the time of that SQL without dbt.
"""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from benchmarks.history import FIRST_DAY
from benchmarks.report import UNITS, Figure, Measure, compare
from benchmarks.timing import FEWER, LOG, ROOT, WORK, Command, in_turns, run
from publishing.build import THE_SAME_EACH_DAY

PROJECT = ROOT / "dbt_project"
DBT = Path(sys.executable).with_name("dbt")
DAYS = 90
ACTIVITIES, FEW = 10_000_000 // FEWER, 2_000
MODELS = """int_session__sessions int_day__customer_activities int_day__customer_days int_score__points
int_score__ranked customer_scores score_contributions int_customer__orders"""
TEXTBOOK = "sessions customer_days score_contributions customer_scores int_customer__orders"
MOST_ROUNDS = 3
IDENTIFIERS, IDENTITY_WITHIN_S = 1_000_000 // FEWER, 30.0


@dataclass(frozen=True)
class History:
    """A lake of so many activities over DAYS days, and the folders where its warehouse is built."""

    activities: int

    @property
    def lake(self) -> Path:
        """Where the partitions lie."""
        return WORK / f"history-{self.activities}"

    def home(self, name: str) -> Path:
        """Where a warehouse of that name lies, with dbt's target and the run files."""
        return WORK / "built" / f"{name}-{self.activities}"

    def write(self, first: int, end: int) -> None:
        """Write these days of the lake, by number from 0."""
        argv = [sys.executable, "-m", "benchmarks.history", str(self.lake)]
        numbers = map(str, (self.activities, DAYS, first, end))
        run(Command(f"a history of {self.activities:,}", [*argv, *numbers]))

    def forget(self, number: int) -> None:
        """Take a day out of the lake again."""
        for folder in self.lake.glob(f"raw/*/*/day={day(number)}"):
            shutil.rmtree(folder)


def day(number: int) -> date:
    """The day of that number, from 0."""
    return FIRST_DAY + timedelta(days=number)


def anew(home: Path, of: Path | None = None) -> Callable[[], None]:
    """Empty a home, or make it a copy of another one's warehouse."""

    def make() -> None:
        shutil.rmtree(home, ignore_errors=True)
        (home / "runs").mkdir(parents=True)
        if of:
            shutil.copy(of / "warehouse.duckdb", home)
            shutil.copytree(of / "target", home / "target")

    return make


def build(  # noqa: PLR0913 # what one command line needs
    history: History,
    home: Path,
    last: int,
    touched: tuple[int, ...] = (),
    of: Path | None = None,
    *,
    select: tuple[str, ...] = (),
) -> Command:
    """`dbt build` for the window that ends with a day: everything, or what the touched days change; or some models."""
    places = ["--project-dir", PROJECT, "--profiles-dir", PROJECT, "--target-path", home / "target"]
    quiet = ["--log-path", home / "logs", "--log-level-file", "none", "--exclude-resource-type", "unit_test"]
    chosen = ["--indirect-selection", "buildable", "--select", *select] if select else []
    chosen += THE_SAME_EACH_DAY if touched else []
    argv = [DBT, "build", *places, *quiet, *chosen]
    return Command(
        f"dbt build, {'a day' if touched else 'all'}, {history.activities:,}",
        [str(argument) for argument in argv],
        {
            "RAPPORT_LAKE": str(history.lake),
            "RAPPORT_WAREHOUSE": str(home / "warehouse.duckdb"),
            "RAPPORT_RUNS": str(home / "runs"),
            "RAPPORT_AS_OF": str(day(last + 1)),
            "RAPPORT_TOUCHED_DAYS": ",".join(str(day(number)) for number in touched),
        },
        anew(home, of),
    )


def bare(history: History, built: Path) -> Command:
    """The SQL of the last build there, without dbt."""
    home = history.home("bare")
    places = [built / "target", built / "warehouse.duckdb", home / "warehouse.duckdb"]
    argv = [sys.executable, "-m", "benchmarks.bare", *map(str, places)]
    return Command(f"the same SQL, {history.activities:,}", argv, {"RAPPORT_RUNS": str(home / "runs")}, anew(home))


def statements(name: str, built: Path, files: list[Path]) -> Command:
    """Some selects into tables of their own, beside what was built."""
    argv = [sys.executable, "-m", "benchmarks.statements", str(built / "warehouse.duckdb"), *map(str, files)]
    return Command(name, argv, {}, after=lambda: print("   ", LOG.read_text().strip()))  # noqa: T201


def compiled(built: Path) -> list[Path]:
    """The compiled SQL of the marts that the text-book SQL has too, as files, in the order of the build."""
    results = json.loads((built / "target" / "run_results.json").read_text())["results"]
    code = {result["unique_id"].split(".")[2]: result["compiled_code"] for result in results}
    return [_file(built / "ours" / f"{name}.sql", code[name]) for name in MODELS.split()]


def textbook(built: Path) -> list[Path]:
    """The text-book SQL of the same marts for the end of the history."""
    own = Path(__file__).with_name("textbook")
    filled = {name: (own / f"{name}.sql").read_text().replace("{as_of}", str(day(DAYS))) for name in TEXTBOOK.split()}
    return [_file(built / "textbook" / f"{name}.sql", text) for name, text in filled.items()]


def _file(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def fixed_cost(few: History, rounds: int, measure: Measure) -> tuple[float, float]:
    """What dbt takes whatever the data, in seconds: of a whole build, and of a day's."""
    home, later = few.home("all"), few.home("day")
    few.write(0, DAYS)
    few.forget(DAYS)
    whole = in_turns([build(few, home, DAYS - 1)], rounds)
    whole |= in_turns([bare(few, home)], rounds)
    few.write(DAYS, DAYS + 1)
    whole |= in_turns([build(few, later, DAYS, (DAYS,), home)], rounds)
    all_of_it, without, one_day = (median(measure(runs)) for runs in whole.values())
    return all_of_it - without, one_day - without


def identity(rounds: int, measure: Measure) -> Figure:
    """A million identifiers resolved from nothing, dbt's start-up included; each person has four of them."""
    crowd = History(IDENTIFIERS // 4 * 10)
    crowd.write(0, 1)
    resolve = build(crowd, crowd.home("identity"), 0, select=("+int_identity__people",))
    (runs,) = in_turns([resolve], rounds).values()
    took = measure(runs)
    name = f"identity from nothing, {IDENTIFIERS:,} identifiers"
    return compare(name, "the goal", (took, [IDENTITY_WITHIN_S] * len(took)), "<= 1", UNITS[measure])


def figures(rounds: int, measure: Measure) -> list[Figure]:
    """Every comparison of the models."""
    rounds = min(rounds, MOST_ROUNDS)
    start_up, day_start_up = fixed_cost(History(FEW), rounds, measure)
    history = History(ACTIVITIES)
    home, later = history.home("all"), history.home("day")
    if not (history.lake / "raw" / "source=matomo" / "entity=visits" / f"day={day(DAYS - 1)}").exists():
        history.write(0, DAYS)
    history.forget(DAYS)
    run(build(history, home, DAYS - 1))
    ours = statements("the marts, ours", home, compiled(home))
    theirs = statements("the marts, text-book", home, textbook(home))
    marts = in_turns([ours, theirs], rounds, warm_ups=0)
    whole = in_turns([build(history, home, DAYS - 1), bare(history, home)], rounds, warm_ups=0)
    history.write(DAYS, DAYS + 1)
    one_day = in_turns([build(history, later, DAYS, (DAYS,), home)], rounds, warm_ups=0)
    history.forget(DAYS)
    (built, without), (a_day,), (mine, others) = (list(map(measure, runs.values())) for runs in (whole, one_day, marts))
    beyond = [wall - start_up for wall in built]
    a_day = [wall - day_start_up for wall in a_day]
    name, unit = f"{ACTIVITIES:,} activities", UNITS[measure]
    return [
        compare(f"dbt build of all marts, {name}", "the same SQL in bare DuckDB", (beyond, without), "<= 1.15", unit),
        compare(f"the marts of the text-book, {name}", "text-book SQL", (mine, others), "<= 0.8", unit),
        compare(f"one new day on {name}", "the whole build", (a_day, beyond), "<= 0.1", unit),
        identity(rounds, measure),
    ]
