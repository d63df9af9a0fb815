"""What "usual" means, learned from the days before: pure.

The band is the wider of two views, because days of engagement are neither bell-shaped nor all alike: median ± 6 robust
standard deviations (1.4826 times the median absolute deviation, at least the square root of the median, which is what
counting alone scatters), and half the 10th percentile to twice the greatest (weekends, campaign days).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt
from statistics import median

FEWEST_DAYS = 7
DAYS_BACK = 28
WIDTH = 6.0
LEAST_SLACK = 20.0


@dataclass(frozen=True, slots=True)
class Band:
    """The span that is usual for a day's count, both ends in it."""

    low: float
    high: float


def usual(counts: Sequence[float]) -> Band | None:
    """The band of past daily counts (each ≥ 0), or None while fewer than FEWEST_DAYS are known."""
    if len(counts) < FEWEST_DAYS:
        return None
    middle = median(counts)
    scatter = 1.4826 * median(abs(count - middle) for count in counts)
    slack = max(WIDTH * max(scatter, sqrt(middle)), LEAST_SLACK)
    ordered = sorted(counts)
    quiet = ordered[floor(0.1 * (len(ordered) - 1))]
    return Band(low=max(0.0, min(middle - slack, quiet / 2)), high=max(middle + slack, 2 * ordered[-1]))
