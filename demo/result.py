"""What came of it, as a BI tool would see it: read from the published folder alone."""

import json
from datetime import date
from pathlib import Path

from demo.home import Home
from demo.world import World


def version(published: Path, day: date) -> str | None:
    """The published version if it reaches that day, else None."""
    manifest = published / "current" / "manifest.json"
    if not manifest.exists():
        return None
    said = json.loads(manifest.read_text())
    return str(said["version"]) if said["as_of"] > str(day) else None


def report(home: Home, world: World) -> None:
    """Print it."""
    print(home.published, world.name)
