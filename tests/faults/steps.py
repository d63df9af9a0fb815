"""python -m tests.faults.steps FIRST [STEP LAST]...: steps of the Dags in one process that logs all there is to log."""

import logging
import sys
import traceback
from datetime import date, timedelta

from dags.journal import step
from expectations import runs
from expectations.gate import GateClosed, Verdict, check_marts, check_raw
from extractors import settings
from extractors.spec import Window
from publishing.build import build
from publishing.publish import publish


def passed(verdict: Verdict) -> None:
    """Say the verdict; GateClosed unless it passed."""
    say(verdict)
    if not verdict.passed:
        raise GateClosed(str(verdict))


def gate(first: date, last: date) -> None:
    """The raw gate of every vendor in use."""
    for source in settings.sources().values():
        passed(check_raw(source, settings.lake(), Window(first, last + timedelta(1)).days, settings.runs()))


def transform(_: date, last: date) -> None:
    """The build."""
    with step("transform", last, "marts"):
        say(build(settings.lake(), settings.warehouse(), last))


def validate(_: date, last: date) -> None:
    """The gate over the marts."""
    passed(check_marts(settings.warehouse(), last, settings.runs()))


def publication(_: date, last: date) -> None:
    """The publication, by the verdict that was written down."""
    with step("publish", last, "marts"):
        record = runs.verdict(settings.runs(), "marts", last)
        say(publish(settings.warehouse(), settings.published(), record, last, settings.runs()))


def say(something: object) -> None:
    """Print it."""
    sys.stdout.write(f"{something}\n")


def main(first: str, *steps: str) -> int:
    """Take the steps whatever becomes of them, with the traceback of each that fails; how many failed."""
    logging.basicConfig(level=logging.DEBUG)
    failed = 0
    for name, last in zip(steps[::2], steps[1::2], strict=True):
        try:
            {"gate": gate, "transform": transform, "validate": validate, "publication": publication}[name](
                date.fromisoformat(first), date.fromisoformat(last)
            )
        except Exception:
            traceback.print_exc()
            failed += 1
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
