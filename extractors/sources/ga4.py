"""GA4: every event of the property, from its BigQuery export as Parquet files of a day.

https://support.google.com/analytics/answer/7029846 (schema) and /9358801 (export), read 2026-11-21. BigQuery writes
`events_YYYYMMDD` for a day of the property's own calendar and changes it for three days more; `events_intraday_…` is
left out. A partition is what the files of that day say, so that no event with an odd clock is lost. There is no event
id: the key is all that tells two events apart, and rows equal in every column are one event sent twice.
"""

from extractors.paging import by_name, one_page
from extractors.spec import Column, Endpoint, Rate, Source, Type


def param(name: str, key: str = "", kind: Type = "text", odd: bool = False) -> Column:
    """An event parameter; `odd` ones come as a text or as a number, as GA4 guesses ("42" searched for is a number)."""
    value = f"event_params{{key={key or name}}}.value"
    text, number = f"{value}.string_value", f"{value}.int_value"
    at = f"{text}|{number}" if odd else number if kind == "integer" else text
    return Column(name, kind, at=at, sent="" if kind == "text" else "text")


def whole(name: str, at: str = "") -> Column:
    """A whole number, which travels as a text in JSON."""
    return Column(name, "integer", at=at, sent="text")


LAST_CLICK = "session_traffic_source_last_click"
EVENTS = Endpoint(
    name="events",
    path="events_{day:%Y%m%d}*|events_{day:%Y%m%d}/*",
    columns=(
        Column("event_date", required=True),
        Column("event_name", required=True),
        Column("user_pseudo_id"),
        Column("user_id"),
        Column("stream_id"),
        Column("platform"),
        Column("device_category", at="device.category"),
        Column("country", at="geo.country"),
        Column("analytics_storage", at="privacy_info.analytics_storage"),
        Column("first_source", at="traffic_source.source"),
        Column("first_medium", at="traffic_source.medium"),
        Column("event_source", at="collected_traffic_source.manual_source"),
        Column("event_medium", at="collected_traffic_source.manual_medium"),
        Column("event_campaign", at="collected_traffic_source.manual_campaign_name"),
        Column("google_click_id", at="collected_traffic_source.gclid"),
        Column("session_source", at=f"{LAST_CLICK}.manual_campaign.source"),
        Column("session_medium", at=f"{LAST_CLICK}.manual_campaign.medium"),
        Column("session_campaign", at=f"{LAST_CLICK}.manual_campaign.campaign_name"),
        Column("session_channel_group", at=f"{LAST_CLICK}.cross_channel_campaign.default_channel_group"),
        param("page_location"),
        param("page_referrer"),
        param("page_title", odd=True),
        param("link_url"),
        param("search_term", odd=True),
        Column("transaction_id", at="ecommerce.transaction_id"),
        whole("event_bundle_sequence_id"),
        whole("batch_page_id"),
        whole("batch_ordering_id"),
        whole("batch_event_index"),
        param("ga_session_id", kind="integer"),
        param("ga_session_number", kind="integer"),
        param("engagement_time_in_ms", "engagement_time_msec", "integer"),
        param("percent_scrolled", kind="integer"),
        param("video_percent", kind="integer"),
        param("entrances", kind="integer"),
        whole("item_count", at="ecommerce.total_item_quantity"),
        Column("purchase_revenue", "number", at="ecommerce.purchase_revenue"),
        param("session_engaged", kind="boolean", odd=True),
        Column("is_active_user", "boolean"),
        Column("event_at", "moment", at="event_timestamp", sent="microseconds", required=True),
    ),
    key=(
        "stream_id",
        "user_pseudo_id",
        "event_at",
        "event_name",
        "event_bundle_sequence_id",
        "batch_page_id",
        "batch_ordering_id",
        "batch_event_index",
        "ga_session_id",
        "page_location",
        "link_url",
        "search_term",
        "percent_scrolled",
        "video_percent",
        "transaction_id",
    ),
    span=by_name(),
    restate_days=3,
)

SOURCE = Source(
    name="ga4",
    channel="web",
    reads="exports",
    auth=None,
    turn=one_page(),
    rate=Rate(calls=1, seconds=1.0),
    endpoints=(EVENTS,),
)
