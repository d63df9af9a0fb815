"""Dropped files: a till's orders."""

import csv
from pathlib import Path
from typing import Any

from sandbox.chance import iso_one
from tests.contract.checklist.planter import FilePlanter

FIELDS = ("order_id", "store_id", "amount", "currency", "ordered_at")


def row(number: int, at: int) -> dict[str, Any]:
    """An order as a till writes it."""
    order = {"order_id": str(number), "store_id": "S1", "amount": "9.50", "currency": "EUR"}
    return {**order, "ordered_at": iso_one(at, "Z", "s")}


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    """A file of CSV."""
    with path.open("w", newline="") as out:
        writer = csv.DictWriter(out, FIELDS)
        writer.writeheader()
        writer.writerows(rows)


PLANTER = FilePlanter(
    source="files",
    endpoint="orders",
    column="order_id",
    moment="ordered_at",
    unit=1000,
    name=lambda day: f"orders/{day}.csv",
    row=row,
    write=write,
    keys=lambda held: [str(n) for n in held.number],
    changes=True,
    blank=("store_id", "store_id"),
)
