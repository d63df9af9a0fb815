"""Which vendors there are: whatever sits in sources/, but for what a vendor's file is helped by (`_<vendor>.py`)."""

import importlib
import pkgutil
from functools import cache

from extractors import sources
from extractors.spec import Source


@cache
def names() -> tuple[str, ...]:
    """Every vendor's name, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(sources.__path__) if module.name[0] != "_"))


def named(name: str) -> Source:
    """The vendor of that name, without a look at the others; KeyError, which says which there are, for no such name."""
    if name not in names():
        raise KeyError(f"no vendor {name!r}; there is {', '.join(names())}")
    source: Source = importlib.import_module(f"{sources.__name__}.{name}").SOURCE
    return source


@cache
def catalog() -> dict[str, Source]:
    """Every vendor by name, in alphabetical order."""
    return {name: named(name) for name in names()}
