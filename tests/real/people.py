"""People who live on the real network: each speaks to the PDS as any Bluesky app does."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import requests

from tests.real.servers import BYPASS_KEY

Ref = dict[str, str]


class Clock:
    """The time that apps write into their records: it stands still until it is told to tick."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def tick(self) -> None:
        """Move on by one second."""
        self._now += timedelta(seconds=1)

    def before(self, **span: float) -> str:
        """An instant that long ago, as a record carries it."""
        return (self._now - timedelta(**span)).astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Person:
    """An account of the network, logged in."""

    pds: str
    clock: Clock
    session: requests.Session
    did: str
    handle: str

    @classmethod
    def joins(cls, pds: str, clock: Clock, name: str, password: str) -> "Person":
        """A new account with the handle `<name>.test`."""
        session = requests.Session()
        session.headers["x-ratelimit-bypass"] = BYPASS_KEY
        body = {"handle": f"{name}.test", "email": f"{name}@mail.test", "password": password}
        answer = session.post(f"{pds}/xrpc/com.atproto.server.createAccount", json=body, timeout=30)
        answer.raise_for_status()
        account = answer.json()
        session.headers["Authorization"] = f"Bearer {account['accessJwt']}"
        return cls(pds, clock, session, account["did"], account["handle"])

    def call(self, method: str, body: dict[str, object]) -> dict[str, str]:
        """What the PDS answers to a procedure."""
        answer = self.session.post(f"{self.pds}/xrpc/{method}", json=body, timeout=30)
        answer.raise_for_status()
        return dict(answer.json()) if answer.content else {}

    def writes(self, collection: str, **record: object) -> Ref:
        """A record in the own repository, and the reference to it."""
        record = {"$type": collection, "createdAt": self.clock.before(), **record}
        body = {"repo": self.did, "collection": collection, "record": record}
        answer = self.call("com.atproto.repo.createRecord", body)
        return {"uri": answer["uri"], "cid": answer["cid"]}

    def takes_back(self, record: Ref) -> None:
        """The record is gone."""
        collection, rkey = record["uri"].split("/")[-2:]
        self.call("com.atproto.repo.deleteRecord", {"repo": self.did, "collection": collection, "rkey": rkey})

    def posts(self, text: str, **more: object) -> Ref:
        """A post."""
        return self.writes("app.bsky.feed.post", text=text, **more)

    def answers(self, parent: Ref, root: Ref, text: str, **more: object) -> Ref:
        """A reply."""
        return self.posts(text, reply={"root": root, "parent": parent}, **more)

    def quotes(self, post: Ref, text: str) -> Ref:
        """A post with another one inside."""
        return self.posts(text, embed={"$type": "app.bsky.embed.record", "record": post})

    def mentions(self, other: "Person") -> dict[str, object]:
        """What makes the post "@<handle> …" a mention of the other."""
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": other.did}
        return {"facets": [{"index": {"byteStart": 0, "byteEnd": len(other.handle) + 1}, "features": [feature]}]}

    def likes(self, post: Ref, **more: object) -> Ref:
        """A like; `via` is the repost through which the post was seen."""
        return self.writes("app.bsky.feed.like", subject=post, **more)

    def reposts(self, post: Ref, **more: object) -> Ref:
        """A repost; `via` as with a like."""
        return self.writes("app.bsky.feed.repost", subject=post, **more)

    def follows(self, other: "Person") -> Ref:
        """A follow."""
        return self.writes("app.bsky.graph.follow", subject=other.did)

    def mutes(self, other: "Person") -> None:
        """Nothing of the other is shown any more."""
        self.call("app.bsky.graph.muteActor", {"actor": other.did})
