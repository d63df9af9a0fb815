"""The real network and what happened on it, once for the session; these tests run only when asked for by name."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.servers import Network, bluesky
from tests.real.story import Story, tell


@pytest.fixture(scope="session")
def network() -> Iterator[Network]:
    """A Bluesky network of its own."""
    with tempfile.TemporaryDirectory(prefix="rapport-real-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another user, who must get to its own part
        with bluesky(Path(folder)) as running:
            yield running


@pytest.fixture(scope="session")
def story(network: Network) -> Story:
    """What happened on it."""
    return tell(network)
