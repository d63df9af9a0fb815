"""A figure with its confidence interval and its floor: pure, and the same for the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

Z = 1.959964  # 95 % of a normal distribution lies within so many standard deviations
RESAMPLES = 1000
SEED = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """A share between 0 and 1 with its 95 % interval, of how many, and the floor below which it fails."""

    name: str
    value: float
    low: float
    high: float
    floor: float
    of: int

    @property
    def holds(self) -> bool:
        """Whether it reaches its floor."""
        return self.value >= self.floor


def proportion(name: str, right: int, of: int, floor: float) -> Figure:
    """So many right of so many independent ones, with Wilson's interval; ValueError where there are none to judge."""
    if of <= 0:
        raise ValueError(f"{name}: there is nothing to judge")
    share = right / of
    middle = (share + Z**2 / (2 * of)) / (1 + Z**2 / of)
    reach = Z * sqrt(share * (1 - share) / of + Z**2 / (4 * of**2)) / (1 + Z**2 / of)
    return Figure(name, share, max(0.0, min(share, middle - reach)), max(share, min(1.0, middle + reach)), floor, of)


def ratio(name: str, parts: Sequence[tuple[float, float]], floor: float) -> Figure:
    """The sum of what is right over the sum of all, from (right, all) of each unit that belongs together.

    The interval is a percentile bootstrap over the units: pairs of one person are not independent of each other.
    ValueError where there is nothing to judge.
    """
    units = np.array(parts, float).reshape(-1, 2)
    right, whole = units.sum(axis=0)
    if whole <= 0:
        raise ValueError(f"{name}: there is nothing to judge")
    dice = np.random.default_rng(SEED)
    shares = []
    for _ in range(RESAMPLES):
        times = np.bincount(dice.integers(0, len(units), len(units)), minlength=len(units))
        drawn = times @ units
        shares.append(drawn[0] / drawn[1] if drawn[1] else right / whole)
    low, high = np.percentile(shares, (2.5, 97.5))
    return Figure(name, float(right / whole), float(low), float(high), floor, len(units))
