"""Where a value stands in a record: dotted steps, and one item of a list by its position or by what it is called."""

import re
from dataclasses import dataclass
from functools import cache

STEP = re.compile(r"(?P<name>[^.\[{]+)(?:\[(?P<position>\d+)\]|\{(?P<key>\w+)=(?P<value>[^}]*)\})?(?:\.|$)")


@dataclass(frozen=True, slots=True)
class Step:
    """A field, and of a list in it the item at `position`, or the last item whose field `key` is `value`."""

    name: str
    position: int | None = None
    key: str = ""
    value: str = ""

    @property
    def picks(self) -> bool:
        """Whether the field is a list that one item is taken from."""
        return self.position is not None or bool(self.key)


@cache
def steps(place: str) -> tuple[Step, ...]:
    """The steps of a place: "a.b", "a[0].b" or "a{key=x}.b"; ValueError where it is none."""
    found, at = [], 0
    while at < len(place):
        step = STEP.match(place, at)
        if step is None:
            raise ValueError(f"no place in a record: {place!r}")
        position = None if step["position"] is None else int(step["position"])
        found.append(Step(step["name"], position, step["key"] or "", step["value"] or ""))
        at = step.end()
    return tuple(found)
