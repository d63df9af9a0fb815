"""What an expectation, a suite and a verdict are: frozen values, nothing measured and nothing judged here.

An expectation measures one number by an SQL aggregate and bounds it. The number is a count, a share or a sum of
counts, never a value of the data: so no verdict, message or page can show a person's data, whatever it is about.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

Severity = Literal["critical", "warning"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that holds of today's data: a sentence, an SQL aggregate giving a number, and its bounds.

    `column` is what a person should look at, empty for the whole table; `needs` are the columns that the measure reads;
    `of_day` says that the measure reads what is known of a day's partition (see `raw.facts`) and not its rows.
    """

    says: str
    measure: str
    at_least: float | None = None
    at_most: float | None = None
    column: str = ""
    needs: tuple[str, ...] = ()
    severity: Severity = "critical"
    look_at: str = ""
    of_day: bool = False

    @property
    def allowed(self) -> str:
        """The bounds in words: "at most 0", "at least 10", "10 to 20"."""
        if self.at_least is None:
            return f"at most {number(self.at_most)}"
        if self.at_most is None:
            return f"at least {number(self.at_least)}"
        return f"{number(self.at_least)} to {number(self.at_most)}"


@dataclass(frozen=True, slots=True)
class Suite:
    """What is expected of one table, under the name that a verdict gives it: `raw.<vendor>.<entity>`, `mart.<name>`."""

    name: str
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one expectation: the number measured (the worst day's), and on which days it did not hold."""

    suite: str
    says: str
    column: str
    severity: Severity
    passed: bool
    measured: float | None
    allowed: str
    days: tuple[str, ...] = ()
    look_at: str = ""

    def __str__(self) -> str:
        """The finding as one line of a message."""
        where = f"{self.suite}.{self.column}" if self.column else self.suite
        when = f" on {len(self.days)} day(s), first {self.days[0]}" if self.days else ""
        hint = f"; look at {self.look_at}" if self.look_at else ""
        counted = f"measured {number(self.measured)}, allowed {self.allowed}"
        return f"{where}: expected that {self.says}; {counted}{when}{hint}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of one run: every finding, and whether the data may pass.

    `subject` is the vendor, or "marts"; `day` the last day looked at (ISO); `rows` how many rows were looked at;
    times are UTC.
    """

    subject: str
    day: str
    findings: tuple[Finding, ...]
    rows: int
    started_at: datetime
    finished_at: datetime

    @property
    def passed(self) -> bool:
        """Whether every critical expectation holds; warnings only report."""
        return not any(f.severity == "critical" and not f.passed for f in self.findings)

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The findings that did not pass, critical ones first."""
        return tuple(sorted((f for f in self.findings if not f.passed), key=lambda f: (f.severity, f.suite, f.says)))

    def __str__(self) -> str:
        """One line for a person: how many expectations held, and each that did not."""
        held = sum(f.passed for f in self.findings)
        first = f"{self.subject} {self.day}: {held} of {len(self.findings)} expectations hold"
        return "; ".join([first, *(f"[{f.severity}] {f}" for f in self.failures)])

    def record(self) -> dict[str, Any]:
        """The verdict as JSON-ready values, without times."""
        return {
            "subject": self.subject,
            "day": self.day,
            "passed": self.passed,
            "rows": self.rows,
            "findings": [asdict(finding) for finding in self.findings],
        }


class GateClosed(Exception):  # noqa: N818 # errors are named by what to do next
    """Today's data is unfit: names suites, expectations, columns, counts and what to look at, never a value."""


class GateBroken(RuntimeError):  # noqa: N818
    """The gate itself failed, so there is no verdict; it names the suite and the kind of error, never its text."""


def number(value: float | None) -> str:
    """A count without a point, a share with three places, "nothing" for what could not be measured."""
    if value is None:
        return "nothing"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:.3f}"
