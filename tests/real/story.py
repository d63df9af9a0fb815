"""What happened on the network, told through its own API, and what an extractor must therefore bring back."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.real.people import Clock, Person, Ref
from tests.real.servers import Network

POSTS = 106
FANS = 104
TIES = 7  # likes that carry the same instant; no multiple of it is a page of 100, so pages end among them
PASSWORD = "brand-password"


@dataclass
class Story:
    """The brand's account and the rows its three endpoints owe: exactly these."""

    brand: Person
    posts: set[tuple[str, str | None, str | None]] = field(default_factory=set)
    interactions: set[tuple[str, str, str | None, str]] = field(default_factory=set)
    followers: set[tuple[str, str]] = field(default_factory=set)
    like_counts: Counter[str] = field(default_factory=Counter)

    def notified(self, who: Person, record: Ref, reason: str, subject: Ref | None) -> None:
        """The brand is told that someone did something."""
        self.interactions.add((record["uri"], reason, subject["uri"] if subject else None, who.did))

    def listed(self, post: Ref, repost: bool = False, parent: Ref | None = None) -> None:
        """The brand's feed shows a post, its own or one that it passed on."""
        because = "app.bsky.feed.defs#reasonRepost" if repost else None
        self.posts.add((post["uri"], because, parent["uri"] if parent else None))


def tell(network: Network) -> Story:
    """Let it all happen, and wait until the network shows it."""
    clock = Clock(datetime.now(UTC) - timedelta(minutes=20))
    brand = Person.joins(network.pds, clock, "brand", PASSWORD)
    fans = [Person.joins(network.pds, clock, f"fan-{n:03}", "fan-password") for n in range(FANS)]
    story = Story(brand)
    posts = _the_brand_posts(story, clock)
    _fans_follow(story, fans, clock)
    _fans_like(story, fans, posts, clock)
    _fans_talk(story, network, fans, posts, clock)
    _the_brand_passes_on(story, fans, posts, clock)
    _someone_is_muted(story, posts, clock)
    network.settle()
    return story


def _the_brand_posts(story: Story, clock: Clock) -> list[Ref]:
    posts = []
    for n in range(POSTS):
        clock.tick()
        posts.append(story.brand.posts(f"offer {n}"))
        story.listed(posts[-1])
    late = story.brand.posts("written offline", createdAt=clock.before(days=3))
    story.listed(late)
    story.brand.takes_back(story.brand.posts("a mistake"))
    return posts


def _fans_follow(story: Story, fans: list[Person], clock: Clock) -> None:
    for fan in fans:
        clock.tick()
        follow = fan.follows(story.brand)
        story.notified(fan, follow, "follow", None)
        story.followers.add((fan.did, fan.handle))
    fans[-1].takes_back(follow)
    story.interactions.remove((follow["uri"], "follow", None, fans[-1].did))
    story.followers.remove((fans[-1].did, fans[-1].handle))


def _fans_like(story: Story, fans: list[Person], posts: list[Ref], clock: Clock) -> None:
    for n in range(POSTS + 60):
        fan, post = fans[n % FANS], posts[n % 50]
        if n % TIES == 0:
            clock.tick()
        story.notified(fan, fan.likes(post), "like", post)
        story.like_counts[post["uri"]] += 1
    fans[0].takes_back(fans[0].likes(posts[60]))
    early = fans[1].likes(posts[61], createdAt=clock.before(hours=23))
    story.notified(fans[1], early, "like", posts[61])
    story.like_counts[posts[61]["uri"]] += 1


def _fans_talk(story: Story, network: Network, fans: list[Person], posts: list[Ref], clock: Clock) -> None:
    brand, (ann, ben, cem, *_) = story.brand, fans
    post = posts[3]
    clock.tick()
    story.notified(ann, ann.reposts(post), "repost", post)
    reply = ann.answers(post, post, "love this")
    story.notified(ann, reply, "reply", post)
    network.settle()  # an answer to an answer is told only when the AppView has seen both in this order
    deeper = ben.answers(reply, post, "so do I")
    story.notified(ben, deeper, "reply", post)
    story.notified(cem, cem.quotes(post, "look at that"), "quote", post)
    mention = cem.posts(f"@{brand.handle} hello", **cem.mentions(brand))
    story.notified(cem, mention, "mention", None)
    both = cem.answers(post, post, f"@{brand.handle} still there?", **cem.mentions(brand))
    story.notified(cem, both, "mention", None)
    thanks = brand.answers(reply, post, "thank you")
    story.listed(thanks, parent=reply)
    ann.posts("nothing to do with the brand")


def _the_brand_passes_on(story: Story, fans: list[Person], posts: list[Ref], clock: Clock) -> None:
    brand, (_, ben, cem, *_) = story.brand, fans
    clock.tick()
    own = brand.reposts(posts[0])
    story.listed(posts[0], repost=True)
    clock.tick()
    praise = ben.posts("the brand is fine")
    passed_on = brand.reposts(praise)
    story.listed(praise, repost=True)
    through = cem.likes(praise, via=passed_on)
    story.notified(cem, through, "like-via-repost", passed_on)
    again = cem.reposts(praise, via=passed_on)
    story.notified(cem, again, "repost-via-repost", passed_on)
    dan = fans[80]
    twice = dan.likes(posts[0], via=own)
    story.notified(dan, twice, "like", posts[0])
    story.notified(dan, twice, "like-via-repost", own)
    story.like_counts[posts[0]["uri"]] += 1


def _someone_is_muted(story: Story, posts: list[Ref], clock: Clock) -> None:
    noisy = Person.joins(story.brand.pds, clock, "noisy", "noisy-password")
    for act in (noisy.likes, noisy.reposts):
        for post in posts:  # more than two pages of them, so that at least one page shows nothing
            clock.tick()
            act(post)
    story.like_counts.update(post["uri"] for post in posts)
    story.brand.mutes(noisy)
