"""The end of the window (RAPPORT_AS_OF), as a variable of every connection of a build.

dbt loads `Plugin` by profiles.yml. A view that asks for the variable has the same text in each build; on a connection
without it, an analyst's say, it ends with the lake.
"""

import os
from datetime import date
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin


class Plugin(BasePlugin):
    """Tells each cursor the end of the window; only a date passes, so that the setting never is SQL."""

    def configure_cursor(self, cursor: Any) -> None:
        """Set the variable `as_of` where the window has an end."""
        if day := os.environ.get("RAPPORT_AS_OF"):
            cursor.execute(f"set variable as_of = date '{date.fromisoformat(day)}'")
