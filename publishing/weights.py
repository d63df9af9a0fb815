"""Weights of a score from what came afterwards: a logistic fit, no weight below zero, held back to given ones."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped] # it publishes no types
from scipy.sparse import csr_array  # type: ignore[import-untyped]

Numbers = npt.NDArray[np.float64]
STRENGTHS = tuple(10.0**power for power in range(-5, 3))
REPLICATES = 200
FOLDS = 5
SEED = 20260301


@dataclass(frozen=True)
class Observations:
    """Customers on Mondays, a row each: points per unit weight (a column per activity), outcome, Monday, customer."""

    points: csr_array
    came: Numbers
    monday: npt.NDArray[np.int64]
    customer: npt.NDArray[np.int64]

    def of(self, rows: npt.NDArray[np.bool_]) -> "Observations":
        """Some of the rows."""
        kept = np.flatnonzero(rows)
        return Observations(self.points[kept], self.came[kept], self.monday[kept], self.customer[kept])


@dataclass(frozen=True)
class BackTest:
    """Areas under the curve on Mondays that no fit has seen: of the old and the new weights, and the difference."""

    old: float
    new: float
    ahead: float
    ahead_low: float
    ahead_high: float
    n: int
    n_events: int
    n_customers_with_event: int

    def verdict(self, minimum_events: int) -> str:
        """Better or worse where the whole 95 % interval of the difference lies on that side."""
        if min(self.n_customers_with_event, self.n - self.n_events) < minimum_events:
            return "not enough events"
        if self.ahead_low > 0:
            return "better"
        return "worse" if self.ahead_high < 0 else "no difference"


def fit(seen: Observations, old: Numbers, strength: float) -> Numbers:
    """Weights >= 0 that make what came likeliest, less `strength` times how far they leave the old ones.

    A distance costs the same for every activity, so a rare act, of which the data say little, needs more proof; what
    nobody did keeps its weight. The old ones are first brought to the scale of log-odds; the answer is brought back to
    theirs: the mean score stays what it was.
    """
    slope = float(_minimum(seen.points @ old[:, None], seen.came, np.zeros(1), np.zeros(1))[0])
    anchor = slope * old
    mean = np.asarray(seen.points.mean(axis=0))
    variance = np.asarray(seen.points.power(2).mean(axis=0)) - np.square(mean)
    found = _minimum(seen.points, seen.came, anchor, np.full(len(old), strength * variance.max()))
    scale = float(mean @ old) / max(float(mean @ found), 1e-12)
    return np.where(mean > 0, found * scale, old) if found.any() else old


def _minimum(points: csr_array | Numbers, came: Numbers, anchor: Numbers, penalty: Numbers) -> Numbers:
    """The coefficients >= 0 of the penalised logistic regression with an intercept, which is not penalised."""
    n = len(came)

    def loss(at: Numbers) -> tuple[float, Numbers]:
        odds = at[0] + points @ at[1:]
        chance = 1 / (1 + np.exp(-np.clip(odds, -35, 35)))
        away = at[1:] - anchor
        value = float(np.mean(np.logaddexp(0, odds) - came * odds) + penalty @ np.square(away))
        miss = (chance - came) / n
        return value, np.concatenate(([miss.sum()], points.T @ miss + 2 * penalty * away))

    start = np.concatenate(([0.0], np.maximum(anchor, 0)))
    bounds = [(None, None), *[(0, None)] * len(anchor)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return np.asarray(found.x[1:], dtype=np.float64)


def choose(seen: Observations, old: Numbers) -> float:
    """The strength whose fits on four fifths of the customers do best on the fifth left out, each in turn."""
    reached = []
    for strength in STRENGTHS:
        parts = [seen.customer % FOLDS == fold for fold in range(FOLDS)]
        reached.append(float(np.mean([area(seen.of(part), fit(seen.of(~part), old, strength)) for part in parts])))
    return max(zip(reached, STRENGTHS, strict=True))[1]  # of two that do as well, the one that changes less


def area(seen: Observations, weights: Numbers) -> float:
    """The mean area under the ROC curve over the Mondays on which the outcome came to some and not to others."""
    return float(_areas(seen, weights, np.ones((1, seen.customer.max() + 1)))[0])


def back_test(seen: Observations, old: Numbers, new: Numbers) -> BackTest:
    """Old and new weights on the same rows, with the interval of the difference by a bootstrap over customers."""
    n_customers = int(seen.customer.max()) + 1
    draws = np.random.default_rng(SEED).poisson(1.0, (REPLICATES, n_customers)).astype(np.float64)
    draws = np.vstack((np.ones(n_customers), draws))
    was, now = (_areas(seen, weights, draws) for weights in (old, new))
    low, high = np.percentile((now - was)[1:], (2.5, 97.5))
    return BackTest(
        *(float(was[0]), float(now[0]), float(now[0] - was[0]), float(low), float(high)),
        *(len(seen.came), int(seen.came.sum()), len(np.unique(seen.customer[seen.came > 0]))),
    )


def _areas(seen: Observations, weights: Numbers, draws: Numbers) -> Numbers:
    """In each draw of customers the mean area over the Mondays that tell; a half, which is chance, where none does."""
    score = np.round(seen.points @ weights, 6)
    total, n_telling = np.zeros(len(draws)), np.zeros(len(draws))
    for monday in np.unique(seen.monday):
        rows = seen.monday == monday
        level = np.unique(score[rows], return_inverse=True)[1]
        came, counted = seen.came[rows], draws[:, seen.customer[rows]]
        with_it, without = (
            np.stack([np.bincount(level, one * kept, level.max() + 1) for one in counted]) for kept in (came, 1 - came)
        )
        below = np.cumsum(without, axis=1) - without / 2
        pairs = with_it.sum(axis=1) * without.sum(axis=1)
        total += (with_it * below).sum(axis=1) / np.maximum(pairs, 1)
        n_telling += pairs > 0
    return np.where(n_telling > 0, total / np.maximum(n_telling, 1), 0.5)
