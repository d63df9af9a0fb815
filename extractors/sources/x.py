"""X: the account's posts, and who likes, reposts, answers, mentions, quotes and follows.

https://docs.x.com/x-api (posts, users; pagination, rate limits, response codes, pricing), read 2026-11-21. Every record
that is read is charged for, a post $0.005 and a user $0.010, so that a connection without a `daily_ceiling` is refused.
`data` is absent from an empty page; `errors` beside `data` are what could not be given. A timeline reaches back 3,200
posts or 800 mentions, whatever `start_time` says: it is therefore walked from now back, where `end_time` would hide
that its end was met. Likes, reposts and follows tell who, never when.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from extractors.auth import Bearer
from extractors.paging import cursor, moment, snapshot, whole
from extractors.spec import (
    Answer,
    Column,
    Complaint,
    Each,
    Endpoint,
    Rate,
    Request,
    Source,
    Span,
    Value,
    Verdict,
    Wait,
    Window,
)
from extractors.terms import Beside, Price

YOUNG_DAYS = 7  # nearly all that is ever done about a post is done by then, and each day of asking is paid for
POST, USER = Decimal("0.005"), Decimal("0.010")
FIELDS = (
    "author_id",
    "conversation_id",
    "created_at",
    "in_reply_to_user_id",
    "lang",
    "public_metrics",
    "referenced_tweets",
)
QUARTER, READ = 900.0, "tweet.read users.read"


def not_now(answer: Answer) -> Wait | None:
    """When a limit ends, told in epoch seconds; a monthly cap or spent credits end the run."""
    if answer.status < 400:
        return None  # what it says is what people wrote
    if b"usage-capped" in answer.body or b"credits-depleted" in answer.body:
        return Wait(stop=True)
    reset = answer.headers.get("x-rate-limit-reset", "")
    is_told = answer.status == 429 and reset.isascii() and reset.isdigit() and len(reset) <= 10
    return Wait(until=datetime.fromtimestamp(int(reset), UTC)) if is_told else None


def judge(values: Mapping[str, Value]) -> Verdict:
    """Errors with status 200 and no data: the post is gone, or we may not see it; beside data they are no failure."""
    kinds = values.get("errors[*].type")
    if not isinstance(kinds, tuple) or not kinds or values.get("meta.result_count") is not None:
        return ""
    named = str(kinds[-1]).rpartition("/")[2]
    return "gone" if named == "resource-not-found" else "refused" if named.startswith("not-authorized") else "changed"


def from_now_back(request: Request, window: Window) -> Request:
    """Everything since the window began, newest first."""
    return request.having(start_time=moment(window.start_at))


TIMELINE = Span(by="created_at", ask=from_now_back, newest_first=True)
EVERY_POST = (
    Column("post_id", at="id", required=True),
    Column("author_id", required=True),
    Column("text", personal="text"),
    Column("conversation_id"),
    Column("in_reply_to_user_id"),
    Column("language", at="lang"),
    Column("like_count", "integer", at="public_metrics.like_count"),
    Column("repost_count", "integer", at="public_metrics.retweet_count"),
    Column("reply_count", "integer", at="public_metrics.reply_count"),
    Column("quote_count", "integer", at="public_metrics.quote_count"),
    Column("impression_count", "integer", at="public_metrics.impression_count"),
    Column("references", "list", at="referenced_tweets", of=(Column("type"), Column("post_id", at="id"))),
    Column("created_at", "moment", required=True),
)
OF_OTHERS = (
    Column("author_handle", at="includes.users.username", personal="handle"),
    Column("author_name", at="includes.users.name", personal="name"),
    *EVERY_POST,
)
AUTHORS = Beside("includes.users", key="id", by="author_id")
ASKED = (("max_results", "100"), ("tweet.fields", ",".join(FIELDS)))
ASKED_OF_OTHERS = (*ASKED, ("expansions", "author_id"))


def user(prefix: str) -> tuple[Column, ...]:
    """The columns of a user."""
    return (
        Column(f"{prefix}_id", at="id", required=True),
        Column(f"{prefix}_handle", at="username", personal="handle"),
        Column(f"{prefix}_name", at="name", personal="name"),
    )


def about(name: str, call: str, scope: str) -> Endpoint:
    """Who did something about each post of the window and of the days re-read before it, as of now."""
    return Endpoint(
        name=name,
        path=f"/2/tweets/{{post_id}}/{call}",
        params=(("max_results", "100"),),
        records="data",
        columns=(Column("post_id"), *user("user")),
        key=("post_id", "user_id"),
        span=snapshot(),
        each=Each(of="posts", take="post_id", keep="post_id", gone=(404,)),
        rate=Rate(75, QUARTER, name=name),
        price=Price(USER, most=100),
        scope=scope,
    )


POSTS = Endpoint(
    name="posts",
    path="/2/users/{user_id}/tweets",
    params=(*ASKED, ("exclude", "retweets")),
    records="data",
    columns=EVERY_POST,
    key=("post_id",),
    span=TIMELINE,
    restate_days=YOUNG_DAYS,
    price=Price(POST, most=100),
    depth=3200,
    scope=READ,
)
QUOTES = Endpoint(
    name="quotes",
    path="/2/tweets/{post_id}/quote_tweets",
    params=ASKED_OF_OTHERS,
    records="data",
    columns=(
        Column("quoted_post_id"),
        *(column for column in OF_OTHERS if column.name != "in_reply_to_user_id"),
    ),
    key=("post_id",),
    span=whole(by="created_at"),
    each=Each(of="posts", take="post_id", keep="quoted_post_id", gone=(404,)),
    rate=Rate(75, QUARTER, name="quotes"),
    restate_days=1,
    beside=AUTHORS,
    price=Price(POST + USER, most=100),
    scope=READ,
)
MENTIONS = Endpoint(
    name="mentions",
    path="/2/users/{user_id}/mentions",
    params=ASKED_OF_OTHERS,
    records="data",
    columns=OF_OTHERS,
    key=("post_id",),
    span=TIMELINE,
    rate=Rate(300, QUARTER, name="mentions"),
    restate_days=1,
    beside=AUTHORS,
    price=Price(POST + USER, most=100),
    depth=800,
    scope=READ,
)
FOLLOWERS = Endpoint(
    name="followers",
    path="/2/users/{user_id}/followers",
    params=(("max_results", "1000"),),
    records="data",
    columns=user("follower"),
    key=("follower_id",),
    span=snapshot(),
    rate=Rate(15, QUARTER, name="followers"),
    price=Price(USER, most=1000),
    scope=f"{READ} follows.read",
)

SOURCE = Source(
    name="x",
    channel="social",
    base="https://api.x.com",
    auth=Bearer("token"),
    turn=cursor("meta.next_token", into="pagination_token"),
    rate=Rate(900, QUARTER),
    parallel=2,
    endpoints=(
        POSTS,
        about("likes", "liking_users", f"{READ} like.read"),
        about("reposts", "retweeted_by", READ),
        QUOTES,
        MENTIONS,
        FOLLOWERS,
    ),
    throttle=not_now,
    omits_nulls=True,
    complaint=Complaint(
        reads=("meta.result_count", "errors[*].type"),
        judge=judge,
        count="meta.result_count",
        remarks="errors[*].type",
    ),
)
