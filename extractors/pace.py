"""The vendor's limit, kept by all threads together."""

import threading
import time
from collections import deque

from extractors.spec import Rate


class Pace:
    """At most so many calls in any of the rate's windows, whoever asks; and nobody before the vendor said so."""

    def __init__(self, rate: Rate, factor: float = 1.0) -> None:
        self._windows = [
            (seconds, deque[float](maxlen=max(int(calls * factor), 1)))
            for calls, seconds in ((rate.calls, rate.seconds), *rate.also)
        ]
        self._open_at, self._lock = 0.0, threading.Lock()

    def take(self) -> float:
        """Reserve the next free place; the seconds until then."""
        with self._lock:
            now = time.monotonic()
            full = (starts[0] + seconds for seconds, starts in self._windows if len(starts) == starts.maxlen)
            at = max(now, self._open_at, *full)
            for _, starts in self._windows:
                starts.append(at)
            return at - now

    def hold(self, seconds: float) -> None:
        """Let nobody start for so long."""
        with self._lock:
            self._open_at = max(self._open_at, time.monotonic() + seconds)
