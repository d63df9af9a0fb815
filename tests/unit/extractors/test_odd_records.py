"""What a vendor may put where something else belongs, and what it costs: nothing but itself."""

from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.spec import Column
from tests.unit.extractors.shop import ORDERS, order
from tests.unit.extractors.test_records import page, read

DUES = replace(ORDERS, columns=(*ORDERS.columns, Column("due", "decimal", at="due.$sum")))


@pytest.mark.parametrize("sent", [[""], ["", "", "", ""], [1.5, "", "2.25", 3, "", None, ""]])
def test_an_empty_text_is_null_where_a_decimal_is_sent_as_a_number(sent: list[object]) -> None:
    said = 'an \\" "$sum": "" of text, and "$sum": "" again'
    rows, misfits = read(page(*(order(said, due={"$sum": value}) for value in sent)), DUES)
    assert ([row["due"] for row in rows], misfits) == ([Decimal(str(v)) if v else None for v in sent], [])
    assert {row["order_id"] for row in rows} == {said}
