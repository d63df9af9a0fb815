"""A lake of any number of activities, written straight as partitions: what the models and the gate are measured on.

`python -m benchmarks.history LAKE ACTIVITIES DAYS FIRST END` writes the days of these numbers. Seven tenths are actions
of web visits, the rest is what a mailing to everybody now and then brings, and orders; people, devices and instants are
spread by hashing, so the same numbers give the same rows. `python -m benchmarks.history LAKE ROWS DAYS` writes so many
rows of email activity instead.
"""

import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow as pa
from pyarrow import parquet

from extractors.catalog import catalog
from extractors.landing import declare
from extractors.paging import moment
from extractors.receipt import KEY, Receipt, schema_digest
from extractors.schema import arrow_schema

FIRST_DAY = date(2026, 7, 3)
MAILING_EVERY, MAILED_ON = 45, 20


@dataclass(frozen=True)
class Size:
    """How many activities over how many days; a tenth as many people."""

    activities: int
    days: int

    @property
    def numbers(self) -> dict[str, int]:
        """What the queries below are filled with."""
        people = self.activities // 10
        sends = people * -(-self.days // MAILING_EVERY)
        web = self.activities - round(sends * 1.4)
        return {
            "people": people,
            "devices": people * 3 // 2,
            "visits": web // 8 // self.days,
            "orders": people // 2 // self.days,
        }


CONTACTS = """
select (1000 + n)::text as contact_id, 'p' || n || '@example.com' as email, md5('p' || n) as email_digest,
  'u' || n as site_user_id, 'First' || n % 100 as first_name, 'Last' || n % 1000 as last_name, 'fr' as country,
  'customer' as lifecycle_stage, case when n % 4 = 0 then (n % 500)::text end as company_id, (n % 20)::text as owner_id,
  false as is_email_opted_out, false as is_archived, {at} as created_at, {at} as modified_at
from range({people}) as people(n)
"""
COMPANIES = """
select n::text as company_id, 'Company ' || n as name, 'retail' as industry, (n % 20)::text as owner_id,
  false as is_archived, {at} as created_at, {at} as modified_at
from range(500) as companies(n)
"""
ORDERS = """
select ({d} * {orders} + n)::text as deal_id, 'o' || ({d} * {orders} + n) as order_number, 'closedwon' as stage,
  (10 + hash({d}, n) % 300)::decimal(18, 4) as amount, 'EUR' as currency, 1 + hash({d}, n) % 5 as line_count,
  true as is_closed_won, false as is_archived, {at} + to_seconds((n % 40000)::int) as closed_at,
  {at} as created_at, {at} + to_seconds((n % 40000)::int) as modified_at
from range({orders}) as orders(n)
"""
ORDER_CONTACTS = """
select ({d} * {orders} + n)::text as deal_id, (1000 + hash({d}, n, 1) % {people})::text as contact_id
from range({orders}) as orders(n)
"""
LISTS = "select 'l1' as list_id, 'Everybody' as name, {people} as member_count, {at} as created_at"
MEMBERS = """
select 'l1' as list_id, md5('p' || n || '@example.com') as member_id, md5('m' || n) as member_id_digest,
  'p' || n || '@example.com' as email, md5('p' || n) as email_digest, 'subscribed' as status, {at} as opted_in_at,
  {at} as signed_up_at, {at} as changed_at
from range({people}) as people(n)
"""
CAMPAIGNS = """
select 'c{d}' as campaign_id, 'l1' as list_id, 'regular' as campaign_type, 'sent' as status, 'Week' as title,
  'News' as subject, true as is_tracking_opens, true as is_tracking_clicks, {people} as emails_sent,
  {at} as created_at, {at} as sent_at
"""
REPORTS = """
select 'c{d}' as campaign_id, 'l1' as list_id, {people} as emails_sent, {at} as sent_at, {at} as last_open_at
"""
SENT_TO = """
select 'c{d}' as campaign_id, 'l1' as list_id, md5('p' || n || '@example.com') as member_id,
  md5('m' || n) as member_id_digest, 'p' || n || '@example.com' as email, md5('p' || n) as email_digest,
  'sent' as status, 1 as open_count
from range({people}) as people(n)
"""
EMAIL_ACTIVITY = """
select 'c{d}' as campaign_id, 'l1' as list_id, md5('p' || n || '@example.com') as member_id,
  md5('m' || n) as member_id_digest, 'p' || n || '@example.com' as email, md5('p' || n) as email_digest, action,
  case action when 'click' then 'https://www.example.com/offer' end as url, '198.51.100.1' as ip,
  md5('ip') as ip_digest,
  {at} + to_seconds((600 + hash({d}, n) % 30000 + if(action = 'click', 40, 0))::int) as acted_at
from range({people}) as people(n), (values ('open'), ('click')) as actions(action)
where hash({d}, n, 2) % 100 < if(action = 'click', 8, 32)
order by acted_at, member_id
"""
VISITS = """
with visits as (
  select {d} * {visits} + v as v, (hash({d}, v) % {devices})::bigint as device,
    (1 + hash({d}, v, 1) % 15)::bigint as actions, {at} + to_seconds((hash({d}, v, 2) % 50000)::int) as started
  from range({visits}) as visits(v)
)
select (10000000 + v)::text as visit_id, '1' as site_id, printf('%016x', device) as visitor_id,
  case when device < {people} and v % 2 = 0 then 'u' || device end as user_id,
  '203.0.113.' || device % 250 as ip, md5((device % 250)::text) as ip_digest,
  ['direct', 'search', 'website', 'social'][1 + v % 4] as referrer_type, 'ref' || v % 30 as referrer_name,
  'desktop' as device_type, 'fr' as country, (actions - 1) * 60 as visit_duration_in_s, 1 as visit_count,
  (v % 50 = 0)::bigint as goal_conversions, started as first_action_at,
  started + to_seconds(((actions - 1) * 60)::int) as last_action_at,
  list_transform(range(actions), lambda k: {{
    'type': if(k % 4 = 3, 'event', 'action'), 'url': 'https://www.example.com/p/' || (v + k) % 200,
    'page_title': 'Page ' || (v + k) % 200, 'event_category': if(k % 4 = 3, 'engage', null),
    'event_action': if(k % 4 = 3, 'scroll', null), 'event_name': null, 'time_spent_in_s': 60, 'position': k + 1,
    'acted_at': started + to_seconds((k * 60)::int)
  }}) as actions
from visits
order by last_action_at, visit_id
"""

ONCE = {
    ("hubspot", "contacts"): CONTACTS,
    ("hubspot", "companies"): COMPANIES,
    ("mailchimp", "lists"): LISTS,
    ("mailchimp", "members"): MEMBERS,
}
MAILED = {
    ("mailchimp", "campaigns"): CAMPAIGNS,
    ("mailchimp", "reports"): REPORTS,
    ("mailchimp", "sent_to"): SENT_TO,
    ("mailchimp", "email_activity"): EMAIL_ACTIVITY,
}
DAILY = {
    ("hubspot", "deals"): ORDERS,
    ("hubspot", "deal_contacts"): ORDER_CONTACTS,
    ("matomo", "visits"): VISITS,
}


def queries(number: int) -> dict[tuple[str, str], str]:
    """What is written for the day of this number, from 0."""
    return {**(ONCE if number == 0 else {}), **(MAILED if number % MAILING_EVERY == MAILED_ON else {}), **DAILY}


def receipt(vendor: str, endpoint: str, day: date, rows: int) -> Receipt:
    """What the extractor would have said about the partition; its clock stands still."""
    noon = moment(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    digest = sha256(f"{vendor} {endpoint} {day} {rows}".encode()).hexdigest()
    return Receipt(
        vendor=vendor,
        endpoint=endpoint,
        day=str(day),
        window_start=str(day),
        window_end=str(day + timedelta(days=1)),
        pages=1,
        requests=1,
        rows=rows,
        started_at=noon,
        finished_at=noon,
        schema_digest=schema_digest(arrow_schema(catalog()[vendor].endpoint(endpoint))),
        content_digest=digest,
    )


def land(lake: Path, name: tuple[str, str], day: date, found: pa.Table) -> int:
    """Write the rows as the partition of that day: absent columns are null, `_seq` counts; the rows written."""
    vendor, endpoint = name
    schema = arrow_schema(catalog()[vendor].endpoint(endpoint))
    columns = {field: found[field] for field in found.column_names}
    columns["_seq"] = pa.chunked_array([pa.array(range(found.num_rows), pa.int64())])
    missing = {field.name: pa.nulls(found.num_rows, field.type) for field in schema if field.name not in columns}
    table = pa.table({**columns, **missing}).select(schema.names).cast(schema)
    note = receipt(vendor, endpoint, day, found.num_rows).json()
    folder = lake / "raw" / f"source={vendor}" / f"entity={endpoint}" / f"day={day}"
    folder.mkdir(parents=True, exist_ok=True)
    table = table.replace_schema_metadata({KEY: note})
    parquet.write_table(table, folder / "part-0.parquet", compression="zstd", compression_level=1)
    return found.num_rows


def write(lake: Path, size: Size, days: range) -> int:
    """Write these days of the history, by number from 0, and declare every endpoint; how many rows there are in all."""
    rows = 0
    for source in catalog().values():
        declare(source, lake)
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        for number in days:
            day = FIRST_DAY + timedelta(days=number)
            for name, query in queries(number).items():
                found = connection.sql(query.format(d=number, at=_morning(day), **size.numbers)).to_arrow_table()
                rows += land(lake, name, day, found)
    return rows


def write_mailings(lake: Path, rows: int, days: int) -> None:
    """Write so many rows of email activity, a mailing a day; every other endpoint of the vendor has empty days."""
    source = catalog()["mailchimp"]
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        for number in range(days):
            day = FIRST_DAY + timedelta(days=number)
            query = EMAIL_ACTIVITY.format(d=number, at=_morning(day), people=rows * 5 // 2 // days + 500)
            land(lake, ("mailchimp", "email_activity"), day, connection.sql(query).to_arrow_table())
            for endpoint in source.endpoints:
                if endpoint.name != "email_activity":
                    land(lake, ("mailchimp", endpoint.name), day, arrow_schema(endpoint).empty_table())


def _morning(day: date) -> str:
    return f"(timestamptz '{day} 08:00:00+00')"


if __name__ == "__main__":
    number, days, *span = map(int, sys.argv[2:])
    if span:
        write(Path(sys.argv[1]), Size(number, days), range(*span))
    else:
        write_mailings(Path(sys.argv[1]), number, days)
