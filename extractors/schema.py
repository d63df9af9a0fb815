"""What a partition looks like in the lake: the Arrow schema that a declaration amounts to.

Per column its own type; beside an identifying one its `<name>_digest`; beside a moment the text the vendor sent,
`<name>_raw`; last `_seq`, the place of the row in the walk. The day is the partition's folder, not a column.
"""

import pyarrow as pa

from extractors.spec import Column, Endpoint

MOMENT = pa.timestamp("us", tz="UTC")
TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "decimal": pa.decimal128(18, 4),
    "boolean": pa.bool_(),
    "moment": MOMENT,
}


def arrow_type(column: Column) -> pa.DataType:
    """The type of a column in the lake."""
    if column.type == "list":
        return pa.list_(pa.struct([(field.name, arrow_type(field)) for field in column.of]))
    plain = TYPES[column.type]
    return pa.list_(plain) if column.split else plain


def fields(column: Column) -> list[pa.Field]:
    """The column and what stands beside it."""
    found = [pa.field(column.name, arrow_type(column), nullable=not column.required)]
    if column.is_identifying:
        found.append(pa.field(f"{column.name}_digest", arrow_type(column)))
    if column.type == "moment" and column.sent == "":
        found.append(pa.field(f"{column.name}_raw", pa.string()))
    return found


def arrow_schema(endpoint: Endpoint) -> pa.Schema:
    """The schema of every partition of an endpoint."""
    columns = [field for column in endpoint.columns for field in fields(column)]
    return pa.schema([*columns, pa.field("_seq", pa.int64(), nullable=False)])
