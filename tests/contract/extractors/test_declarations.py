"""Every declaration reads a page of its vendor: one small sample an endpoint, in tests/contract/samples."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

from extractors.catalog import catalog
from extractors.envelope import Envelope
from extractors.formats import read
from extractors.place import steps
from extractors.privacy import NORMAL
from extractors.records import Reader
from extractors.schema import arrow_schema
from extractors.shape import json_type
from extractors.spec import IDENTIFYING, Endpoint, Request, Source

SAMPLES = Path(__file__).parents[1] / "samples"
ALL = [(source, endpoint) for source in catalog().values() for endpoint in source.endpoints]
CALLED = [(source, endpoint) for source, endpoint in ALL if source.reads == "calls"]
FILED = [(source, endpoint) for source, endpoint in ALL if source.reads != "calls"]
each = pytest.mark.parametrize(("source", "endpoint"), CALLED, ids=lambda part: part.name)
each_file = pytest.mark.parametrize(("source", "endpoint"), FILED, ids=lambda part: part.name)
every = pytest.mark.parametrize(("source", "endpoint"), ALL, ids=lambda part: part.name)


def sample(source: Source, endpoint: Endpoint) -> bytes:
    return (SAMPLES / source.name / f"{endpoint.name}.json").read_bytes()


def envelope(source: Source, endpoint: Endpoint) -> Envelope:
    return Envelope(endpoint, endpoint.turn or source.turn, source.complaint)


def test_there_is_a_sample_for_every_endpoint_and_no_other() -> None:
    found = {(file.parent.name, file.stem) for file in SAMPLES.glob("*/*.*")}
    assert found == {(source.name, endpoint.name) for source, endpoint in ALL}
    assert len(found) >= 30


@each
def test_a_page_is_read_whole_into_the_declared_types(source: Source, endpoint: Endpoint) -> None:
    around = envelope(source, endpoint)
    page = around.read(Request(endpoint.path), sample(source, endpoint))
    rows, misfits = Reader(endpoint, around, b"key").read([page])
    assert misfits == []
    assert rows.num_rows >= page.count > 0
    assert rows.schema.equals(arrow_schema(endpoint).remove(len(arrow_schema(endpoint)) - 1))
    for column in endpoint.columns:
        if column.required:
            assert rows.column(column.name).null_count == 0


@each_file
def test_a_file_is_read_whole_and_fills_every_column(source: Source, endpoint: Endpoint) -> None:
    (sample_file,) = (SAMPLES / source.name).glob(f"{endpoint.name}.*")
    with pa.OSFile(str(sample_file)) as file:
        blocks = list(read(sample_file.name, file, endpoint, b"key"))
    assert [flaw for block in blocks for flaw in block.flaws] == []
    assert source.reads == "exports" or {name for block in blocks for name in block.unknown} == set()
    rows = pa.concat_tables([block.rows for block in blocks])
    assert rows.schema.equals(arrow_schema(endpoint).remove(len(arrow_schema(endpoint)) - 1))
    assert rows.num_rows > 0
    assert [name for name in rows.column_names if rows.column(name).null_count == rows.num_rows] == []


@each
def test_every_declared_place_is_one_that_the_vendor_knows(source: Source, endpoint: Endpoint) -> None:
    """A column that is null in every record of every sample may be misspelt; those known to be rare are listed."""
    around = envelope(source, endpoint)
    records = [json.loads(record) for record in around.records(sample(source, endpoint))]
    missing = {c.name for c in endpoint.own if not any(_has(r, place) for r in records for place in c.places)}
    assert missing <= RARE.get(f"{source.name}.{endpoint.name}", set())


RARE = {
    "bluesky.posts": {"reply_to_uri", "listed_because"},
    "bluesky.interactions": {"subject_uri", "text"},
    "mailchimp.email_activity": set(),
    "hubspot.feedback_submissions": {"owner_id"},
}


def _has(value: object, place: str) -> bool:
    for step in steps(place):
        if isinstance(value, list):
            value = next((item for item in value if isinstance(item, dict) and step.name in item), None)
        if not isinstance(value, dict) or step.name not in value:
            return False
        value = value[step.name]
        if step.key:
            value = [item for item in value if item.get(step.key) == step.value]
    return True


@every
def test_the_key_names_columns_and_the_day_is_a_moment(source: Source, endpoint: Endpoint) -> None:
    columns = {column.name: column for column in endpoint.columns}
    assert endpoint.key
    assert set(endpoint.key) <= columns.keys()
    assert not endpoint.by or (columns[endpoint.by].type == "moment" and columns[endpoint.by].required)
    if endpoint.each:
        parent = {column.name for column in source.endpoint(endpoint.each.of).columns}
        assert {endpoint.each.take, *filter(None, [endpoint.each.day])} <= parent


def test_no_column_is_named_twice_and_every_place_can_be_read_at_once() -> None:
    for _, endpoint in ALL:
        names = arrow_schema(endpoint).names
        assert len(names) == len(set(names))
        assert json_type(endpoint.columns, endpoint.explode).num_fields > 0


def test_every_identifying_kind_has_a_normal_form() -> None:
    assert set(NORMAL) == set(IDENTIFYING)


def test_personal_columns_that_identify_have_a_digest_beside_them() -> None:
    for _, endpoint in ALL:
        names = arrow_schema(endpoint).names
        for column in endpoint.columns:
            assert (f"{column.name}_digest" in names) == (column.personal in IDENTIFYING)
