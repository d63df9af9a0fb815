"""Bluesky's records, as a real server of the network sent them."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sandbox.chance import Chance, Ints, iso_one
from sandbox.city.people import People
from sandbox.city.social import ANSWER, BASE32, FOLLOW, LIKE, QUOTE, REASONS, REPLY, REPOST, SHARED, Social
from sandbox.city.words import reply
from sandbox.world import World

BRAND_HANDLE = "brand.example"
CID = "abcdefghijklmnopqrstuvwxyz234567"
TEXTS = (
    "New in the shop: lamps that dim by themselves.",
    "Five ideas for small rooms.",
    "How our chairs are made, in one minute.",
    "Which colour would you choose?",
    "Behind the scenes of the autumn catalogue.",
)
COLLECTIONS = {LIKE: "feed.like", REPOST: "feed.repost", REPLY: "feed.post", QUOTE: "feed.post", FOLLOW: "graph.follow"}


@dataclass(frozen=True, eq=False)
class Network:
    """The account and what happens around it, ready to be asked. Rows are newest first."""

    people: People
    social: Social
    chance: Chance
    brand_did: str
    post_order: Ints

    def post_uri(self, row: int) -> str:
        """Where a post of the account stands."""
        return f"at://{self.brand_did}/app.bsky.feed.post/{tid(int(self.social.post_at[row]), row)}"

    def act_uri(self, row: int) -> str:
        """Where an interaction stands: in the repository of who did it."""
        kind, who = int(self.social.kind[row]), int(self.social.person[row])
        return f"at://{self.people.did[who]}/app.bsky.{COLLECTIONS[kind]}/{tid(int(self.social.at[row]), row)}"

    def cid(self, name: str) -> str:
        """The digest of a record."""
        return "bafyrei" + self.chance.code(f"cid/{name}", 52, CID)

    def post_cursor(self, row: int) -> str:
        """The place of a post in the feed."""
        return f"{int(self.social.post_at[row])}__{self.cid(f'post{row}')}"

    def act_cursor(self, row: int) -> str:
        """The place of an interaction among the notifications: its instant, as the real server has it."""
        return iso_one(int(self.social.at[row]))

    def posts_before(self, cursor: str, now: int, with_answers: bool) -> list[int]:
        """The posts after the cursor's one, newest first; of those that share its instant, the ones not shown yet."""
        at, _, code = cursor.partition("__")
        rows = self.post_order[self.social.post_at[self.post_order] <= (min(now, int(at)) if at.isdigit() else now)]
        if at.isdigit():
            tied = [self.cid(f"post{row}") for row in rows[self.social.post_at[rows] == int(at)].tolist()]
            rows = rows[tied.index(code) + 1 if code in tied else 0 :]
        if not with_answers:
            rows = rows[self.social.post_kind[rows] != ANSWER]
        return list(rows.tolist())

    def acts_before(self, cursor: str, now: int) -> list[int]:
        """The interactions older than the cursor, newest first."""
        upper = now
        if cursor:
            upper = min(now, int(np.datetime64(cursor.removesuffix("Z"), "ms").astype(np.int64)) - 1)
        return list(range(int(np.searchsorted(self.social.at, upper, "right")) - 1, -1, -1))


@lru_cache(maxsize=2)
def network(world: World) -> Network:
    """The network around the account of a world."""
    chance = Chance(world.seed)
    order = np.argsort(world.social.post_at, kind="stable")[::-1]
    return Network(world.people, world.social, chance, f"did:plc:{chance.code('brand', 24, CID)}", order)


def tid(at: int, row: int) -> str:
    """A record key that grows with time."""
    number, letters = at * 1000 * 1024 + row % 1024, ""
    for _ in range(13):
        number, place = divmod(number, 32)
        letters = BASE32[place] + letters
    return letters


def actor(known: Network, who: int) -> dict[str, object]:
    """An account as others show it; some have no display name."""
    people = known.people
    found: dict[str, object] = {"did": people.did[who], "handle": people.handle[who]}
    if who % 3:
        found["displayName"] = people.first_name[who]
    return {**found, "associated": {}, "viewer": {"muted": False, "blockedBy": False}, "labels": []}


def brand(known: Network) -> dict[str, object]:
    """The account itself."""
    viewer = {"muted": False, "blockedBy": False}
    return {"did": known.brand_did, "handle": BRAND_HANDLE, "displayName": "Brand", "viewer": viewer, "labels": []}


