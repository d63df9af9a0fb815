"""What is compared with the truth, and how: one query a measure, over the marts and the truth's Parquet files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extractors.privacy import digests
from truth.figures import Figure, proportion, ratio

# Whom each identifier that a careful join can find belongs to, in truth and in the marts; a stranger is alone.
JUDGED = """
    with found as (
        select identifier_type, identifier_value, min(customer_id) as customer_id
        from marts.customer_identities
        group by all
        having count(distinct customer_id) = 1
    ),

    judged as (
        select
            told.person_id,
            coalesce(found.customer_id, told.identifier_type || ':' || told.identifier_value) as customer_id
        from truth_identifiers as told
        left join found using (identifier_type, identifier_value)
        where
            told.is_linkable and not told.is_shared
            and told.identifier_type in
            ('hubspot_contact_id', 'mailchimp_member_id', 'bluesky_did', 'matomo_visitor_id', 'site_user_id')
    ),

    cells as (
        select customer_id, person_id, count(*) * (count(*) - 1) / 2 as pairs from judged group by all
    )
"""
PAIRS_OF = """
    , wholes as (select {side}, count(*) * (count(*) - 1) / 2 as pairs from judged group by all)
    select sum(cells.pairs), any_value(wholes.pairs)
    from wholes inner join cells using ({side})
    group by {side} having any_value(wholes.pairs) > 0
    order by {side}
"""

# An act is known by campaign, member, action, second and link.
ACTS = """
    with flagged as (
        select source_record_id, bool_or(is_machine) as is_machine
        from marts.activities
        where source_system = 'mailchimp' and activity = '{activity}'
        group by all
    ),

    machines as (
        select distinct concat(
            'mailchimp/email_activity/', campaign_id, '/', member_id, '/', action, '/', epoch(acted_at)::bigint, '/',
            coalesce(url, '')
        ) as source_record_id
        from truth_machine_events
        where action = '{action}'
    )

    select
        count(*) filter (where flagged.is_machine and machines.source_record_id is not null),
        count(*) filter (where {of})
    from flagged full outer join machines using (source_record_id)
"""

# A true session is what one person did without a pause of more than half an hour; a found one is right if it holds
# exactly the visits of a true one.
SESSIONS = """
    with marked as (
        select
            *,
            coalesce(
                epoch(started_at) - epoch(max(ended_at) over before) > 1800,
                true
            )::integer as is_new
        from truth_sessions
        window before as (
            partition by person_id order by started_at, visit_id rows between unbounded preceding and 1 preceding
        )
    ),

    numbered as (
        select *, sum(is_new) over (partition by person_id order by started_at, visit_id) as number from marked
    ),

    true_sessions as (
        select string_agg(visit_id, ',' order by visit_id) as visits, sum(engaged_time_in_s) as engaged_time_in_s
        from numbered
        group by person_id, number
    ),

    visits as (
        select
            split_part(source_record_id, '/', 3) as visit_id,
            coalesce(customer_id, anonymous_customer_id) as actor_id,
            min(ts) as began_at
        from marts.activities
        where source_system = 'matomo' and starts_with(source_record_id, 'matomo/visits/')
        group by all
    ),

    found_sessions as (
        select
            string_agg(visits.visit_id, ',' order by visits.visit_id) as visits,
            any_value(sessions.engaged_time_in_s) as engaged_time_in_s
        from marts.sessions as sessions
        inner join visits
            on
                coalesce(sessions.customer_id, sessions.anonymous_customer_id) = visits.actor_id
                and visits.began_at between sessions.started_at and sessions.ended_at
        where sessions.source_system = 'matomo'
        group by sessions.session_id
    )
"""
SESSIONS_OF = """
    select count(*) filter (where t.visits is not null and f.visits is not null), count({side}.visits)
    from true_sessions as t full outer join found_sessions as f using (visits)
"""
ENGAGED = """
    select t.engaged_time_in_s - abs(coalesce(f.engaged_time_in_s, 0) - t.engaged_time_in_s), t.engaged_time_in_s
    from true_sessions as t inner join found_sessions as f using (visits)
    order by t.visits
"""

ORDERS = """
    select count(*) filter (where found.net_sales = told.amount), count({side})
    from truth_purchases as told
    full outer join marts.orders as found on told.order_number = found.order_number
