"""How keen everyone is on every day, and how what they do makes them buy later.

The strength is stated here and written into the truth: the odds of a purchase on a day grow with
exp(STRENGTH * log(1 + recency)), where recency sums the points of the days before, halved every
HALF_LIFE_DAYS. A day on which someone is on the site anyway adds ON_THE_SITE to the log odds.
"""

import numpy as np

from sandbox.chance import Chance, Flags, Floats
from sandbox.city.people import People

STRENGTH = 1.1
HALF_LIFE_DAYS = 7.0
BASE_LOG_ODDS = -6.4
ON_THE_SITE = 2.0
B2B_LOG_ODDS = -1.2
POINTS = {"visit": 1.0, "click": 2.0, "social": 1.5, "conversation": 3.0}
MEMORY_OF_MOOD = 0.93
DORMANT = 0.03


def presence(people: People, days: int) -> Flags:
    """Whether each person is an active customer or prospect on each day (days first)."""
    day = np.arange(days)[:, None]
    came = day >= people.joined[None, :] - 10
    return came & (day < people.left[None, :])


def keenness(chance: Chance, people: People, days: int) -> Floats:
    """A positive number for every day and person, 1 on average among the active; days first."""
    shocks = chance.on("mood").standard_normal((days, len(people)))
    mood = np.zeros(len(people))
    found = np.empty((days, len(people)))
    for day in range(days):
        mood = MEMORY_OF_MOOD * mood + np.sqrt(1 - MEMORY_OF_MOOD**2) * 0.6 * shocks[day]
        found[day] = np.exp(0.8 * people.level + mood - 0.5)
    return np.where(
        presence(people, days), found, DORMANT * found * (np.arange(days)[:, None] >= people.joined[None, :])
    )


def recency(points: Floats) -> Floats:
    """What each person did before each day, halved every HALF_LIFE_DAYS; days first, the day itself left out."""
    fading = 0.5 ** (1 / HALF_LIFE_DAYS)
    found = np.zeros_like(points)
    for day in range(1, len(points)):
        found[day] = fading * (found[day - 1] + points[day - 1])
    return found


def purchases(chance: Chance, people: People, points: Floats, visits: Floats) -> Flags:
    """Who decides to buy on which day (days first)."""
    log_odds = BASE_LOG_ODDS + B2B_LOG_ODDS * people.is_b2b + STRENGTH * np.log1p(recency(points))
    log_odds += ON_THE_SITE * (visits > 0)
    can = people.in_crm[None, :] & (np.arange(len(points))[:, None] > people.joined[None, :])
    drawn: Flags = chance.uniform("purchase", *points.shape) < 1 / (1 + np.exp(-log_odds))
    return drawn & can
