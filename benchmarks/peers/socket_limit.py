"""The limit with Python's wheels: a raw socket, pyarrow's JSON reader, Parquet with zstd 1; nothing checked.

`python -m benchmarks.peers.socket_limit contacts|visits BASE FROM TO FOLDER`
"""

import re
import socket
import sys
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from pyarrow import parquet

from benchmarks.peers.pages import Post, tables

LENGTH = re.compile(rb"Content-Length: (\d+)")


def post_to(base: str) -> Post:
    """A function that posts over one kept connection and answers the body."""
    address = urlsplit(base)
    connection = socket.create_connection((address.hostname or "", address.port or 80))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def post(path: str, body: bytes) -> bytes:
        head = f"POST {address.path}{path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)
        received = connection.recv(65_536)
        while b"\r\n\r\n" not in received:
            received += connection.recv(65_536)
        start = received.index(b"\r\n\r\n") + 4
        answer = bytearray(int(LENGTH.search(received)[1]))  # type: ignore[index]
        filled = len(received) - start
        answer[:filled] = received[start:]
        rest = memoryview(answer)
        while filled < len(answer):
            filled += connection.recv_into(rest[filled:])
        return bytes(answer)

    return post


def main() -> None:
    """Land one entity as one Parquet file."""
    entity, base, start, end, folder = sys.argv[1:]
    path = Path(folder) / f"{entity}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = None
    for table in tables(entity, post_to(base), date.fromisoformat(start), date.fromisoformat(end)):
        writer = writer or parquet.ParquetWriter(path, table.schema, compression="zstd", compression_level=1)
        writer.write_table(table)
    if writer:
        writer.close()


if __name__ == "__main__":
    main()
