"""CSV into records, in C++: every field a text, an empty one null, line breaks inside a field as they stand."""

from collections.abc import Sequence

import pyarrow as pa
from pyarrow import csv

from extractors.spec import Column


def rows_of(body: bytes, columns: Sequence[Column]) -> pa.StructArray:
    """The records under a line with the fields' names, as structs of the columns' fields; ArrowInvalid if it is no CSV.

    A declared field that the line does not name is null everywhere; an undeclared one is passed over.
    """
    names = list(dict.fromkeys(place for column in columns for place in column.places))
    table = csv.read_csv(
        pa.BufferReader(body),
        read_options=csv.ReadOptions(use_threads=False, block_size=len(body) + 16),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            include_columns=names,
            include_missing_columns=True,
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
    texts = [
        pa.concat_arrays(column.chunks) if column.num_chunks else pa.nulls(0, pa.string()) for column in table.columns
    ]
    return pa.StructArray.from_arrays(texts, names=names)
