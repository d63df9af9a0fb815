"""What can go wrong in an extraction, named by what to do next.

A message names the vendor, the endpoint, the place and the counts; never a value, a header, a query string or a body.
"""


class Busy(Exception):  # noqa: N818 named by what to do next
    """The vendor cannot answer now: try again, `retry_after` seconds from now where it said so."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message, retry_after)
        self.retry_after = retry_after

    def __str__(self) -> str:
        """The message alone."""
        return str(self.args[0])


class Stopped(Busy):
    """Another part of the run failed: look at that one."""


class Refused(Exception):  # noqa: N818 named by what to do next
    """The vendor or the settings do not let us in: mend the connection."""


class Changed(Exception):  # noqa: N818 named by what to do next
    """The vendor no longer answers as declared: mend the declaration."""


class NotTaken(Changed):
    """The vendor does not take this very call; it may take another. Never leaves the room: `Changed` does."""
