"""How the tests share the cores: a file stays with one worker, the journeys together, because they share a town."""

from pathlib import Path

import pytest

TOGETHER = {"journey"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Name the group that each test runs in, for `pytest -n 2 --dist loadgroup`."""
    if not config.pluginmanager.hasplugin("xdist"):  # the judges' environment has none
        return
    for item in items:
        place = Path(item.path).relative_to(config.rootpath)
        folder = place.parts[1]
        item.add_marker(pytest.mark.xdist_group(folder if folder in TOGETHER else str(place)))
