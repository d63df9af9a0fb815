"""What a lake holds, seen from outside: the bytes of its files, and the content of its partitions."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from extractors.landing import receipts
from extractors.receipt import Receipt


def bytes_of(lake: Path) -> dict[str, str]:
    """The digest of every file, also of leftovers and rejects."""
    files = sorted(path for path in lake.rglob("*") if path.is_file())
    return {str(path.relative_to(lake)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def content_of(found: Iterable[Receipt]) -> dict[tuple[str, str], str]:
    """What the partitions hold, by endpoint and day, whatever the clock said."""
    return {(receipt.endpoint, receipt.day): receipt.content_digest for receipt in found}


def whole_content_of(lake: Path) -> dict[tuple[str, str], str]:
    """What the partitions hold, after reading every file of the lake to its end; a torn file raises."""
    for path in lake.rglob("part-0.parquet"):
        pq.read_table(path, partitioning=None)
    return content_of(receipts(lake))


def leftovers(lake: Path) -> list[Path]:
    """The files that killed writers left behind."""
    return [path for path in lake.rglob(".*") if path.is_file()]
