"""A vendor of the smallest kind, for tests of what every vendor shares."""

from collections.abc import Callable
from datetime import date

from extractors.auth import Bearer
from extractors.paging import between, cursor
from extractors.spec import Column, Endpoint, Rate, Request, Source, Window
from tests.unit.extractors.fake import Call, Reply, Vendor

KEY = b"a key for tests"
DAY = Window(date(2026, 8, 1), date(2026, 8, 2))
ORDERS = Endpoint(
    name="orders",
    path="/orders",
    records="data",
    columns=(
        Column("order_id", at="id", required=True),
        Column("email", at="buyer.email", personal="email"),
        Column("amount", "decimal", sent="text"),
        Column("weight", "number"),
        Column("count", "integer"),
        Column("is_paid", "boolean", sent="text"),
        Column("tags", split=";"),
        Column("ordered_at", "moment", at="at", required=True),
    ),
    key=("order_id",),
    span=between("from", "to", by="ordered_at"),
)
SOURCE = Source(
    name="shop",
    channel="crm",
    auth=Bearer("token"),
    turn=cursor("next", into="page"),
    rate=Rate(1000, 1.0),
    endpoints=(ORDERS,),
)
FIRST = Request("/orders")


def order(number: int | str, at: str = "2026-08-01T10:00:00Z", **more: object) -> dict[str, object]:
    """An order as the vendor sends it."""
    buyer = {"email": f"buyer{number}@example.org"}
    return {
        "id": str(number),
        "buyer": buyer,
        "amount": "12.50",
        "weight": 1.5,
        "count": 2,
        "is_paid": "true",
        "at": at,
        **more,
    }


def shop(records: list[dict], size: int = 3, trouble: Callable[[int], Reply | None] = lambda _: None) -> Vendor:
    """A vendor of orders, `size` a page; `trouble` may answer the nth call in its place."""
    calls = iter(range(10**6))

    def answer(call: Call) -> Reply | dict:
        odd = trouble(next(calls))
        if odd is not None:
            return odd
        mine = [r for r in records if call.params["from"] <= str(r["at"]) < call.params["to"]]
        at = int(call.params.get("page", "0"))
        more = {"next": str(at + size)} if at + size < len(mine) else {}
        return {"data": mine[at : at + size], **more}

    return answer


def a_week_of_orders(each_day: int = 4) -> list[dict]:
    """Some orders on each of seven days, an hour apart."""
    return [order(f"{d}-{n}", f"2026-08-0{d}T0{n}:00:00Z") for d in range(1, 8) for n in range(each_day)]
