"""Files: a drop folder for what has no API, one folder below it and one template for each kind of thing.

What a file of a day says is that day's partition, whatever times its rows carry; a key that is said again on a later
day or further down wins. `python -m extractors files --templates DIR` writes the templates; docs/vendors/files.md.
"""

from extractors.paging import by_name, one_page
from extractors.spec import Column, Endpoint, Rate, Source

REREAD_DAYS = 3  # a file that was mended or came late is taken by the runs of the days after it
WHO = (
    Column("email", personal="email"),
    Column("phone", personal="phone"),
    Column("loyalty_id"),
)


def template(name: str, key: tuple[str, ...], *columns: Column) -> Endpoint:
    """A kind of thing: its files lie in the folder of its name, and their names begin with the day."""
    return Endpoint(
        name=name,
        path=name + "/{day:%Y-%m-%d}*",
        columns=columns,
        key=key,
        span=by_name(),
        restate_days=REREAD_DAYS,
    )


ORDERS = template(
    "orders",
    ("order_id",),
    Column("order_id", required=True),
    Column("order_number"),
    *WHO,
    Column("store_id"),
    Column("associate_id"),
    Column("discount_code"),
    Column("amount", "decimal", required=True),
    Column("currency", required=True),
    Column("line_count", "integer"),
    Column("ordered_at", "moment", required=True),
)
LOYALTY_POINTS = template(
    "loyalty_points",
    ("entry_id",),
    Column("entry_id", required=True),
    Column("loyalty_id", required=True),
    Column("email", personal="email"),
    Column("phone", personal="phone"),
    Column("tier"),
    Column("reason"),
    Column("order_id"),
    Column("points", "integer", required=True),
    Column("booked_at", "moment", required=True),
)
COUPONS_ISSUED = template(
    "coupons_issued",
    ("coupon_id",),
    Column("coupon_id", required=True),
    *WHO,
    Column("campaign_id"),
    Column("discount_code"),
    Column("value", "decimal"),
    Column("currency"),
    Column("issued_at", "moment", required=True),
    Column("expires_at", "moment"),
)
COUPONS_REDEEMED = template(
    "coupons_redeemed",
    ("redemption_id",),
    Column("redemption_id", required=True),
    Column("coupon_id", required=True),
    *WHO,
    Column("order_id"),
    Column("redeemed_at", "moment", required=True),
)
ATTENDANCE = template(
    "attendance",
    ("attendance_id", "status"),
    Column("attendance_id", required=True),
    Column("status", required=True),
    *WHO,
    Column("event_id", required=True),
    Column("event_name"),
    Column("event_type", required=True),
    Column("happened_at", "moment", required=True),
)
SURVEY_ANSWERS = template(
    "survey_answers",
    ("response_id", "question"),
    Column("response_id", required=True),
    Column("question", required=True),
    *WHO,
    Column("survey_type", required=True),
    Column("survey_channel"),
    Column("comment", personal="text"),
    Column("score", "number"),
    Column("answered_at", "moment", required=True),
)
REFERRALS = template(
    "referrals",
    ("referral_id", "status"),
    Column("referral_id", required=True),
    Column("status", required=True),
    *WHO,
    Column("friend_email", personal="email"),
    Column("friend_loyalty_id"),
    Column("referral_code"),
    Column("is_incentivised", "boolean"),
    Column("happened_at", "moment", required=True),
)
CAMPAIGN_COSTS = template(
    "campaign_costs",
    ("cost_id",),
    Column("cost_id", required=True),
    Column("campaign_id", required=True),
    Column("cost_type"),
    Column("currency", required=True),
    Column("amount", "decimal", required=True),
    Column("recipient_count", "integer"),
    Column("spent_at", "moment", required=True),
)
GOALS = template(
    "goals",
    ("goal_id",),
    Column("goal_id", required=True),
    Column("metric", required=True),
    Column("segment"),
    Column("target", "number", required=True),
    Column("starts_at", "moment", required=True),
    Column("ends_at", "moment", required=True),
)
CONTENT = template(
    "content",
    ("content_id",),
    Column("content_id", required=True),
    Column("title"),
    Column("content_type"),
    Column("word_count", "integer"),
    Column("published_at", "moment"),
)

SOURCE = Source(
    name="files",
    channel="offline",
    reads="files",
    auth=None,
    turn=one_page(),
    rate=Rate(calls=1, seconds=1.0),
    endpoints=(
        ORDERS,
        LOYALTY_POINTS,
        COUPONS_ISSUED,
        COUPONS_REDEEMED,
        ATTENDANCE,
        SURVEY_ANSWERS,
        REFERRALS,
        CAMPAIGN_COSTS,
        GOALS,
        CONTENT,
    ),
)
