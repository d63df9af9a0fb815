"""Mastodon: the account's statuses, and who favours, boosts, answers, mentions and follows.

https://docs.joinmastodon.org/methods (accounts, statuses, notifications) and /api/guidelines, /api/rate-limits,
/entities, read 2026-11-21. The next page stands in the Link header only, as a URL with an internal id that is no id of
a record. favourited_by, reblogged_by and followers tell who, and never when: the instant stands in the notifications
of the account, which are its engagement log (as with Bluesky). `acct` of an account on the own server comes without
"@server", so that the connection's extra names that `domain`. A status that is deleted between two calls is 404.
"""

from collections.abc import Mapping

from extractors.auth import Bearer
from extractors.paging import link_header, newest_first, one_page, snapshot, whole
from extractors.spec import Column, Each, Endpoint, Rate, Source, Window

YOUNG_DAYS = 14  # nearly all that is ever done about a status is done by then; an older one is asked about no more
LATE_DAYS = 3  # an answer written elsewhere keeps its own time, however late it comes to the own server


def is_own(status: Mapping[str, object], _: Window) -> bool:
    """Whether the account wrote the status: what it boosted is other people's."""
    return status["boosted_status_id"] is None


def account(prefix: str, at: str = "") -> tuple[Column, ...]:
    """The columns of an account that stands at a place of the record."""
    return (
        Column(f"{prefix}_id", at=f"{at}id", required=not at),
        Column(f"{prefix}_acct", at=f"{at}acct", personal="handle", home="@{domain}"),
        Column(f"{prefix}_name", at=f"{at}display_name", personal="name"),
        Column(f"is_{prefix}_bot", "boolean", at=f"{at}bot"),
    )


def about(name: str, call: str) -> Endpoint:
    """Who did something about each status of the window and of the days re-read before it, as of now."""
    return Endpoint(
        name=name,
        path=f"/api/v1/statuses/{{status_id}}/{call}",
        params=(("limit", "80"),),
        columns=(Column("status_id"), *account("actor")),
        key=("status_id", "actor_id"),
        span=snapshot(),
        each=Each(of="statuses", take="status_id", when=is_own, keep="status_id", gone=(404,)),
        scope="read:accounts",
    )


STATUSES = Endpoint(
    name="statuses",
    path="/api/v1/accounts/{account_id}/statuses",
    params=(("limit", "40"),),
    columns=(
        Column("status_id", at="id", required=True),
        Column("account_id", at="account.id", required=True),
        Column("uri"),
        Column("content", personal="text"),
        Column("boosted_status_id", at="reblog.id"),
        Column("in_reply_to_status_id", at="in_reply_to_id"),
        Column("visibility"),
        Column("language"),
        Column("favourite_count", "integer", at="favourites_count"),
        Column("boost_count", "integer", at="reblogs_count"),
        Column("reply_count", "integer", at="replies_count"),
        Column("created_at", "moment", required=True),
        Column("edited_at", "moment"),
    ),
    key=("status_id",),
    span=newest_first(by="created_at"),
    restate_days=YOUNG_DAYS,
    scope="read:statuses",
)
REPLIES = Endpoint(
    name="replies",
    path="/api/v1/statuses/{status_id}/context",
    records="descendants",
    columns=(
        Column("reply_id", at="id", required=True),
        *account("actor", at="account."),
        Column("in_reply_to_status_id", at="in_reply_to_id"),
        Column("content", personal="text"),
        Column("visibility"),
        Column("created_at", "moment", required=True),
    ),
    key=("reply_id",),
    span=whole(by="created_at"),
    each=Each(of="statuses", take="status_id", when=is_own, gone=(404,)),
    turn=one_page(),
    restate_days=LATE_DAYS,
    scope="read:statuses",
)
NOTIFICATIONS = Endpoint(
    name="notifications",
    path="/api/v1/notifications",
    params=(("limit", "80"),),
    columns=(
        Column("notification_id", at="id", required=True),
        Column("type", required=True),
        *account("actor", at="account."),
        Column("status_id", at="status.id"),
        Column("content", at="status.content", personal="text"),
        Column("in_reply_to_status_id", at="status.in_reply_to_id"),
        Column("in_reply_to_account_id", at="status.in_reply_to_account_id"),
        Column("created_at", "moment", required=True),
    ),
    key=("notification_id",),
    span=newest_first(by="created_at"),
    restate_days=1,
    scope="read:notifications",
)
FOLLOWERS = Endpoint(
    name="followers",
    path="/api/v1/accounts/{account_id}/followers",
    params=(("limit", "80"),),
    columns=account("follower"),
    key=("follower_id",),
    span=snapshot(),
    scope="read:accounts",
)

SOURCE = Source(
    name="mastodon",
    channel="social",
    base="https://{domain}",
    auth=Bearer("token"),
    turn=link_header(),
    rate=Rate(calls=300, seconds=300.0),
    parallel=2,
    endpoints=(
        STATUSES,
        about("favourites", "favourited_by"),
        about("boosts", "reblogged_by"),
        REPLIES,
        NOTIFICATIONS,
        FOLLOWERS,
    ),
)
