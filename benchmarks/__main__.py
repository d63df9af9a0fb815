"""`python -m benchmarks [PART…] [--rounds N]`: the figures of the parts, printed and kept in benchmarks/report.json.

With RAPPORT_BENCH_FEWER=500 everything runs over a five-hundredth of the rows, and no figure is kept.
"""

import argparse

from benchmarks import extraction, models, validation
from benchmarks.report import cpus, save, table, walls
from benchmarks.timing import FEWER

PARTS = {"extraction": extraction.figures, "models": models.figures, "validation": validation.figures}


def main() -> None:
    """Run the asked parts one after the other; a part's figures are saved as soon as they are there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"any of: {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--rounds", type=int, default=5, help="how often each contender runs (default 5)")
    parser.add_argument(
        "--busy", action="store_true", help="compare processor time, because others use the machine too"
    )
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    found = []
    for part in asked.parts or PARTS:
        print(part, flush=True)  # noqa: T201
        figures = PARTS[part](asked.rounds, cpus if asked.busy else walls)
        if FEWER == 1:
            save(figures)
        found += figures
    print(table(found) if FEWER == 1 else "everything runs; of so few rows no figure says anything")  # noqa: T201


if __name__ == "__main__":
    main()
