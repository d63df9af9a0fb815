"""Klaviyo: profiles, what they did (events of metrics), lists, campaigns by email, SMS and push.

https://developers.klaviyo.com/en/v2026-07-15/reference/api_overview and the specification of that revision, read
2026-11-21. Events may lie in the future: a day is asked for with both ends, so that they are read when their day comes.
"""

from datetime import timedelta

from extractors.auth import Scheme
from extractors.paging import link, moment, snapshot
from extractors.spec import Answer, Column, Each, Endpoint, Rate, Request, Source, Span, Type, Wait, Window

REVISION = "2026-07-15"  # a revision lives for two years; after that the answer is 410
SUBSCRIPTIONS = ("additional-fields[profile]", "subscriptions")


def rate(name: str, burst: int, steady: int) -> Rate:
    """Klaviyo's two windows: so many calls a second, and so many a minute."""
    return Rate(burst, 1.0, name, also=((steady, 60.0),))


def filtered(field: str, by: str, lower: str, lead_s: int = 0) -> Span:
    """Ask by a filter on an instant; a `lower` bound that leaves its instant out begins `lead_s` earlier.

    The upper bound is always left out, as a window's end is; what the lead brings too much is outside the window.
    """

    def ask(request: Request, window: Window) -> Request:
        start, end = moment(window.start_at - timedelta(seconds=lead_s)), moment(window.end_at)
        return request.having(filter=f"{lower}({field},{start}),less-than({field},{end})")

    return Span(by=by, ask=ask)


def prop(name: str, places: str, kind: Type = "text") -> Column:
    """What only the events of some metrics tell."""
    at = "|".join(f"attributes.event_properties.{place}" for place in places.split("|"))
    return Column(name, kind, at=at, sometimes=True)


def throttle(answer: Answer) -> Wait | None:
    """A cursor that Klaviyo no longer knows (klaviyo-api-python issue 9): only a walk from the first page helps."""
    if answer.status == 400 and b"Invalid cursor provided" in answer.body:
        return Wait(stop=True, why="the vendor no longer knows its own cursor; the next run begins at the first page")
    return None


PROFILES = Endpoint(
    name="profiles",
    path="/api/profiles",
    params=(SUBSCRIPTIONS, ("page[size]", "100"), ("sort", "updated")),
    records="data",
    columns=(
        Column("profile_id", at="id", required=True),
        Column("external_id", at="attributes.external_id"),
        Column("email", at="attributes.email", personal="email"),
        Column("phone", at="attributes.phone_number", personal="phone"),
        Column("first_name", at="attributes.first_name", personal="name"),
        Column("last_name", at="attributes.last_name", personal="name"),
        Column("organization", at="attributes.organization"),
        Column("country", at="attributes.location.country"),
        Column("email_consent", at="attributes.subscriptions.email.marketing.consent"),
        Column("sms_consent", at="attributes.subscriptions.sms.marketing.consent"),
        Column("push_consent", at="attributes.subscriptions.mobile_push.marketing.consent"),
        Column("email_consent_method", at="attributes.subscriptions.email.marketing.method"),
        Column(
            "email_suppressions",
            "list",
            at="attributes.subscriptions.email.marketing.suppression",
            of=(Column("reason"), Column("suppressed_at", "moment", at="timestamp")),
        ),
        Column("email_consent_at", "moment", at="attributes.subscriptions.email.marketing.consent_timestamp"),
        Column("email_updated_at", "moment", at="attributes.subscriptions.email.marketing.last_updated"),
        Column("sms_consent_at", "moment", at="attributes.subscriptions.sms.marketing.consent_timestamp"),
        Column("sms_updated_at", "moment", at="attributes.subscriptions.sms.marketing.last_updated"),
        Column("push_consent_at", "moment", at="attributes.subscriptions.mobile_push.marketing.consent_timestamp"),
        Column("last_event_at", "moment", at="attributes.last_event_date"),
        Column("created_at", "moment", at="attributes.created"),
        Column("updated_at", "moment", at="attributes.updated", required=True),
    ),
    key=("profile_id",),
    span=filtered("updated", by="updated_at", lower="greater-than", lead_s=1),
    rate=rate("profiles", 75, 750),
    restate_days=1,
)
METRICS = Endpoint(
    name="metrics",
    path="/api/metrics",
    records="data",
    columns=(
        Column("metric_id", at="id", required=True),
        Column("name", at="attributes.name"),
        Column("integration", at="attributes.integration.name"),
        Column("integration_category", at="attributes.integration.category"),
        Column("created_at", "moment", at="attributes.created"),
        Column("updated_at", "moment", at="attributes.updated"),
    ),
    key=("metric_id",),
    span=snapshot(),
    rate=rate("metrics", 10, 150),
)
EVENTS = Endpoint(
    name="events",
    path="/api/events",
    params=(
        ("fields[profile]", "id"),
        ("fields[metric]", "name"),
        ("include", "profile,metric"),
        ("page[size]", "1000"),
        ("sort", "datetime"),
    ),
    records="data",
    columns=(
        Column("event_id", at="id", required=True),
        Column("metric_id", at="relationships.metric.data.id", required=True),
        Column("profile_id", at="relationships.profile.data.id"),
        prop("message_id", "$message"),
        prop("flow_id", "$flow"),
        prop("attributed_message_id", "$attributed_message"),
        prop("source_event_id", "$event_id"),
        prop("order_number", "OrderId|Order Number"),
        prop("list_name", "List"),
        prop("url", "URL|page"),
        prop("product_id", "ProductID|Product ID"),
        prop("bounce_type", "Bounce Type"),
        prop("currency", "$value_currency|$currency_code"),
        prop("value", "$value", "decimal"),
        prop("item_count", "Item Count", "integer"),
        prop("is_bot_click", "Bot Click", "boolean"),
        prop("is_apple_privacy_open", "Apple Privacy Open", "boolean"),
        prop("is_machine_open", "Machine Open", "boolean"),
        Column("happened_at", "moment", at="attributes.datetime", required=True),
    ),
    key=("event_id",),
    span=filtered("datetime", by="happened_at", lower="greater-or-equal"),
    rate=rate("events", 350, 3500),
    restate_days=4,
)
LISTS = Endpoint(
    name="lists",
    path="/api/lists",
    params=(("page[size]", "10"), ("sort", "id")),
    records="data",
    columns=(
        Column("list_id", at="id", required=True),
        Column("name", at="attributes.name"),
        Column("opt_in_process", at="attributes.opt_in_process"),
        Column("created_at", "moment", at="attributes.created"),
        Column("updated_at", "moment", at="attributes.updated"),
    ),
    key=("list_id",),
    span=snapshot(),
    rate=rate("lists", 75, 750),
)
LIST_MEMBERS = Endpoint(
    name="list_members",
    path="/api/lists/{list_id}/profiles",
    params=(("fields[profile]", "joined_group_at"), ("page[size]", "100"), ("sort", "joined_group_at")),
    records="data",
    columns=(
        Column("list_id"),
        Column("profile_id", at="id", required=True),
        Column("joined_at", "moment", at="attributes.joined_group_at", required=True),
    ),
    key=("list_id", "profile_id"),
    span=filtered("joined_group_at", by="joined_at", lower="greater-or-equal"),
    each=Each(of="lists", take="list_id", keep="list_id"),
    rate=rate("list_members", 75, 750),
    restate_days=1,
)

