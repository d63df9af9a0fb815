"""Which vendors there are: whatever sits in sources/, but for what a vendor's file is helped by (`_<vendor>.py`)."""

import importlib
import pkgutil
from functools import cache

from extractors import sources
from extractors.spec import Source


@cache
def catalog() -> dict[str, Source]:
    """Every vendor by name, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(sources.__path__) if module.name[0] != "_")
    found = [importlib.import_module(f"{sources.__name__}.{name}").SOURCE for name in names]
    return {source.name: source for source in found}
