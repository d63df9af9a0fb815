"""The real network and what happened on it, once for the session; these tests run only when asked for by name."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.servers import Network, bluesky
from tests.real.story import Story, tell

HERE = Path(__file__).resolve().parent


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """`make test-real` names this folder; a run of all tests does not need npm, PostgreSQL and Redis."""
    named = [(config.invocation_params.dir / arg.partition("::")[0]).resolve() for arg in config.args]
    return None if any(path == HERE or HERE in path.parents for path in named) else True


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