def _reference(known: Network, row: int) -> dict[str, str]:
    return {"uri": known.post_uri(row), "cid": known.cid(f"post{row}")}


def post(known: Network, row: int, now: int) -> dict[str, object]:
    """One post with its counts as of then."""
    social = known.social
    at = int(social.post_at[row])
    about = np.flatnonzero((social.post == row) & (social.at <= now))
    counts = np.bincount(social.kind[about], minlength=5).tolist()
    record: dict[str, object] = {
        "$type": "app.bsky.feed.post",
        "text": TEXTS[row % len(TEXTS)],
        "createdAt": iso_one(at),
        "langs": ["en"],
    }
    if social.post_kind[row] == ANSWER:
        answers = int(social.post_about[row])
        root = _reference(known, int(social.post[answers]))
        parent = {"uri": known.act_uri(answers), "cid": known.cid(f"act{answers}")}
        record |= {"text": "Thank you for writing!", "reply": {"root": root, "parent": parent}}
    return {
        **_reference(known, row),
        "author": brand(known),
        "record": record,
        "bookmarkCount": 0,
        "replyCount": counts[REPLY],
        "repostCount": counts[REPOST],
        "likeCount": counts[LIKE],
        "quoteCount": counts[QUOTE],
        "indexedAt": iso_one(at),
        "viewer": {"threadMuted": False, "embeddingDisabled": False},
        "labels": [],
    }


def view(known: Network, row: int, now: int) -> dict[str, object]:
    """One row of the feed; a repost stands there because the brand shared it, with its author and its own time."""
    social = known.social
    if social.post_kind[row] != SHARED:
        return {"post": post(known, row, now)}
    act = int(social.post_about[row])
    told = notification(known, act)
    counts = dict.fromkeys(("bookmarkCount", "replyCount", "repostCount", "likeCount", "quoteCount"), 0)
    names = ("uri", "cid", "author", "record", "indexedAt", "labels")
    shared = {**{name: told[name] for name in names}, **counts, "viewer": {}}
    reason = {
        "$type": "app.bsky.feed.defs#reasonRepost",
        "by": brand(known),
        "indexedAt": iso_one(int(social.post_at[row])),
    }
    return {"post": shared, "reason": reason}


def notification(known: Network, row: int) -> dict[str, object]:
    """One interaction as the account's notifications tell it."""
    social = known.social
    kind, at, about = int(social.kind[row]), iso_one(int(social.at[row])), int(social.post[row])
    subject: object = known.brand_did if kind == FOLLOW else _reference(known, about)
    record: dict[str, object] = {"$type": f"app.bsky.{COLLECTIONS[kind]}", "createdAt": at}
    if kind == REPLY:
        record |= {"text": reply(row).text, "reply": {"root": subject, "parent": subject}}
    elif kind == QUOTE:
        record |= {"text": reply(row).text, "embed": {"$type": "app.bsky.embed.record", "record": subject}}
    else:
        record["subject"] = subject
    found = {
        "uri": known.act_uri(row),
        "cid": known.cid(f"act{row}"),
        "author": actor(known, int(social.person[row])),
        "reason": REASONS[kind],
        "record": record,
        "isRead": False,
        "indexedAt": at,
        "labels": [],
    }
    return found if kind == FOLLOW else {**found, "reasonSubject": known.post_uri(about)}


def following(known: Network, now: int) -> Ints:
    """The interactions by which the present followers came, latest first."""
    social = known.social
    rows = np.flatnonzero((social.kind == FOLLOW) & (social.at <= now) & (social.left_at[social.person] > now))
    return rows[::-1]


def follower_page(known: Network, cursor: str, now: int, limit: int) -> tuple[list[dict[str, object]], str]:
    """A page of followers, and the cursor of the next."""
    rows = following(known, now)
    if cursor:
        rows = rows[known.social.at[rows] < int(cursor.partition("__")[0])]
    chosen = rows[:limit]
    found = [actor(known, int(known.social.person[row])) for row in chosen]
    return found, f"{int(known.social.at[chosen[-1]])}__{known.cid('followers')}" if len(chosen) else ""


def profile(known: Network, now: int) -> dict[str, object]:
    """The account with its counts as of then."""
    posts = int((known.social.post_at <= now).sum())
    counts = {"followersCount": len(following(known, now)), "followsCount": 0, "postsCount": posts}
    return {**brand(known), "description": "Things for the home.", "indexedAt": iso_one(now), **counts}
