"""Bluesky: the account's posts, and who likes, reposts, answers, quotes and follows.

https://docs.bsky.app/docs/api (lexicons app.bsky.feed, app.bsky.notification, app.bsky.graph), read 2026-11-21.
The notifications of an own account are its engagement log: one walk from the newest backwards holds every like,
repost, reply, quote, mention and follow with its author and its instant, where one call for every post would not even
say when a repost happened. The last page still carries a cursor; the page after it is empty, and so may be a page in
the middle, where those it would show are muted. One like can be told twice, as `like` and as `like-via-repost`.
"""

from datetime import datetime, timedelta

from extractors.auth import Session
from extractors.paging import cursor, newest_first, snapshot
from extractors.spec import Column, Endpoint, Page, Rate, Request, Source, Turn

LIMIT = ("limit", "100")
ONE_STEP = timedelta(milliseconds=1)


def from_the_last_instant(page: Page) -> Request | None:
    """The next page, beginning with the instant at which this one ended.

    The cursor of notifications is the instant of the last one, and the server goes on strictly before it: whatever
    shares that instant would be lost. One millisecond later it comes again, and the rows seen twice are the same.
    Where a whole page shares one instant no cursor leads to the rest: the same call again ends the walk as a ring.
    """
    value = page.values.get("cursor")
    if not value:
        return None
    try:
        after = datetime.fromisoformat(str(value)) + ONE_STEP
    except ValueError:  # a cursor of another form is left alone
        return page.request.having(cursor=str(value))
    again = after.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    asked = dict(page.request.params)
    is_complete = again == asked.get("cursor") and page.count < int(asked["limit"])
    return page.request.having(cursor=str(value) if is_complete else again)


POSTS = Endpoint(
    name="posts",
    path="/xrpc/app.bsky.feed.getAuthorFeed",
    params=(("actor", "{actor}"), ("filter", "posts_with_replies"), LIMIT),
    records="feed",
    columns=(
        Column("post_uri", at="post.uri", required=True),
        Column("author_did", at="post.author.did", required=True),
        Column("text", at="post.record.text", personal="text"),
        Column("reply_to_uri", at="post.record.reply.parent.uri"),
        Column("listed_because", at="reason.$type"),
        Column("like_count", "integer", at="post.likeCount"),
        Column("repost_count", "integer", at="post.repostCount"),
        Column("reply_count", "integer", at="post.replyCount"),
        Column("quote_count", "integer", at="post.quoteCount"),
        Column("created_at", "moment", at="post.record.createdAt", required=True),
        Column("listed_at", "moment", at="reason.indexedAt|post.indexedAt", required=True),
    ),
    key=("post_uri", "listed_because"),
    span=newest_first(by="listed_at"),
    restate_days=7,
)
INTERACTIONS = Endpoint(
    name="interactions",
    path="/xrpc/app.bsky.notification.listNotifications",
    params=(LIMIT,),
    records="notifications",
    columns=(
        Column("interaction_uri", at="uri", required=True),
        Column("reason", required=True),
        Column("subject_uri", at="reasonSubject"),
        Column("actor_did", at="author.did", required=True),
        Column("actor_handle", at="author.handle", personal="handle"),
        Column("actor_name", at="author.displayName", personal="name"),
        Column("text", at="record.text", personal="text"),
        Column("created_at", "moment", at="record.createdAt"),
        Column("indexed_at", "moment", at="indexedAt", required=True),
    ),
    key=("interaction_uri", "reason"),
    span=newest_first(by="indexed_at"),
    turn=Turn(from_the_last_instant, reads=("cursor",)),
    restate_days=1,
)
FOLLOWERS = Endpoint(
    name="followers",
    path="/xrpc/app.bsky.graph.getFollowers",
    params=(("actor", "{actor}"), LIMIT),
    records="followers",
    columns=(
        Column("follower_did", at="did", required=True),
        Column("follower_handle", at="handle", personal="handle"),
        Column("follower_name", at="displayName", personal="name"),
    ),
    key=("follower_did",),
    span=snapshot(),
)

SOURCE = Source(
    name="bluesky",
    omits_nulls=True,
    channel="social",
    base="https://bsky.social",
    auth=Session(
        "/xrpc/com.atproto.server.createSession",
        identifier="identifier",
        secret="password",
        token="accessJwt",
        expired=("ExpiredToken", "InvalidToken"),
    ),
    turn=cursor("cursor", into="cursor"),
    rate=Rate(calls=3000, seconds=300.0),
    parallel=2,
    endpoints=(POSTS, INTERACTIONS, FOLLOWERS),
)
