"""A vendor of the smallest kind, for tests of what every vendor shares."""

from datetime import date

from extractors.auth import Bearer
from extractors.paging import cursor
from extractors.spec import Column, Endpoint, Rate, Request, Source, Window, between

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
