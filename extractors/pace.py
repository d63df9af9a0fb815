"""The vendor's limit, kept by all threads together."""

import threading
import time
from collections import deque

from extractors.spec import Rate


class Pace:
    """At most `calls` in any `seconds`, whoever asks; and nobody before the vendor said so."""

    def __init__(self, rate: Rate, factor: float = 1.0) -> None:
        self._seconds = rate.seconds
        self._starts: deque[float] = deque(maxlen=max(int(rate.calls * factor), 1))
        self._open_at, self._lock = 0.0, threading.Lock()

    def take(self) -> float:
        """Reserve the next free place; the seconds until then."""
        with self._lock:
            now = time.monotonic()
            full = len(self._starts) == self._starts.maxlen
            at = max(now, self._open_at, self._starts[0] + self._seconds if full else now)
            self._starts.append(at)
            return at - now

    def hold(self, seconds: float) -> None:
        """Let nobody start for so long."""
        with self._lock:
            self._open_at = max(self._open_at, time.monotonic() + seconds)
