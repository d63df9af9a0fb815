"""What BI reads, from the command line: publish, roll back, list, and dry runs of edited seeds (identity, score)."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from expectations import runs
from expectations.suites import GateClosed
from extractors import settings
from publishing import identity_diff, score_diff
from publishing.build import BuildFailed
from publishing.publish import current, publish, rollback, versions

APPLY = (
    "Nothing is applied. To take the weights: copy activity_types.csv and score_settings.csv from {out} into "
    "dbt_project/seeds, `make score-diff`, commit, build."
)
DRY_RUNS = {"identity-diff": identity_diff.diff, "score-diff": score_diff.diff}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked for; 0, or 1 with a message where it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m publishing", description=__doc__)
    parser.add_argument("--published", type=Path, default=settings.published(), help="the folder that BI reads")
    asked = parser.add_subparsers(dest="asked", required=True)
    asked.add_parser("list", help="the versions that are kept, the published one marked")
    asked.add_parser("rollback", help="point back to a version").add_argument("version")
    again = asked.add_parser("publish", help="publish the warehouse as built and validated for a day")
    again.add_argument("day", type=date.fromisoformat)
    dry = asked.add_parser("identity-diff", help="what the seeds as they are now would change about who is who")
    dry.add_argument("--out", type=Path, help="where changes.csv goes; beside the warehouse where nothing is said")
    moves = asked.add_parser("score-diff", help="who would move by the score's seeds as they are now")
    moves.add_argument(
        "--out", type=Path, help="where score_changes.csv goes; beside the warehouse where nothing is said"
    )
    fitted = asked.add_parser("fit-weights", help="propose weights of the score that go better with later orders")
    fitted.add_argument("--version", default="fitted", help="the name of the new score_version")
    fitted.add_argument("--out", type=Path, help="where the seeds go; beside the warehouse where nothing is said")
    given = parser.parse_args(arguments)
    try:
        said = _do(given)
    except (BuildFailed, GateClosed, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{said}\n")
    return 0


def _do(given: argparse.Namespace) -> str:
    if given.asked == "rollback":
        rollback(given.published, given.version)
        return f"published: {given.version}"
    if given.asked in DRY_RUNS:
        out = given.out or settings.warehouse().parent / given.asked
        return str(DRY_RUNS[given.asked](settings.lake(), settings.warehouse(), out))
    if given.asked == "fit-weights":
        from publishing.score_fit import propose  # noqa: PLC0415 # scipy takes its time to import

        out = given.out or settings.warehouse().parent / given.asked
        return f"{propose(settings.warehouse(), out, given.version)}\n{APPLY.format(out=out.name)}"
    if given.asked == "publish":
        record = runs.verdict(settings.runs(), "marts", given.day)
        return f"published: {publish(settings.warehouse(), given.published, record, given.day, settings.runs())}"
    now = current(given.published)
    return "\n".join(f"{'*' if now and now.name == name else ' '} {name}" for name in versions(given.published))


if __name__ == "__main__":
    sys.exit(main())
