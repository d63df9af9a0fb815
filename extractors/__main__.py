"""python -m extractors hubspot contacts --from 2026-08-01 --to 2026-08-02: a window into the lake, without Airflow.

`python -m extractors check hubspot` only asks whether the connection works, with one cheap call to every endpoint.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from extractors import settings
from extractors.catalog import catalog, named
from extractors.errors import Busy, Changed, Refused
from extractors.spec import Source, Window

EXITS: dict[type[Exception], int] = {ValueError: 2, Busy: 75, Refused: 77, Changed: 65}  # as sysexits.h has them


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one extraction or check; 0 if it went well, 2 for bad arguments, 75 Busy, 77 Refused, 65 Changed."""
    asked = _parser().parse_args(arguments)
    if asked.list or not asked.vendor:
        _list(asked.vendor)
        return 0
    try:
        if asked.vendor == "digest":
            return _digest(asked.endpoint or "")
        if asked.templates:
            return _templates(named(asked.vendor), asked.templates)
        return _check(asked.endpoint or "", asked.lake) if asked.vendor == "check" else _extract(asked)
    except KeyError as unknown:
        print(unknown.args[0], file=sys.stderr)  # noqa: T201
        return 2
    except tuple(EXITS) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
        return _exit(error)


def _exit(error: Exception) -> int:
    return next(code for kind, code in EXITS.items() if isinstance(error, kind))


def _check(vendor: str, lake: str | None) -> int:
    """Print what each endpoint answers, the limits seen and the clock's skew; the first error's exit code, or 0."""
    from extractors.check import Check  # noqa: PLC0415 as for an extraction

    source = named(vendor)
    if source.reads != "calls":
        return _look(source)
    check = Check(source, settings.account(source.name), lake or settings.lake())
    errors = []
    for finding in check.findings():
        says = finding.says.removeprefix(f"{source.name} {finding.endpoint.name}: ")
        kind = type(finding.error).__name__ if finding.error else "ok"
        print(f"{finding.endpoint.name:<32}{kind:<9}{says}", flush=True)  # noqa: T201
        errors += [finding.error] if finding.error else []
    limits = ", ".join(f"{name}: {said}" for name, said in check.limits.items())
    print(f"limits seen: {limits or 'none'}")  # noqa: T201
    if check.skew_in_s is not None:
        print(f"clock: {source.name} is {check.skew_in_s:+.0f} s from ours")  # noqa: T201
    return _exit(errors[0]) if errors else 0


def _digest(kind: str) -> int:
    """Print the keyed digest of every line of the input, for the seed of mapped handles."""
    from extractors.privacy import NORMAL, digest  # noqa: PLC0415 as for an extraction

    personal = next((name for name in NORMAL if name == kind), None)
    if personal is None:
        raise ValueError(f"digest takes one of {', '.join(NORMAL)}")
    for line in sys.stdin:
        print(digest(line, personal, settings.digest_key()) or "")  # noqa: T201
    return 0


def _look(source: Source) -> int:
    """Print how many files lie in the folder for yesterday, and how many of them were refused."""
    from extractors.files import folder_of  # noqa: PLC0415 as for an extraction

    account = settings.account(source.name)
    folder, yesterday = folder_of(source, account), datetime.now(UTC).date() - timedelta(days=1)
    for endpoint in source.endpoints:
        found, refused = (len(look(endpoint, yesterday, account.options)) for look in (folder.of_day, folder.refused))
        print(f"{endpoint.name:<32}ok       {found} files for {yesterday}, {refused} refused")  # noqa: T201
    return 0


def _extract(asked: argparse.Namespace) -> int:
    settings.spare()
    gc.disable()  # imports leave no garbage, and looking for it is a tenth of the start
    from extractors.run import extract  # noqa: PLC0415 --list and --help need no Arrow

    gc.freeze()
    gc.enable()
    source = named(asked.vendor)
    names = [source.endpoint(asked.endpoint).name] if asked.endpoint else [e.name for e in source.roots]
    window = Window(asked.start, asked.end or asked.start + timedelta(days=1))
    lake = asked.lake or settings.lake()
    for name in names:
        with _bar(name) as progress:
            receipts = extract(
                source,
                name,
                window,
                settings.account(source.name),
                lake,
                settings.digest_key(),
                progress,
                parallel=asked.parallel,
            )
        for endpoint in dict.fromkeys(receipt.endpoint for receipt in receipts):
            own = [receipt for receipt in receipts if receipt.endpoint == endpoint]
            rows, rejected = sum(r.rows for r in own), sum(r.rejected for r in own)
            refused = sum(r.refused_files for r in own)
            more = f", {refused} files refused" if refused else ""
            print(f"{source.name} {endpoint}: {rows:,} rows, {rejected:,} rejected{more}, {len(own)} days")  # noqa: T201
            for why in dict.fromkeys(why for receipt in own for why in receipt.left_out):
                cut = sum(why in receipt.left_out for receipt in own)
                print(f"{source.name} {endpoint}: {cut} of {len(own)} days are not whole: {why}")  # noqa: T201
    return 0


def _templates(source: Source, folder: Path) -> int:
    if source.reads != "files":
        raise ValueError(f"{source.name} is called, not read from files: there is no template")
    folder.mkdir(parents=True, exist_ok=True)
    for endpoint in source.endpoints:
        file = folder / f"{endpoint.name}.csv"
        file.write_text(",".join(column.name for column in endpoint.columns) + "\n")
        print(file)  # noqa: T201
    return 0


def _list(vendor: str | None) -> None:
    for source in [named(vendor)] if vendor else catalog().values():
        for endpoint in source.endpoints:
            how = f"with {endpoint.each.of}" if endpoint.each else f"by {endpoint.by}" if endpoint.by else "snapshot"
            print(f"{source.name:<12}{endpoint.name:<32}{len(endpoint.columns):>3} columns  {how}")  # noqa: T201


@contextmanager
def _bar(name: str) -> Iterator[Callable[[str, int], None] | None]:
    """A progress bar on a terminal, and silence elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm  # noqa: PLC0415 only a terminal needs it

    with tqdm(desc=name, unit=" rows", unit_scale=True) as bar:

        def more(endpoint: str, rows: int) -> None:
            bar.set_description(endpoint, refresh=False)
            bar.update(rows)

        yield more


def _parser() -> argparse.ArgumentParser:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    parser = argparse.ArgumentParser("python -m extractors", description="Read a vendor's days into the lake.")
    parser.add_argument("vendor", nargs="?", help="one of --list; or `check`, followed by one, to try the connection")
    parser.add_argument("endpoint", nargs="?", help="one of --list; every one that is asked by itself if left out")
    parser.add_argument("--from", dest="start", type=date.fromisoformat, default=yesterday, help="first day, UTC")
    parser.add_argument("--to", dest="end", type=date.fromisoformat, help="first day not to read (default: one day)")
    parser.add_argument("--lake", help="folder or URI (default: RAPPORT_LAKE)")
    parser.add_argument("--parallel", type=int, help="calls under way at once (default: the vendor's own number)")
    parser.add_argument("--templates", type=Path, help="write an empty CSV for each kind of file into this folder")
    parser.add_argument("--list", action="store_true", help="list what there is")
    return parser


if __name__ == "__main__":
    sys.exit(main())
