"""Figures and their goals: what report.json holds and the table that is printed."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks.timing import Run

PATH = Path(__file__).with_name("report.json")


@dataclass(frozen=True)
class Figure:
    """One comparison: medians of ours and of the other, the median of the ratios of each round, and the goal."""

    name: str
    against: str
    ours: float
    other: float
    ratio: float
    goal: str
    unit: str
    met: bool


def compare(name: str, against: str, sides: tuple[Sequence[float], Sequence[float]], goal: str, unit: str) -> Figure:
    """A figure from ours and the other's rounds, whose goal is "<= x" for ours / other or ">= x" for other / ours."""
    ours, other = sides
    sign, bound = goal.split()
    pairs = zip(ours, other, strict=True)
    ratio = median(b / a if sign == ">=" else a / b for a, b in pairs)
    met = ratio >= float(bound) if sign == ">=" else ratio <= float(bound)
    return Figure(name, against, round(median(ours), 3), round(median(other), 3), round(ratio, 3), goal, unit, met)


def walls(runs: Sequence[Run]) -> list[float]:
    """Seconds on the clock."""
    return [run.wall_in_s for run in runs]


def cpus(runs: Sequence[Run]) -> list[float]:
    """Seconds of processor."""
    return [run.cpu_in_s for run in runs]


def memories(runs: Sequence[Run]) -> list[float]:
    """Peak megabytes."""
    return [run.rss_in_mb for run in runs]


Measure = Callable[[Sequence[Run]], list[float]]
UNITS: dict[Measure, str] = {walls: "s", cpus: "cpu s"}


def save(figures: Sequence[Figure], path: Path = PATH) -> None:
    """Put the figures into the report; those of the same name and opponent that are already there are replaced."""
    before = json.loads(path.read_text()) if path.exists() else []
    new = {(f.name, f.against) for f in figures}
    kept = [f for f in before if (f["name"], f["against"]) not in new]
    path.write_text(json.dumps([*kept, *map(asdict, figures)], indent=1, ensure_ascii=False) + "\n")


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text."""
    head = f"{'what':<44}{'against':<34}{'ours':>9}{'other':>9} {'unit':<7}{'ratio':>8}  goal"
    lines = [
        f"{f.name:<44}{f.against:<34}{f.ours:>9.2f}{f.other:>9.2f} {f.unit:<7}{f.ratio:>8.2f}  "
        f"{f.goal} {'met' if f.met else 'MISSED'}"
        for f in figures
    ]
    return "\n".join([head, *lines])
