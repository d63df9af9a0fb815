"""X's records, in the shapes of its documented objects."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sandbox.bluesky_records import TEXTS
from sandbox.chance import Ints, iso_one
from sandbox.city.crowds import Crowd, gathering
from sandbox.city.people import People
from sandbox.city.social import ANSWER, FOLLOW, LIKE, QUOTE, REPLY, REPOST, SHARED, Social
from sandbox.city.words import reply
from sandbox.world import World

BRAND_ID = "1500000000000000001"
TWITTER_EPOCH = 1_288_834_974_657
SUSPENDED = 7  # one in so many accounts was suspended since, and is left out of what stands beside the posts
Record = dict[str, object]


@dataclass(frozen=True, eq=False)
class Timeline:
    """The account and what happens around it; rows of posts and of acts are places in `social`."""

    people: People
    crowd: Crowd
    social: Social
    post_rows: Ints

    def posts(self, now: int) -> Ints:
        """The account's posts by then, newest first."""
        return self.post_rows[self.social.post_at[self.post_rows] <= now]

    def acts(self, kind: int, row: int, now: int) -> Ints:
        """Who did that about a post by then, latest first."""
        social = self.social
        return np.flatnonzero((social.kind == kind) & (social.post == row) & (social.at <= now))[::-1]

    def following(self, now: int) -> Ints:
        """The acts by which the present followers came, latest first."""
        social = self.social
        left = social.left_at[social.person]
        return np.flatnonzero((social.kind == FOLLOW) & (social.at <= now) & (left > now))[::-1]

    def mentions(self, now: int) -> Ints:
        """Who named the account by then, latest first: all who answered, and every other one who quoted."""
        social = self.social
        rows = np.arange(len(social.at))
        names = (social.kind == REPLY) | ((social.kind == QUOTE) & (rows % 2 == 0))
        return np.flatnonzero(names & (social.at <= now))[::-1]

    def post_id(self, row: int) -> str:
        """The id of a post of the account: it grows with time."""
        return str(((int(self.social.post_at[row]) - TWITTER_EPOCH) << 22) + row % 4096)

    def act_id(self, row: int) -> str:
        """The id of a post that somebody wrote about one of the account's."""
        return str(((int(self.social.at[row]) - TWITTER_EPOCH) << 22) + 4096 + row % 4096)

    def row_of(self, post_id: str, now: int) -> int | None:
        """The place of a post of the account, None where there is none by then."""
        return next((int(row) for row in self.posts(now) if self.post_id(row) == post_id), None)

    def user(self, who: int) -> Record:
        """A user as every answer shows it."""
        name = self.people.first_name[who]
        return {"id": self.crowd.account_id[who], "name": name, "username": self.crowd.handle[who]}

    def is_suspended(self, who: int) -> bool:
        """Whether the account was suspended since."""
        return who % SUSPENDED == 5

    def post(self, row: int, now: int) -> Record:
        """A post of the account, with its counts as of then."""
        social = self.social
        about = int(social.post_about[row])
        counts = [len(self.acts(kind, row, now)) for kind in (LIKE, REPOST, REPLY, QUOTE)]
        found = _post(self.post_id(row), BRAND_ID, TEXTS[row % len(TEXTS)], int(social.post_at[row]), counts)
        if social.post_kind[row] == ANSWER:
            there = {"conversation_id": self.post_id(int(social.post[about])), "text": "Thank you for writing!"}
            wrote = self.crowd.account_id[int(social.person[about])]
            found |= {**there, "in_reply_to_user_id": wrote, **_refers("replied_to", self.act_id(about))}
        if social.post_kind[row] == SHARED:
            found |= {"text": f"RT: {reply(about).text}", **_refers("retweeted", self.act_id(about))}
        return found

    def act_post(self, row: int) -> Record:
        """The post that somebody wrote: an answer or a quote."""
        social = self.social
        who, post = self.crowd.account_id[int(social.person[row])], self.post_id(int(social.post[row]))
        text = reply(row).text
        found = _post(self.act_id(row), who, f"@brand {text}", int(social.at[row]), [0, 0, 0, 0])
        if social.kind[row] == QUOTE:
            return {**found, **_refers("quoted", post)}
        return {**found, "conversation_id": post, "in_reply_to_user_id": BRAND_ID, **_refers("replied_to", post)}

    def own(self, now: int, with_shared: bool) -> Ints:
        """The posts by then, newest first, with or without those of others that were shared."""
        rows = self.posts(now)
        return rows if with_shared else rows[self.social.post_kind[rows] != SHARED]


@lru_cache(maxsize=2)
def timeline(world: World) -> Timeline:
    """The timeline of the account of a world."""
    crowd, social = gathering(world, "x")
    return Timeline(world.people, crowd, social, np.argsort(social.post_at, kind="stable")[::-1])


def _post(number: str, author: str, text: str, at: int, counts: list[int]) -> Record:
    names = ("like_count", "retweet_count", "reply_count", "quote_count")
    metrics = {**dict(zip(names, counts, strict=True)), "bookmark_count": 0, "impression_count": 40 + 9 * sum(counts)}
    return {
        "id": number,
        "text": text,
        "edit_history_tweet_ids": [number],
        "author_id": author,
        "conversation_id": number,
        "created_at": iso_one(at // 1000 * 1000, unit="ms"),
        "lang": "en",
        "public_metrics": metrics,
    }


def _refers(kind: str, number: str) -> Record:
    return {"referenced_tweets": [{"type": kind, "id": number}]}
