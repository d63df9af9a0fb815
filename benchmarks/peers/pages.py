"""The calls of the two walks, and pages of JSON to Arrow in C++: what the fast contenders share.

Both walks need no answer to be taken apart: the next key stands in the last 400 bytes of a page of contacts, and a
page of visits is empty at the end of its day.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pyarrow as pa
from pyarrow import json as arrow_json

SEARCH = "/crm/v3/objects/contacts/search"
VISITS = "/index.php"
BATCH_BYTES = 8_000_000
LAST_ID = re.compile(rb'"id":"(\d+)"')
PROPERTIES = """email hs_additional_emails phone firstname lastname bluesky_handle site_user_id hs_merged_object_ids
associatedcompanyid jobtitle country lifecyclestage hs_legal_basis hs_email_optout hubspot_owner_id
lastmodifieddate"""
VISIT_TEXTS = """visitorId userId visitIp referrerType referrerName referrerKeyword referrerUrl deviceType
operatingSystemCode browserCode countryCode"""
VISIT_INTEGERS = """idVisit idSite visitDuration visitCount goalConversions firstActionTimestamp lastActionTimestamp"""
ACTION_TEXTS = "type url pageTitle eventCategory eventAction eventName"
ACTION_INTEGERS = "timeSpent pageviewPosition timestamp"


def struct(texts: str, integers: str = "", **more: pa.DataType) -> pa.StructType:
    """A struct of these text fields, these integer fields, and more."""
    fields = {**dict.fromkeys(texts.split(), pa.string()), **dict.fromkeys(integers.split(), pa.int64()), **more}
    return pa.struct(list(fields.items()))


CONTACT = struct("id createdAt", archived=pa.bool_(), properties=struct(PROPERTIES))
VISIT = struct(VISIT_TEXTS, VISIT_INTEGERS, actionDetails=pa.list_(struct(ACTION_TEXTS, ACTION_INTEGERS)))

Post = Callable[[str, bytes], bytes]


def contact_pages(post: Post, start: date, end: date) -> Iterator[bytes]:
    """Every page of contacts modified in the window, ids ascending."""
    bounds = [int(datetime(d.year, d.month, d.day, tzinfo=UTC).timestamp() * 1000) for d in (start, end)]
    above = "0"
    while True:
        filters = [
            {"propertyName": "lastmodifieddate", "operator": "GTE", "value": str(bounds[0])},
            {"propertyName": "lastmodifieddate", "operator": "LT", "value": str(bounds[1])},
            {"propertyName": "hs_object_id", "operator": "GT", "value": above},
        ]
        sorts = [{"propertyName": "hs_object_id", "direction": "ASCENDING"}]
        body = {"filterGroups": [{"filters": filters}], "sorts": sorts, "properties": PROPERTIES.split(), "limit": 200}
        page = post(SEARCH, json.dumps(body).encode())
        yield page
        if b'"paging"' not in page[-80:]:
            return
        above = LAST_ID.findall(page, len(page) - 1500)[-1].decode()


def visit_pages(post: Post, start: date, end: date) -> Iterator[bytes]:
    """Every page of visits of the window, a day at a time."""
    for day in (start + timedelta(days=n) for n in range((end - start).days)):
        for skip in range(0, 1 << 30, 500):
            form = {"module": "API", "method": "Live.getLastVisitsDetails", "format": "JSON", "date": str(day)}
            page = post(VISITS, urlencode({**form, "filter_limit": 500, "filter_offset": skip}).encode())
            if page == b"[]":
                break
            yield b'{"results":%b}' % page


WALKS = {"contacts": (contact_pages, CONTACT), "visits": (visit_pages, VISIT)}


def to_arrow(pages: list[bytes], record: pa.StructType) -> pa.Table:
    """One table of many pages, the struct columns taken apart, no Python object per record."""
    buffer = b"\n".join(pages)
    table = arrow_json.read_json(
        pa.BufferReader(buffer),
        read_options=arrow_json.ReadOptions(use_threads=False, block_size=len(buffer) + 16),
        parse_options=arrow_json.ParseOptions(
            explicit_schema=pa.schema([("results", pa.list_(record))]), unexpected_field_behavior="ignore"
        ),
    )
    chunks = [pa.RecordBatch.from_struct_array(chunk.flatten()) for chunk in table["results"].chunks]
    return pa.Table.from_batches(chunks).flatten()


def tables(entity: str, post: Post, start: date, end: date) -> Iterator[pa.Table]:
    """The window's records in tables of a few megabytes of JSON each."""
    walk, record = WALKS[entity]
    batch: list[bytes] = []
    for page in walk(post, start, end):
        batch.append(page)
        if sum(map(len, batch)) > BATCH_BYTES:
            yield to_arrow(batch, record)
            batch = []
    if batch:
        yield to_arrow(batch, record)
