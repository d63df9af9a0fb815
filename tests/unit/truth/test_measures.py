"""Each measure over a few rows whose answer one can count, with one mistake of each kind in the marts."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors.privacy import digest
from truth.measures import MEASURES, figures, views

NAMES = {measure.name: measure for measure in MEASURES}
MARTS = """
    create schema marts;
    create table marts.customer_identities as from (values
        ('c1', 'hubspot_contact_id', '1'), ('c1', 'mailchimp_member_id', 'm1'), ('c1', 'mailchimp_member_id', 'm2'),
        ('c2', 'hubspot_contact_id', '2'), ('c2', 'email', 'x')
    ) as t (customer_id, identifier_type, identifier_value);
    create table truth_identifiers as from (values
        ('hubspot_contact_id', '1', 'p1', false, true), ('mailchimp_member_id', 'm1', 'p1', false, true),
        ('hubspot_contact_id', '2', 'p2', false, true), ('mailchimp_member_id', 'm2', 'p2', false, true),
        ('matomo_visitor_id', 'v1', 'p2', true, true), ('matomo_visitor_id', 'v2', 'p1', false, false)
    ) as t (identifier_type, identifier_value, person_id, is_shared, is_linkable);
    create table marts.activities as from (values
        ('mailchimp/email_activity/c/m1/open/60/', 'opened_email', 'mailchimp', true, 'c1', null, null),
        ('mailchimp/email_activity/c/m1/open/90/', 'opened_email', 'mailchimp', true, 'c1', null, null),
        ('mailchimp/email_activity/c/m2/open/70/', 'opened_email', 'mailchimp', false, 'c1', null, null),
        ('mailchimp/email_activity/c/m2/click/80/u', 'clicked_email', 'mailchimp', true, 'c1', null, null),
        ('matomo/visits/1', 'viewed_page', 'matomo', false, 'c1', null, '2026-08-01 10:00'),
        ('matomo/visits/1', 'viewed_page', 'matomo', false, 'c1', null, '2026-08-01 10:05'),
        ('matomo/visits/2', 'viewed_page', 'matomo', false, 'c1', null, '2026-08-01 10:20'),
        ('matomo/visits/3', 'viewed_page', 'matomo', false, null, 'a', '2026-08-01 12:00'),
        ('matomo/visits/4', 'viewed_page', 'matomo', false, null, 'b', '2026-08-01 12:10')
    ) as t (source_record_id, activity, source_system, is_machine, customer_id, anonymous_customer_id, ts);
    alter table marts.activities alter ts type timestamp;
    create table truth_machine_events as from (values
        ('c', 'm1', 'open', null, timestamptz '1970-01-01 00:01:00+00'),
        ('c', 'm2', 'open', null, timestamptz '1970-01-01 00:01:10+00'),
        ('c', 'm2', 'click', 'u', timestamptz '1970-01-01 00:01:20+00')
    ) as t (campaign_id, member_id, action, url, acted_at);
    create table marts.sessions as from (values
        ('s1', 'c1', null, 'matomo', timestamp '2026-08-01 10:00', timestamp '2026-08-01 10:20', 90),
        ('s2', null, 'a', 'matomo', timestamp '2026-08-01 12:00', timestamp '2026-08-01 12:00', null),
        ('s3', null, 'b', 'matomo', timestamp '2026-08-01 12:10', timestamp '2026-08-01 12:10', null)
    ) as t (session_id, customer_id, anonymous_customer_id, source_system, started_at, ended_at, engaged_time_in_s);
    create table truth_sessions as from (values
        ('1', 'p1', timestamptz '2026-08-01 10:00:00+00', timestamptz '2026-08-01 10:05:00+00', 60),
        ('2', 'p1', timestamptz '2026-08-01 10:20:00+00', timestamptz '2026-08-01 10:20:00+00', 40),
        ('3', 'p2', timestamptz '2026-08-01 12:00:00+00', timestamptz '2026-08-01 12:00:00+00', 0),
        ('4', 'p2', timestamptz '2026-08-01 12:10:00+00', timestamptz '2026-08-01 12:10:00+00', 0)
    ) as t (visit_id, person_id, started_at, ended_at, engaged_time_in_s);
    create table marts.orders as from (values
        ('d1', 'o1', 'c1', 10.0), ('d2', 'o2', 'c1', 20.0), ('d3', 'o3', 'c2', 99.0), ('d4', 'o9', 'c2', 5.0)
    ) as t (order_id, order_number, customer_id, net_sales);
    create table truth_purchases as from (values
        ('o1', 'p1', 10.0), ('o2', 'p2', 20.0), ('o3', 'p2', 30.0)
    ) as t (order_number, person_id, amount);
    create table marts.consents as from (values
        ('l', 'm1', 'mailchimp', 'email_marketing', 'REVOKED', true),
        ('l', 'm1', 'mailchimp', 'email_marketing', 'GRANTED', false),
        ('l', 'm2', 'mailchimp', 'email_marketing', 'GRANTED', true)
    ) as t (list_id, source_record_id, source_system, scope, status, is_current);
    create table truth_consents as from (values
        ('l', 'm1', true, timestamptz '2026-08-01 00:00:00+00'),
        ('l', 'm1', false, timestamptz '2026-08-02 00:00:00+00'),
        ('l', 'm2', true, timestamptz '2026-08-01 00:00:00+00'),
        ('l', 'm2', false, timestamptz '2026-08-03 00:00:00+00'),
        ('l', 'm3', true, timestamptz '2026-08-01 00:00:00+00')
    ) as t (list_id, member_id, is_granted, stated_at);
