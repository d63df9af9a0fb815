"""A city of each vendor through its extractor and all models; these tests run only when asked for by name."""

from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """`make test-vendors` names this folder; a run of all tests has no ten minutes for a city of each vendor."""
    named = [(config.invocation_params.dir / arg.partition("::")[0]).resolve() for arg in config.args]
    return None if any(path == HERE or HERE in path.parents for path in named) else True
