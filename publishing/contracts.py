"""What the marts promise to whoever reads them: docs/marts.csv, a line per column of each version of a mart.

`python -m publishing.contracts` writes it from the marts' contracts; `--check` only tells whether it has drifted. It
does not write over a promise: a column that is gone or of another type needs a new version of its mart.
"""

import argparse
import csv
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
MARTS = ROOT / "dbt_project" / "models" / "marts"
PROMISED = ROOT / "docs" / "marts.csv"
COLUMNS = ("mart", "version", "column", "type", "description")


def contracts(marts: Path = MARTS) -> list[dict[str, str]]:
    """The promised columns, in the order of the marts; `version` as dbt counts it."""
    return [line for file in sorted(marts.glob("*.yml")) for line in _lines(yaml.safe_load(file.read_text()) or {})]


def _lines(read: dict[str, Any]) -> Iterator[dict[str, str]]:
    for mart in read.get("models", ()):
        for version in mart.get("versions", ()):
            for column in _columns(mart["columns"], version.get("columns", ())):
                yield {
                    **{"mart": mart["name"], "version": str(version["v"]), "column": column["name"]},
                    **{"type": column["data_type"], "description": " ".join(column["description"].split())},
                }


def _columns(base: list[dict[str, Any]], own: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The columns of a version as dbt has them: the mart's, as far as include and exclude let them in, then its own."""
    chosen = next((one for one in own if "include" in one), {"include": "all"})
    included, excluded = chosen["include"], chosen.get("exclude", ())
    names = [column["name"] for column in base] if included in ("all", "*") else included
    kept = [column for column in base if column["name"] in names and column["name"] not in excluded]
    return list({one["name"]: one for one in [*kept, *(one for one in own if "name" in one)]}.values())


def broken(promised: list[dict[str, str]], now: list[dict[str, str]]) -> list[str]:
    """The promises that are not kept: of each version of a mart, the columns that are gone or of another type."""
    kept = {(line["mart"], line["version"], line["column"]): line["type"] for line in now}
    newest = {
        line["mart"]: max(int(other["version"]) for other in now if other["mart"] == line["mart"]) for line in now
    }
    standing = {(line["mart"], line["version"]) for line in now}
    wrong = []
    for line in promised:
        mart, version = line["mart"], line["version"]
        if (mart, version) not in standing and newest.get(mart, 0) > int(version):
            continue  # an old version was taken away after a newer one had come
        found = kept.get((mart, version, line["column"]))
        if found != line["type"]:
            what = f"is {found}, no longer {line['type']}" if found else "is gone"
            wrong.append(f"{mart} v{version}: {line['column']} {what}; add a version (CONTRIBUTING.md, A mart)")
    return wrong


def main() -> int:
    """The command; 1 where a promise is broken, or where the file that is there says otherwise."""
    parser = argparse.ArgumentParser(description="Write docs/marts.csv from the marts' contracts.")
    parser.add_argument("--check", action="store_true", help="only tell whether it has drifted")
    check = parser.parse_args().check
    promised = list(csv.DictReader(PROMISED.read_text().splitlines())) if PROMISED.exists() else []
    now = contracts()
    wrong = broken(promised, now)
    if not wrong and promised != now:
        if check:
            wrong.append(f"{PROMISED.name} has drifted; run `make derive`")
        else:
            PROMISED.write_text(table(now))
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    return bool(wrong)


def table(lines: list[dict[str, str]]) -> str:
    """The lines as text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
