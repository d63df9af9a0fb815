"""Which days a run is about."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from extractors.spec import Window

KEY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadPartition(ValueError):  # noqa: N818 # the house names an error by what to do next
    """A run without a day, or with something that is not one."""


def day_of(key: object, what: str = "partition_key") -> date:
    """The day that a key names; BadPartition unless it is a real date as YYYY-MM-DD, for keys end up in paths."""
    if key is None:
        raise BadPartition('this run has no partition_key; trigger it with {"partition_key": "YYYY-MM-DD"}')
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise BadPartition(f"{what} is a UTC day as YYYY-MM-DD, nothing else")
    try:
        return date.fromisoformat(key)
    except ValueError:
        raise BadPartition(f"{what} is no day of the calendar") from None


def window_of(key: object, conf: Mapping[str, object] | None = None) -> Window:
    """The day of the key, or everything from the conf's "from" to that day for a first load; half-open."""
    last = day_of(key)
    first = day_of(conf["from"], 'conf "from"') if conf and "from" in conf else last
    if first > last:
        raise BadPartition('conf "from" lies after the partition_key')
    return Window(first, last + timedelta(days=1))
