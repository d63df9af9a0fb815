"""The reliability table on two customers that one can count, one of them two people."""

from pathlib import Path

import duckdb
import pytest

from extractors.privacy import digest
from truth.city import DIGEST_KEY
from truth.reliability import Measured, measured, table

RECORDS = """
    (1, 'hubspot_contact_id', '1', 'c_right', 0.98::double, 'p1'),
    (2, 'mailchimp_member_id', 'm1', 'c_right', 0.98::double, 'p1'),
    (3, 'hubspot_contact_id', '2', 'c_mixed', 0.96::double, 'p2'),
    (4, 'mailchimp_member_id', 'm2', 'c_mixed', 0.96::double, 'p2'),
    (5, 'bluesky_did', 'd3', 'c_mixed', 0.96::double, 'p3'),
    (6, 'hubspot_contact_id', '4', 'c_alone', 1.0, 'p4')
"""


@pytest.fixture
def found(tmp_path: Path) -> Measured:
    """A warehouse of three customers, held against its truth."""
    warehouse = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(warehouse)) as con:
        con.execute(
            "create table all_of as select * from (values " + RECORDS + ") as t(identifier_number, identifier_type, "
            "identifier_value, customer_id, identity_confidence_score, person_id)"
        )
        con.execute(
            "copy (select identifier_type, identifier_value, person_id from all_of) "
            f"to '{tmp_path / 'identifiers.parquet'}'"
        )
        for member in ("m1", "m2"):
            keyed = digest(member, "email_hash", DIGEST_KEY)
            con.execute("update all_of set identifier_value = ? where identifier_value = ?", [keyed, member])
        con.execute("create schema intermediate; create table intermediate.int_identity__components as from all_of")
        con.execute("create table intermediate.int_identity__members as from all_of")
        con.execute(
            "create table intermediate.int_identity__pairs as "
            "select * from (values (1, 2), (3, 4), (4, 5)) as t(left_number, right_number)"
        )
    return measured(warehouse, tmp_path, 2.0)


def test_a_customer_is_wholly_right_when_all_pairs_are(found: Measured) -> None:
    assert sorted(found.customers) == [(0.96, 3, 1), (0.98, 1, 1)]


def test_pairs_are_counted_by_whether_they_say_so_themselves(found: Measured) -> None:
    assert [(kind.name, kind.value, kind.of) for kind in found.kinds] == [
        ("that say so themselves", 2 / 3, 3),
        ("through others", 0.0, 1),
    ]


def test_the_table_has_a_line_for_each_bin_that_somebody_is_in(found: Measured) -> None:
    lines = table([found], 3, 1).splitlines()
    assert next(line for line in lines if line.startswith("| 2 | 0.95")).startswith(
        "| 2 | 0.95 to 0.97 | 1 | 0.960 | 0.3333"
    )
    assert next(line for line in lines if line.startswith("| 2 | 0.98")).startswith(
        "| 2 | 0.98 to 0.99 | 1 | 0.980 | 1.0000"
    )
    assert not [line for line in lines if "0.99 to 1.00" in line]
