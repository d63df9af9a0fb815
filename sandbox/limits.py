"""Counters of requests, in real time."""

import threading
import time
from collections import deque
from dataclasses import dataclass, field


@dataclass
class Rolling:
    """At most `calls` in any `seconds`."""

    calls: int
    seconds: float
    _taken: deque[float] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> int:
        """Count one call: how many more are allowed now, or -1 where this one is too many."""
        now = time.monotonic()
        with self._lock:
            while self._taken and self._taken[0] <= now - self.seconds:
                self._taken.popleft()
            if len(self._taken) >= self.calls:
                return -1
            self._taken.append(now)
            return self.calls - len(self._taken)

    def left(self) -> int:
        """How many calls are allowed before the oldest is forgotten."""
        return self.calls - len(self._taken)

    def resets_in(self) -> float:
        """In how many seconds the oldest counted call is forgotten."""
        with self._lock:
            return max(0.0, self._taken[0] + self.seconds - time.monotonic()) if self._taken else 0.0


@dataclass
class AtOnce:
    """At most `calls` under way at the same time; `most` is how many there ever were."""

    calls: int
    under_way: int = 0
    most: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self) -> bool:
        """Begin a call: whether it is allowed (it counts, and must be left, either way)."""
        with self._lock:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            return self.under_way <= self.calls

    def leave(self) -> None:
        """End a call."""
        with self._lock:
            self.under_way -= 1