"""
BUYERS = """
    with contacts as (
        select told.person_id, array_agg(distinct known.customer_id) as customers
        from truth_identifiers as told
        inner join marts.customer_identities as known using (identifier_type, identifier_value)
        where told.identifier_type = 'hubspot_contact_id'
        group by all
    )

    select count(*) filter (where list_contains(contacts.customers, found.customer_id)), count(*)
    from truth_purchases as told
    inner join contacts using (person_id)
    inner join marts.orders as found using (order_number)
"""

CONSENTS = """
    with told as (
        select list_id, member_id, arg_max(is_granted, stated_at) as is_granted from truth_consents group by all
    ),

    found as (
        select list_id, source_record_id as member_id, status = 'GRANTED' as is_granted
        from marts.consents
        where source_system = 'mailchimp' and scope = 'email_marketing' and is_current
    )

    select count(*) filter (where told.is_granted and found.is_granted), count(*) filter (where {side}.is_granted)
    from told full outer join found using (list_id, member_id)
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """A question that gives (right, all): one row for a proportion, a row a unit for a ratio; and its floors."""

    name: str
    query: str
    floor: float
    floor_in_noise: float
    is_of_units: bool = False

    def figure(self, con: duckdb.DuckDBPyConnection, noise: float) -> Figure:
        """What the marts of `con` are worth by this measure; the stricter floor up to the usual noise."""
        name = f"{self.name}, noise {noise:g}"
        floor = self.floor if noise <= 1 else self.floor_in_noise
        rows: list[tuple[Any, ...]] = con.execute(self.query).fetchall()
        if self.is_of_units:
            return ratio(name, [(float(right), float(of)) for right, of in rows], floor)
        return proportion(name, int(rows[0][0]), int(rows[0][1]), floor)


def _acts(activity: str, action: str, of: str) -> str:
    return ACTS.format(activity=activity, action=action, of=of)


MEASURES = (
    Measure("identity precision", JUDGED + PAIRS_OF.format(side="customer_id"), 0.998, 0.99, is_of_units=True),
    Measure("identity recall", JUDGED + PAIRS_OF.format(side="person_id"), 0.97, 0.95, is_of_units=True),
    Measure("machine opens precision", _acts("opened_email", "open", "flagged.is_machine"), 0.95, 0.95),
    Measure("machine opens recall", _acts("opened_email", "open", "machines.source_record_id is not null"), 0.95, 0.95),
    Measure("machine clicks precision", _acts("clicked_email", "click", "flagged.is_machine"), 0.95, 0.95),
    Measure(
        "machine clicks recall", _acts("clicked_email", "click", "machines.source_record_id is not null"), 0.95, 0.95
    ),
    Measure("sessions precision", SESSIONS + SESSIONS_OF.format(side="f"), 0.97, 0.95),
    Measure("sessions recall", SESSIONS + SESSIONS_OF.format(side="t"), 0.97, 0.95),
    Measure("engaged time agreement", SESSIONS + ENGAGED, 0.99, 0.99, is_of_units=True),
    Measure("orders precision", ORDERS.format(side="found.order_id"), 0.999, 0.999),
    Measure("orders recall", ORDERS.format(side="told.order_number"), 0.999, 0.999),
    Measure("orders under the right customer", BUYERS, 0.995, 0.99),
    Measure("consent precision", CONSENTS.format(side="found"), 0.999, 0.999),
    Measure("consent recall", CONSENTS.format(side="told"), 0.999, 0.999),
)


def figures(warehouse: Path, truth: Path, key: bytes, noise: float = 1.0) -> list[Figure]:
    """Every measure over a built warehouse, its digest key, and the folder of the truth that it should tell."""
    with duckdb.connect(str(warehouse), read_only=True) as con:
        con.execute("set timezone = 'UTC'")
        views(con, truth, key)
        return [measure.figure(con, noise) for measure in MEASURES]


def views(con: duckdb.DuckDBPyConnection, truth: Path, key: bytes) -> None:
    """The truth beside the marts, as `truth_<name>`; the ids that the marts have as digests digested with the key."""
    for file in truth.glob("*.parquet"):
        con.register(f"truth_{file.stem}", _digested(pq.read_table(file), key))


def _digested(table: pa.Table, key: bytes) -> pa.Table:
    """A table of the truth with Mailchimp's hash of an address as the marts have it."""
    name = next((name for name in ("member_id", "identifier_value") if name in table.column_names), None)
    if name is None:
        return table
    said = table[name].combine_chunks()
    made = digests(said, "email_hash", key)
    if name == "identifier_value":
        made = pc.if_else(pc.equal(table["identifier_type"], "mailchimp_member_id"), made, said)
    return table.set_column(table.column_names.index(name), name, made)
