"""Arrow values made from buffers, because `pa.scalar` and `pa.array` import pandas where it is installed: 0.3 s."""

from array import array
from collections.abc import Iterable
from struct import pack

import pyarrow as pa


def text(value: str) -> pa.StringScalar:
    """A text."""
    data = value.encode()
    ends = pa.py_buffer(pack("=ii", 0, len(data)))
    return pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(data)])[0]


def integers(values: Iterable[int]) -> pa.Array:
    """Whole numbers of 64 bits."""
    numbers = array("q", values)
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])


def integer(value: int) -> pa.Scalar:
    """A whole number of 64 bits."""
    return integers([value])[0]


def zero(kind: pa.DataType) -> pa.Scalar:
    """The zero of any type of a fixed width."""
    return pa.Array.from_buffers(kind, 1, [None, pa.py_buffer(bytes(16))])[0]


EMPTY, NOTHING = text(""), pa.nulls(1, pa.string())[0]
