"""The days that a run is a function of."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open span of whole UTC days: `start` is in it, `end` is not."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse an empty or reversed window."""
        if self.end <= self.start:
            raise ValueError(f"a window ends after it starts: {self.start} to {self.end}")

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the window, in order."""
        return tuple(self.start + timedelta(days=n) for n in range((self.end - self.start).days))

    @property
    def start_at(self) -> datetime:
        """The first instant in the window, UTC."""
        return datetime.combine(self.start, time(), UTC)

    @property
    def end_at(self) -> datetime:
        """The first instant after the window, UTC."""
        return datetime.combine(self.end, time(), UTC)

    def back(self, days: int) -> "Window":
        """The same window with `days` more days before it."""
        return Window(self.start - timedelta(days=days), self.end)
