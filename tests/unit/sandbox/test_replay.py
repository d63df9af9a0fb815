"""A purchases file becomes contacts and deals, to the cent."""

import json
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from sandbox import replay
from sandbox.__main__ import main

LINES = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536365,71053,LANTERN,1,2010-12-01 08:26:00,0.001,17850.0,United Kingdom
C536379,D,Discount,-1,2010-12-01 09:41:00,27.50,14527.0,France
536414,22139,,56,2010-12-02 11:52:00,0.10,,United Kingdom
A563185,B,Adjust bad debt,1,2010-12-09 14:50:00,11062.06,,United Kingdom
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "purchases.csv"
    path.write_text(LINES)
    return path


def deals(world):
    return {row["order_number"]: row for row in world.objects["deals"].wire.to_pylist()}


def test_a_deal_is_an_invoice_and_its_amount_the_exact_sum_of_its_lines(file):
    told = deals(replay.world(file))
    assert {number: row["amount"] for number, row in told.items()} == {
        "536365": "30.601",
        "C536379": "-27.50",
        "536414": "5.60",
        "A563185": "11062.06",
    }
    assert told["536365"]["line_count"] == "3"
    assert told["536365"]["closedate"] == "2010-12-01T08:26:00.000Z"


def test_an_invoice_that_starts_with_c_is_cancelled_and_not_won(file):
    told = deals(replay.world(file))
    won = {number: (row["dealstage"], row["hs_is_closed_won"]) for number, row in told.items()}
    assert won["C536379"] == ("cancelled", "false")
    assert {won[n] for n in won if n != "C536379"} == {("closedwon", "true")}


def test_a_customer_is_one_contact_and_an_invoice_without_one_has_no_contact(file):
    world = replay.world(file)
    contacts = world.objects["contacts"]
    assert contacts.wire["site_user_id"].to_pylist() == ["17850", "14527"]
    assert len(world.links["deals"].objects) == 2
    assert all(not len(world.objects[kind].ids) for kind in world.objects if kind not in ("contacts", "deals"))
    assert not len(world.mail.campaigns.code)
    assert not len(world.web.person)


def test_parquet_with_our_own_names_is_read_alike(file, tmp_path):
    other = tmp_path / "purchases.parquet"
    duckdb.sql(
        f"copy (select InvoiceNo as invoice, StockCode as item, Quantity as quantity, UnitPrice as price, "
        f"InvoiceDate as time, CustomerID as customer, Country as country from '{file}') to '{other}'"
    )
    assert deals(replay.world(other)) == deals(replay.world(file))


def test_totals_of_many_lines_reconcile_to_the_cent(tmp_path):
    path = tmp_path / "many.parquet"
    duckdb.sql(
        "copy (select cast(500000 + n // 20 as varchar) as InvoiceNo, 'x' as StockCode, n % 13 - 2 as Quantity, "
        "timestamp '2011-01-01' + interval (n) minute as InvoiceDate, cast(n % 997 as double) / 100 as UnitPrice, "
        f"if(n % 7 = 0, null, n // 200) as CustomerID from range(40000) t(n)) to '{path}'"
    )
    expected = sum((Decimal(n % 13 - 2) * Decimal(n % 997) / 100 for n in range(40_000)), Decimal(0))
    told = deals(replay.world(path))
    assert len(told) == 2000
    assert sum(Decimal(row["amount"]) for row in told.values()) == expected
    assert sum(int(row["line_count"]) for row in told.values()) == 40_000


def test_the_span_of_a_file_is_told_as_json(file, capsys):
    main(["span", "--world", str(file)])
    assert json.loads(capsys.readouterr().out) == {"first": "2010-12-01", "last": "2010-12-09"}
    assert replay.spell(file).now == (date(2010, 12, 10) - date(1970, 1, 1)).days * 86_400_000 + 6 * 3_600_000


def test_a_file_without_prices_is_refused_by_name(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("invoice,quantity,time,customer\n1,2,2011-01-01 00:00:00,3\n")
    with pytest.raises(ValueError, match="no column for price"):
        replay.world(path)
