"""`python -m truth`: city, pipeline, comparison with the truth; ends with 1 where a value misses its floor."""

import argparse
import json
import shutil
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from truth.city import DIGEST_KEY, City
from truth.figures import Figure
from truth.measures import figures
from truth.page import drawing, page


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk a city for each noise, write the report and say what missed its floor."""
    asked = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the city's server ends with it
    found: list[Figure] = []
    for noise in asked.noise:
        city = City(asked.people, asked.days, noise, asked.out / f"city-{asked.people}-{asked.days}-{noise:g}")
        shutil.rmtree(city.folder, ignore_errors=True)
        city.walk(_say)
        found += figures(city.warehouse, city.truth, DIGEST_KEY, noise)
        if not asked.keep:
            shutil.rmtree(city.folder)
    command = f"make truth PEOPLE={asked.people} DAYS={asked.days} NOISE='{' '.join(f'{n:g}' for n in asked.noise)}'"
    return report(found, command, asked.out, asked.docs)


def report(found: Sequence[Figure], command: str, out: Path, docs: Path | None = None) -> int:
    """Write report.json and the page into `out`, the page also into `docs`; 1 where a value misses its floor."""
    for folder in (out, docs) if docs else (out,):
        (folder / "truth.svg").write_text(drawing(found))
        (folder / "truth.md").write_text(page(found, command))
    (out / "report.json").write_text(json.dumps([asdict(figure) for figure in found], indent=1) + "\n")
    for figure in found:
        _say(f"{figure.name:<42}{figure.value:.4f}  ({figure.low:.4f} to {figure.high:.4f})  floor {figure.floor:g}")
    missed = [figure.name for figure in found if not figure.holds]
    if missed:
        sys.stderr.write(f"below the floor: {', '.join(missed)}\n")
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m truth", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--noise", type=float, nargs="+", default=[1.0, 2.0], help="1 is the usual city")
    parser.add_argument("--out", type=Path, default=Path("data/truth"), help="report.json, truth.md and truth.svg")
    parser.add_argument("--docs", type=Path, help="a second place for the page, to be checked in")
    parser.add_argument("--keep", action="store_true", help="keep the lakes and the warehouses")
    return parser


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
