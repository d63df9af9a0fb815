"""An object store as a lake: what it shows is the old day or the new one, as in a folder."""

import errno
import io
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from extractors import lake as lakes
from extractors import landing
from extractors.landing import Landing, receipts
from extractors.records import Misfit
from tests.unit.extractors import writer
from tests.unit.extractors.shop import ORDERS, SOURCE
from tests.unit.extractors.test_landing import DAY, rows_in, write

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    boto3.client("s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1").create_bucket(Bucket="lake")
    yield lambda path: f"s3://lake/{path}?endpoint_override={host}:{port}&scheme=http&region=us-east-1"
    server.stop()


def test_an_object_store_is_a_lake_by_the_same_code(s3: Callable[[str], str], tmp_path: Path) -> None:
    uri = s3("rapport")
    landing.declare(SOURCE, uri)
    [remote] = writer.write(uri, "x", 100)
    [local] = write(tmp_path, "x", 100)
    assert remote.content_digest == local.content_digest
    assert rows_in(uri) == rows_in(tmp_path)
    assert [r.rows for r in receipts(uri, "shop", "orders")] == [100]
    land = Landing(uri, "shop", ORDERS, [DAY])
    land.reject([Misfit("missing", "id", "{}")])
    land.commit(writer.receipt())
    assert rows_in(uri) == []
    assert writer.write(uri, "y", 1)[0].rejected == 0


class Torn(io.RawIOBase):
    """A file on a disk that fails after so many pieces."""

    def __init__(self, pieces: int) -> None:
        self.left = pieces

    def read(self, size: int = -1) -> bytes:
        """The next piece."""
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.EIO, "the disk fails")
        return b"x" * size


@pytest.mark.parametrize("pieces", [0, 2])
def test_an_upload_that_fails_leaves_the_old_day_and_nothing_beside_it(
    s3: Callable[[str], str], tmp_path: Path, pieces: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = s3("rapport")
    writer.write(uri, "old", 3)
    top: Any = lakes.at(uri)
    path = lakes.partition("shop", "orders", DAY)
    with monkeypatch.context() as torn, pytest.raises(OSError, match="the disk fails"):
        torn.setattr(Path, "open", lambda *_: Torn(pieces))
        top.put(tmp_path / "new", path)
    assert rows_in(uri) == ["old0", "old1", "old2"]
    found = top._fs.get_file_info(lakes.FileSelector(f"{top._top}/{path.rpartition('/')[0]}"))
    assert [info.base_name for info in found if info.is_file] == [lakes.NAME]


def test_what_killed_writers_left_of_an_object_is_swept_when_it_is_old(
    s3: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    uri = s3("rapport")
    writer.write(uri, "old", 3)
    top: Any = lakes.at(uri)
    for age in (0, 10_000):
        left = top.aside("")
        os.utime(left, (time.time() - age, time.time() - age))
    with top._fs.open_output_stream(f"{top._top}/{lakes.partition('shop', 'orders', DAY)}.dead") as out:
        out.write(b"half")
    assert top.sweep(lakes.folder("shop", "orders")) == 1
    assert len(list(tmp_path.glob(".part-0*"))) == 1
    monkeypatch.setattr(lakes, "LEFTOVER_SECONDS", -60.0)
    assert top.sweep(lakes.folder("shop", "orders")) == 2
    assert rows_in(uri) == ["old0", "old1", "old2"]
