"""Mailchimp: audiences, their members, campaigns, and what each recipient did with them."""

from extractors.auth import Basic
from extractors.paging import between, since, snapshot, whole
from extractors.sources._mailchimp import (
    BOUNCE_DAYS,
    BY_CHANGE,
    BY_OFFSET,
    PAGE,
    is_open,
    is_young,
    throttle,
    was_sent_in,
)
from extractors.spec import Column, Each, Endpoint, Rate, Source


def members(name: str, *params: tuple[str, str]) -> Endpoint:
    """The members that changed in the window, of every audience."""
    return Endpoint(
        name=name,
        path="/3.0/lists/{list_id}/members",
        params=(("count", str(PAGE)), ("offset", "0"), ("sort_field", "last_changed"), ("sort_dir", "ASC"), *params),
        records="members",
        columns=(
            Column("list_id", required=True),
            Column("member_id", at="id", required=True, personal="email_hash"),
            Column("contact_id"),
            Column("email", at="email_address", personal="email"),
            Column("full_name", personal="name"),
            Column("status", required=True),
            Column("source"),
            Column("is_vip", "boolean", at="vip"),
            Column("member_rating", "integer"),
            Column("opted_in_at", "moment", at="timestamp_opt"),
            Column("signed_up_at", "moment", at="timestamp_signup"),
            Column("changed_at", "moment", at="last_changed", required=True),
        ),
        key=("list_id", "member_id"),
        span=between("since_last_changed", "before_last_changed", by="changed_at", start_shift=-1, end_shift=-1),
        each=Each(of="lists", take="list_id"),
        turn=BY_CHANGE,
    )


LISTS = Endpoint(
    name="lists",
    path="/3.0/lists",
    params=(("count", str(PAGE)), ("offset", "0")),
    records="lists",
    columns=(
        Column("list_id", at="id", required=True),
        Column("name"),
        Column("member_count", "integer", at="stats.member_count"),
        Column("created_at", "moment", at="date_created"),
    ),
    key=("list_id",),
    span=snapshot(),
)
CAMPAIGNS = Endpoint(
    name="campaigns",
    path="/3.0/campaigns",
    params=(("count", str(PAGE)), ("offset", "0")),
    records="campaigns",
    columns=(
        Column("campaign_id", at="id", required=True),
        Column("list_id", at="recipients.list_id"),
        Column("campaign_type", at="type"),
        Column("status"),
        Column("title", at="settings.title"),
        Column("subject", at="settings.subject_line"),
        Column("is_tracking_opens", "boolean", at="tracking.opens"),
        Column("is_tracking_clicks", "boolean", at="tracking.html_clicks"),
        Column("emails_sent", "integer"),
        Column("created_at", "moment", at="create_time"),
        Column("sent_at", "moment", at="send_time"),
    ),
    key=("campaign_id",),
    span=snapshot(),
)
REPORTS = Endpoint(
    name="reports",
    path="/3.0/reports",
    params=(("count", str(PAGE)), ("offset", "0")),
    records="reports",
    columns=(
        Column("campaign_id", at="id", required=True),
        Column("list_id"),
        Column("emails_sent", "integer"),
        Column("abuse_reports", "integer"),
        Column("unsubscribed", "integer"),
        Column("hard_bounces", "integer", at="bounces.hard_bounces"),
        Column("soft_bounces", "integer", at="bounces.soft_bounces"),
        Column("opens_total", "integer", at="opens.opens_total"),
        Column("unique_opens", "integer", at="opens.unique_opens"),
        Column("clicks_total", "integer", at="clicks.clicks_total"),
        Column("unique_clicks", "integer", at="clicks.unique_clicks"),
        Column("sent_at", "moment", at="send_time"),
        Column("last_open_at", "moment", at="opens.last_open"),
        Column("last_click_at", "moment", at="clicks.last_click"),
    ),
    key=("campaign_id",),
    span=snapshot(),
)
EMAIL_ACTIVITY = Endpoint(
    name="email_activity",
    path="/3.0/reports/{campaign_id}/email-activity",
    params=(("count", str(PAGE)), ("offset", "0")),
    records="emails",
    explode="activity",
    columns=(
        Column("campaign_id", required=True),
        Column("list_id"),
        Column("member_id", at="email_id", required=True, personal="email_hash"),
        Column("email", at="email_address", personal="email"),
        Column("action", at="activity.action", required=True),
        Column("bounce_type", at="activity.type", sometimes=True),
        Column("url", at="activity.url"),
        Column("ip", at="activity.ip", personal="ip"),
        Column("acted_at", "moment", at="activity.timestamp", required=True),
    ),
    key=("campaign_id", "member_id", "action", "acted_at", "url"),
    span=since("since", by="acted_at", start_shift=-1),
    each=Each(of="reports", take="campaign_id", when=is_open),
    restate_days=BOUNCE_DAYS,
)
SENT_TO = Endpoint(
    name="sent_to",
    path="/3.0/reports/{campaign_id}/sent-to",
    params=(("count", str(PAGE)), ("offset", "0")),
    records="sent_to",
    columns=(
        Column("campaign_id", required=True),
        Column("list_id"),
        Column("member_id", at="email_id", required=True, personal="email_hash"),
        Column("email", at="email_address", personal="email"),
        Column("status", required=True),
        Column("open_count", "integer"),
        Column("last_open_at", "moment", at="last_open"),
    ),
    key=("campaign_id", "member_id"),
    span=snapshot(),
    each=Each(of="reports", take="campaign_id", when=was_sent_in, day="sent_at"),
    restate_days=BOUNCE_DAYS,
)
UNSUBSCRIBES = Endpoint(
    name="unsubscribes",
    path="/3.0/reports/{campaign_id}/unsubscribed",
    params=(("count", str(PAGE)), ("offset", "0")),
    records="unsubscribes",
    columns=(
        Column("campaign_id", required=True),
        Column("list_id"),
        Column("member_id", at="email_id", required=True, personal="email_hash"),
        Column("email", at="email_address", personal="email"),
        Column("reason", personal="text"),
        Column("unsubscribed_at", "moment", at="timestamp", required=True),
    ),
    key=("campaign_id", "member_id"),
    span=whole(by="unsubscribed_at"),
    each=Each(of="reports", take="campaign_id", when=is_young),
    restate_days=1,
)

SOURCE = Source(
    name="mailchimp",
    channel="email",
    base="https://{dc}.api.mailchimp.com",
    auth=Basic("key", region="dc"),
    turn=BY_OFFSET,
    rate=Rate(calls=100, seconds=1.0),
    parallel=8,
    throttle=throttle,
    endpoints=(
        LISTS,
        members("members"),
        members("members_archived", ("status", "archived")),
        CAMPAIGNS,
        REPORTS,
        EMAIL_ACTIVITY,
        SENT_TO,
        UNSUBSCRIBES,
    ),
)