TRACKING = (
    Column("is_tracking_opens", "boolean", at="attributes.tracking_options.is_tracking_opens"),
    Column("is_tracking_clicks", "boolean", at="attributes.tracking_options.is_tracking_clicks"),
)


def campaigns(name: str, channel: str, archived: str, tracking: tuple[Column, ...] = ()) -> Endpoint:
    """The campaigns of a channel, which must be named; those archived are told only when they are asked for."""
    return Endpoint(
        name=name,
        path="/api/campaigns",
        params=(
            ("filter", f"equals(messages.channel,'{channel}'),equals(archived,{archived})"),
            ("page[size]", "100"),
            ("sort", "id"),
        ),
        records="data",
        columns=(
            Column("campaign_id", at="id", required=True),
            Column("name", at="attributes.name"),
            Column("status", at="attributes.status"),
            Column("is_archived", "boolean", at="attributes.archived"),
            *tracking,
            Column("created_at", "moment", at="attributes.created_at"),
            Column("scheduled_at", "moment", at="attributes.scheduled_at"),
            Column("updated_at", "moment", at="attributes.updated_at"),
            Column("sent_at", "moment", at="attributes.send_time"),
        ),
        key=("campaign_id",),
        span=snapshot(),
        rate=rate("campaigns", 10, 150),
    )


SOURCE = Source(
    name="klaviyo",
    channel="email",
    base="https://a.klaviyo.com",
    headers=(("Accept", "application/vnd.api+json"), ("revision", REVISION)),
    auth=Scheme("Klaviyo-API-Key"),
    turn=link("links.next"),
    rate=Rate(10, 1.0, also=((150, 60.0),)),
    parallel=4,
    throttle=throttle,
    endpoints=(
        PROFILES,
        METRICS,
        EVENTS,
        LISTS,
        LIST_MEMBERS,
        campaigns("email_campaigns", "email", "false", TRACKING),
        campaigns("email_campaigns_archived", "email", "true", TRACKING),
        campaigns("sms_campaigns", "sms", "false"),
        campaigns("sms_campaigns_archived", "sms", "true"),
        campaigns("push_campaigns", "mobile_push", "false"),
        campaigns("push_campaigns_archived", "mobile_push", "true"),
    ),
)