"""
COUNTED = {
    "identity precision": (1 / 3, "m1 and m2 are under one customer: of three pairs one is right"),
    "identity recall": (1 / 2, "the pair of p1 is under one customer, that of p2 is not"),
    "machine opens precision": (1 / 2, "of two marked one was a machine's"),
    "machine opens recall": (1 / 2, "of two machines' one is marked"),
    "machine clicks precision": (1.0, "the click was a machine's"),
    "machine clicks recall": (1.0, "and is marked"),
    "sessions precision": (1 / 3, "visits 1 and 2 are one session; 3 and 4 are cut in two"),
    "sessions recall": (1 / 2, "of two true sessions one is found"),
    "engaged time agreement": (0.9, "90 s of 100 in the session that was found"),
    "orders precision": (2 / 4, "one has another amount, one was never bought"),
    "orders recall": (2 / 3, "one has another amount"),
    "orders under the right customer": (2 / 3, "o2 stands under the customer of somebody else"),
    "consent precision": (0.0, "m2 had left"),
    "consent recall": (0.0, "m3 is not there"),
}


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    """The marts of two people with a mistake of each kind, and the truth."""
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        con.execute(MARTS)
        yield con


def test_every_measure_is_counted_here() -> None:
    assert COUNTED.keys() == NAMES.keys()


@pytest.mark.parametrize("name", COUNTED)
def test_a_measure_finds_the_mistake(marts: duckdb.DuckDBPyConnection, name: str) -> None:
    share, why = COUNTED[name]
    assert NAMES[name].figure(marts, 1.0).value == pytest.approx(share), why


def test_more_noise_has_its_own_floor(marts: duckdb.DuckDBPyConnection) -> None:
    measure = NAMES["identity precision"]
    assert [measure.figure(marts, noise).floor for noise in (0.5, 1.0, 2.0)] == [0.998, 0.998, 0.99]


def test_an_empty_warehouse_is_an_error(tmp_path) -> None:
    with duckdb.connect(str(tmp_path / "w.duckdb")) as con:
        con.execute("create schema marts")
    with pytest.raises(duckdb.CatalogException):
        figures(tmp_path / "w.duckdb", tmp_path, b"key")


def test_the_truth_says_a_members_id_as_the_marts_do(tmp_path) -> None:
    known = {"identifier_type": ["email", "mailchimp_member_id"], "identifier_value": ["a@x.example", "0cc1"]}
    pq.write_table(pa.table(known), tmp_path / "identifiers.parquet")
    pq.write_table(pa.table({"list_id": ["l"], "member_id": ["0cc1"]}), tmp_path / "consents.parquet")
    keyed = digest("0cc1", "email_hash", b"key")
    with duckdb.connect() as con:
        views(con, tmp_path, b"key")
        assert con.execute("from truth_identifiers").fetchall() == [
            ("email", "a@x.example"),
            ("mailchimp_member_id", keyed),
        ]
        assert con.execute("from truth_consents").fetchall() == [("l", keyed)]
