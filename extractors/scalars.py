"""Arrow scalars made from buffers, because `pa.scalar` imports pandas where that is installed: 0.3 s of every start."""

from struct import pack

import pyarrow as pa


def text(value: str) -> pa.StringScalar:
    """A text."""
    data = value.encode()
    ends = pa.py_buffer(pack("=ii", 0, len(data)))
    return pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(data)])[0]


def zero(kind: pa.DataType) -> pa.Scalar:
    """The zero of any type of a fixed width."""
    return pa.Array.from_buffers(kind, 1, [None, pa.py_buffer(bytes(16))])[0]


EMPTY, NOTHING = text(""), pa.nulls(1, pa.string())[0]
