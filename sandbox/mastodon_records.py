"""Mastodon's records, in the shapes of its documented entities."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sandbox.bluesky_records import TEXTS
from sandbox.chance import Ints, iso_one
from sandbox.city.crowds import OWN_SERVER, Crowd, gathering
from sandbox.city.people import People
from sandbox.city.social import ANSWER, FOLLOW, LIKE, QUOTE, REPLY, REPOST, SHARED, Social
from sandbox.city.words import reply
from sandbox.world import World

BRAND_ID = "109000000000000001"
TYPES = {LIKE: "favourite", REPOST: "reblog", REPLY: "mention", QUOTE: "quote", FOLLOW: "follow"}


@dataclass(frozen=True, eq=False)
class Instance:
    """The server of the account and what happens around it; rows of posts and of acts are places in `social`."""

    people: People
    crowd: Crowd
    social: Social
    post_rows: Ints

    def posts(self, now: int) -> Ints:
        """The account's statuses by then, newest first."""
        return self.post_rows[self.social.post_at[self.post_rows] <= now]

    def acts(self, kind: int, row: int, now: int) -> Ints:
        """Who did that about a status by then, latest first."""
        social = self.social
        return np.flatnonzero((social.kind == kind) & (social.post == row) & (social.at <= now))[::-1]

    def following(self, now: int) -> Ints:
        """The acts by which the present followers came, latest first."""
        social = self.social
        left = social.left_at[social.person]
        return np.flatnonzero((social.kind == FOLLOW) & (social.at <= now) & (left > now))[::-1]

    def post_id(self, row: int) -> str:
        """The id of a status of the account: it grows with time."""
        return str((int(self.social.post_at[row]) << 16) + row % 4096)

    def act_id(self, row: int) -> str:
        """The id of a status that somebody wrote about one of the account's."""
        return str((int(self.social.at[row]) << 16) + 4096 + row % 4096)

    def row_of(self, status_id: str, now: int) -> int | None:
        """The place of a status of the account, None where there is none by then."""
        found = self.posts(now)
        return next((int(row) for row in found if self.post_id(row) == status_id), None)

    def account(self, who: int) -> dict[str, object]:
        """An account of somebody; one of the own server has no server in its `acct`."""
        username, _, server = self.crowd.handle[who].partition("@")
        acct = username if server == OWN_SERVER else self.crowd.handle[who]
        return _account(self.crowd.account_id[who], username, acct, server, self.people.first_name[who])

    def status(self, row: int, now: int) -> dict[str, object]:
        """A status of the account; a boost holds the status of somebody else."""
        social = self.social
        counts = [len(self.acts(kind, row, now)) for kind in (LIKE, REPOST, REPLY)]
        text = TEXTS[row % len(TEXTS)]
        found = _status(self.post_id(row), brand(), text, int(social.post_at[row]), counts)
        about = int(social.post_about[row])
        if social.post_kind[row] == ANSWER:
            wrote = self.crowd.account_id[int(social.person[about])]
            text = "<p>Thank you for writing!</p>"
            found |= {"in_reply_to_id": self.act_id(about), "in_reply_to_account_id": wrote, "content": text}
        if social.post_kind[row] == SHARED:
            found |= {"reblog": self.act_status(about), "content": ""}
        return found

    def act_status(self, row: int) -> dict[str, object]:
        """The status that somebody wrote: an answer or a quote."""
        social = self.social
        who = self.account(int(social.person[row]))
        found = _status(self.act_id(row), who, reply(row).text, int(social.at[row]), [0, 0, 0])
        if social.kind[row] == REPLY:
            found |= {"in_reply_to_id": self.post_id(int(social.post[row])), "in_reply_to_account_id": BRAND_ID}
        return found

    def descendants(self, row: int, now: int) -> list[dict[str, object]]:
        """All that was answered to a status by then: by others, and by the account to them."""
        social = self.social
        answers = self.acts(REPLY, row, now)[::-1]
        own = np.flatnonzero((social.post_kind == ANSWER) & np.isin(social.post_about, answers))
        thanks = [self.status(int(at), now) for at in own if social.post_at[at] <= now]
        return [*(self.act_status(int(act)) for act in answers), *thanks]

    def notification(self, row: int, now: int) -> dict[str, object]:
        """What somebody did about the account."""
        social = self.social
        kind, post = int(social.kind[row]), int(social.post[row])
        found: dict[str, object] = {
            "id": str(row + 1),
            "type": TYPES[kind],
            "created_at": iso_one(int(social.at[row])),
            "group_key": f"ungrouped-{row + 1}",
            "account": self.account(int(social.person[row])),
        }
        if kind == FOLLOW:
            return found
        return {**found, "status": self.act_status(row) if kind in (REPLY, QUOTE) else self.status(post, now)}


@lru_cache(maxsize=2)
def instance(world: World) -> Instance:
    """The server around the account of a world."""
    crowd, social = gathering(world, "mastodon")
    return Instance(world.people, crowd, social, np.argsort(social.post_at, kind="stable")[::-1])


def brand() -> dict[str, object]:
    """The account itself."""
    return _account(BRAND_ID, "brand", "brand", OWN_SERVER, "Brand")


def _account(number: str, username: str, acct: str, server: str, name: str) -> dict[str, object]:
    flags = {"locked": False, "bot": False, "discoverable": True, "indexable": False, "group": False}
    counts = {"followers_count": 0, "following_count": 0, "statuses_count": 0, "last_status_at": None}
    place = {"url": f"https://{server}/@{username}", "uri": f"https://{server}/users/{username}"}
    plain = {
        "note": "",
        "avatar": "",
        "avatar_static": "",
        "header": "",
        "header_static": "",
        "emojis": [],
        "fields": [],
    }
    made = "2022-11-05T00:00:00.000Z"
    names = {"id": number, "username": username, "acct": acct, "display_name": name}
    return {**names, **flags, "created_at": made, **place, **plain, **counts}


def _status(number: str, account: dict[str, object], text: str, at: int, counts: list[int]) -> dict[str, object]:
    place = f"{account['uri']}/statuses/{number}"
    nothing = {"in_reply_to_id": None, "in_reply_to_account_id": None, "reblog": None, "edited_at": None, "poll": None}
    lists: dict[str, object] = {"media_attachments": [], "mentions": [], "tags": [], "emojis": []}
    numbers = dict(zip(("favourites_count", "reblogs_count", "replies_count"), counts, strict=True))
    return {
        "id": number,
        "created_at": iso_one(at),
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": "en",
        "uri": place,
        "url": place,
        "content": f"<p>{text}</p>",
        "account": account,
        "application": None,
        "card": None,
        **nothing,
        **lists,
        **numbers,
    }
