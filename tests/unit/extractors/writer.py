"""A writer of small partitions that can be run in a process of its own and be killed there."""

import os
import resource
import signal
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa

from extractors import lake as lakes
from extractors.landing import Landing
from extractors.receipt import Receipt
from extractors.schema import arrow_schema
from tests.unit.extractors.shop import ORDERS

DAY = date(2026, 8, 1)


def rows(name: str, count: int, start: int = 0, hours: int = 0, amount: int = 1) -> pa.Table:
    """Orders of one day, or `hours` apart from each other."""
    schema = arrow_schema(ORDERS)
    morning = datetime(2026, 8, 1, tzinfo=UTC)
    made = [
        {
            "order_id": f"{name}{n}",
            "email": f"{n}@example.org",
            "amount": Decimal(amount),
            "is_paid": n % 2 == 0,
            "tags": ["a", "b"][: n % 3],
            "ordered_at": morning + timedelta(hours=hours * n),
            "ordered_at_raw": "as sent",
        }
        for n in range(start, start + count)
    ]
    return pa.Table.from_pylist(made, schema=schema.remove(len(schema) - 1))


def receipt() -> Receipt:
    """A receipt before the rows are known."""
    return Receipt("shop", "orders", "", "2026-08-01", "2026-08-02")


def write(lake: str, name: str, count: int) -> list[Receipt]:
    """The day, anew."""
    land = Landing(lake, "shop", ORDERS, [DAY])
    land.add(rows(name, count))
    return land.commit(receipt())


def dying(lake: str, name: str, step: str) -> None:
    """The same, dead when a step comes."""

    def passing(at: str) -> None:
        if at == step:
            os._exit(137)

    lakes.passing = passing
    write(lake, name, 5)


def for_ever(lake: str) -> None:
    """Children that write the day again and again, each until it is killed; their ids on standard output."""
    tables = [rows(f"day{n}-", 20_000) for n in range(3)]
    while True:
        child = os.fork()
        if not child:
            for n in range(10**9):
                land = Landing(lake, "shop", ORDERS, [DAY])
                land.add(tables[n % 3])
                land.commit(receipt())
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)


def on_a_full_disk(lake: str) -> None:
    """The day, anew, where no file may grow beyond a few bytes."""
    table = rows("new", 5000)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
    land = Landing(lake, "shop", ORDERS, [DAY])
    land.add(table)
    land.commit(receipt())
