"""The brand's posts on Bluesky, and who likes, reposts, answers, quotes and follows."""

from dataclasses import dataclass

import numpy as np

from sandbox.chance import DAY, MINUTE, SECOND, Chance, Floats, Ints
from sandbox.city.people import People

LIKE, REPOST, REPLY, QUOTE, FOLLOW = 0, 1, 2, 3, 4
OWN, ANSWER, SHARED = 0, 1, 2
REASONS = ("like", "repost", "reply", "quote", "follow")
BASE32 = "234567abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Social:
    """Posts and interactions, a row each, in the order of their instants (epoch ms).

    `post_kind` tells the brand's own posts from its answers and its reposts of others, which are about the interaction
    `post_about` (-1 for its own); `post` of an interaction is -1 for a
    follow; `left_at` is when a follower left again, per person.
    """

    post_at: Ints
    post_kind: Ints
    post_about: Ints
    kind: Ints
    person: Ints
    post: Ints
    at: Ints
    left_at: Ints


def simulate(chance: Chance, people: People, keen: Floats, start: int) -> Social:
    """One or two posts a day, and what everyone with an account there does about each."""
    days = len(keen)
    posts = _posts(chance, days, start)
    fans = np.flatnonzero(people.on_social)
    day = (posts - start) // DAY
    rate = 0.05 * keen[day][:, fans]
    post, who = np.nonzero(chance.uniform("react", days * 2, len(people))[: len(posts)][:, fans] < rate)
    kind = chance.weighted("react.kind", (0.7, 0.12, 0.13, 0.05), len(post))
    delay = (30 + chance.waiting("react.delay", 5 * 3600.0, len(post)).astype(np.int64)) * SECOND
    follows = chance.flags("follow", 0.5, len(people))[fans]
    followed = start - 30 * DAY + (chance.uniform("follow.at", len(people))[fans] * 120).astype(np.int64) * DAY
    followed = np.maximum(followed, start + 10 * MINUTE) + fans % 40_000 * SECOND
    kinds = np.concatenate([kind, np.full(follows.sum(), FOLLOW)])
    person = np.concatenate([fans[who], fans[follows]])
    on = np.concatenate([post, np.full(follows.sum(), -1)])
    at = np.concatenate([posts[post] + delay + fans[who] % 997, followed[follows] + fans[follows] % 997])
    order = np.lexsort((person, at))
    kinds, person, on, at = kinds[order], person[order], on[order], at[order]
    at = np.maximum.accumulate(at - np.arange(len(at))) + np.arange(len(at))
    answered = np.flatnonzero((kinds == REPLY) & (person % 3 == 0))
    shared = np.flatnonzero((kinds == QUOTE) & (person % 3 == 1))
    all_posts = np.concatenate([posts, at[answered] + 47 * MINUTE, at[shared] + 71 * MINUTE])
    about = np.concatenate([np.full(len(posts), -1), answered, shared])
    post_kinds = np.repeat([OWN, ANSWER, SHARED], [len(posts), len(answered), len(shared)])
    in_time = np.argsort(all_posts, kind="stable")
    place = np.argsort(in_time)
    on = np.where(on >= 0, place[on], -1) if len(place) else on
    left = chance.flags("unfollow", 0.15, len(people))
    leaves = start + (chance.uniform("unfollow.at", len(people)) * 200).astype(np.int64) * DAY
    return Social(
        all_posts[in_time],
        post_kinds[in_time],
        about[in_time],
        kinds,
        person,
        on,
        at,
        np.where(left, leaves, np.iinfo(np.int64).max),
    )


def _posts(chance: Chance, days: int, start: int) -> Ints:
    """The instants of the brand's own posts: one at half past eight every day, another on some afternoons."""
    day = np.arange(days)
    extra = np.flatnonzero(chance.flags("post.extra", 0.35, days))
    morning = start + day * DAY + 8 * 3600 * SECOND + (30 + day % 20) * MINUTE
    afternoon = start + extra * DAY + 15 * 3600 * SECOND + (extra % 50) * MINUTE
    return np.sort(np.concatenate([morning, afternoon]))
