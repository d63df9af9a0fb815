"""Any source at work for a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.server import serve_in_thread
from tests.contract.checklist.bench import Bench
from tests.contract.checklist.calls import Calls, Stage
from tests.contract.checklist.folder import Files
from tests.contract.checklist.planter import FilePlanter, Planter


@contextmanager
def bench(planter: Planter | FilePlanter, home: Path) -> Iterator[Bench]:
    """The source at work, until the test is over."""
    if isinstance(planter, FilePlanter):
        yield Files(planter, home)
        return
    stage = Stage(planter.path)
    server, stop = serve_in_thread(stage)
    try:
        yield Calls(planter, home, stage, server.server_port)
    finally:
        stop()
