"""A purchases file as the city: one CRM deal an invoice, one contact a customer.

Amounts are sums of exact decimals; lines of one invoice that look the same all count; an invoice whose number starts
with C is cancelled; an invoice without a customer is a deal without a contact. No other vendor knows anything.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from sandbox.chance import DAY, HOUR, Ints, iso
from sandbox.city.crm import CONTACT_ID
from sandbox.city.mail import epoch
from sandbox.city.objects import BASES
from sandbox.store import Versions, links, versions
from sandbox.world import World, build, only_crm

NAMES = {
    "invoice": ("invoice", "invoiceno", "invoice_no", "order_number"),
    "item": ("item", "stockcode", "stock_code", "sku"),
    "quantity": ("quantity", "qty"),
    "price": ("price", "unitprice", "unit_price"),
    "time": ("time", "invoicedate", "invoice_date", "ordered_at"),
    "customer": ("customer", "customerid", "customer_id", "customer id"),
    "country": ("country",),
}
OPTIONAL = ("country", "item")
HANDLES = ("bluesky_handle", "mastodon_handle", "twitterhandle")
DEALS = """
select
    cast(invoice as varchar) as invoice,
    any_value({customer}) as customer,
    epoch_ms(min(cast(time as timestamp))) as happened_ms,
    count(*) as lines,
    sum(cast(quantity as decimal(14, 3)) * cast(price as decimal(16, 4))) as amount,
    any_value({country}) as country
from lines
group by 1
order by happened_ms, invoice
"""
PLAIN_CUSTOMER = "nullif(regexp_replace(trim(cast(customer as varchar)), '\\.0+$', ''), '')"


@dataclass(frozen=True, slots=True)
class Spell:
    """The days a file covers."""

    first: date
    last: date

    @property
    def now(self) -> int:
        """The instant that the sandbox's clock stands at: six hours after the last day (epoch ms)."""
        return epoch(self.last) + DAY + 6 * HOUR


def _lines(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection in which the view `lines` has the file's rows under our names."""
    con = duckdb.connect(":memory:")
    file = con.read_parquet(str(path)) if path.suffix.lower() == ".parquet" else con.read_csv(str(path))
    there = {name.lower(): name for name in file.columns}
    chosen = []
    for ours, known in NAMES.items():
        found = next((there[name] for name in known if name in there), None)
        if found is None and ours not in OPTIONAL:
            raise ValueError(f"the file has no column for {ours}: any of {', '.join(known)} would do")
        chosen.append(f'"{found}" as {ours}' if found else f"cast(null as varchar) as {ours}")
    file.project(", ".join(chosen)).create_view("lines")
    return con


def spell(path: Path) -> Spell:
    """The first and the last day of a purchases file."""
    found = (
        _lines(path).execute("select min(cast(time as timestamp)), max(cast(time as timestamp)) from lines").fetchone()
    )
    if not found or found[0] is None:
        raise ValueError("the file has no rows")
    return Spell(found[0].date(), found[1].date())


def world(path: Path) -> World:
    """The world of a purchases file."""
    con = _lines(path)
    table = con.execute(DEALS.format(customer=PLAIN_CUSTOMER, country="cast(country as varchar)")).to_arrow_table()
    at: Ints = table["happened_ms"].to_numpy().astype(np.int64)
    customers, contacts, who = _contacts(table, at)
    deals, ids = _deals(table, at)
    pairs = links(ids[who >= 0], CONTACT_ID + who[who >= 0])
    empty = build(seed=0, count=0, first=spell(path).first, now=0)
    return (
        only_crm(empty, {"contacts": contacts, "deals": deals}, {"deals": pairs})
        if len(customers) or len(ids)
        else empty
    )


def _contacts(table: pa.Table, at: Ints) -> tuple[list[str], Versions, Ints]:
    """The customers in the order they first bought, their contacts, and the customer of each invoice (or -1)."""
    names = table["customer"].to_pylist()
    number: dict[str, int] = {}
    first: list[int] = []
    for place, name in enumerate(names):
        if name is not None and name not in number:
            number[name] = len(first)
            first.append(place)
    who = np.array([-1 if name is None else number[name] for name in names], np.int64)
    rows = np.array(first, np.int64)
    count = len(rows)
    countries = table["country"].to_pylist()
    wire: dict[str, object] = {
        **{name: [None] * count for name in ("email", "hs_additional_emails", "phone", "firstname", "lastname")},
        **{name: [None] * count for name in (*HANDLES, "hs_merged_object_ids", "associatedcompanyid", "jobtitle")},
        "site_user_id": list(number),
        "country": [countries[row] for row in first],
        "lifecyclestage": ["customer"] * count,
        "hs_legal_basis": [None] * count,
        "hs_email_optout": ["false"] * count,
        "hubspot_owner_id": [None] * count,
    }
    return list(number), versions(CONTACT_ID + np.arange(count), at[rows], at[rows], wire), who


def _deals(table: pa.Table, at: Ints) -> tuple[Versions, Ints]:
    invoices = table["invoice"].to_pylist()
    is_void = [name[:1].upper() == "C" for name in invoices]
    ids = BASES["deals"] + np.arange(len(invoices))
    wire: dict[str, object] = {
        "order_number": invoices,
        "pipeline": ["default"] * len(invoices),
        "dealname": [f"Invoice {name}" for name in invoices],
        "dealstage": ["cancelled" if void else "closedwon" for void in is_void],
        "dealtype": [None] * len(invoices),
        "amount": [plain(amount) for amount in table["amount"].to_pylist()],
        "deal_currency_code": [None] * len(invoices),
        "line_count": [str(count) for count in table["lines"].to_pylist()],
        "hs_is_closed_won": ["false" if void else "true" for void in is_void],
        "closedate": iso(at),
        "hubspot_owner_id": [None] * len(invoices),
    }
    return versions(ids, at, at, wire), ids


def plain(amount: object) -> str:
    """A decimal without needless zeros, at least two places."""
    whole, _, part = f"{amount:f}".partition(".")
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}"
