"""Which fault strikes where, and what must come of it."""

from dataclasses import dataclass, field, replace
from typing import Any

from extractors.errors import Busy, Changed, Refused
from tests.journey.town import Town

ALWAYS = 999
# Where each fault strikes: the endpoint that is read, and what the path of the call contains.
AT = {
    "hubspot": ("contacts", "contacts/search"),
    "mailchimp": ("reports", "sent-to"),
    "matomo": ("visits", ""),
    "bluesky": ("interactions", "listNotifications"),
    "ga4_data": ("reports", "runReport"),
    "salesforce": ("contacts", "/query"),
    "klaviyo": ("profiles", "api/profiles"),
    "mastodon": ("notifications", "/notifications"),
    "x": ("mentions", "/mentions"),
}
OPTIONAL = {
    "hubspot": ("properties.jobtitle", "job_title"),
    "mailchimp": ("open_count", "open_count"),
    "matomo": ("browserCode", "browser"),
    "bluesky": ("author.displayName", "actor_name"),
    "salesforce": ("Title", "job_title"),
    "klaviyo": ("attributes.first_name", "first_name"),
    "mastodon": ("account.display_name", "actor_name"),
    "x": ("lang", "language"),
}
NAMED = {"mailchimp": "sent_to"}  # where it is a child that fails or rejects


@dataclass(frozen=True)
class Case:
    """One fault at one vendor."""

    vendor: str
    kind: str
    options: dict[str, Any] = field(default_factory=dict)
    endpoint: str = ""
    path: str | None = None
    named: str = ""
    parallel: int | None = None

    def __str__(self) -> str:
        """The name of the test."""
        return "-".join([self.vendor, self.kind, self.endpoint, *(f"{k}={v}" for k, v in self.options.items())])

    @property
    def root(self) -> str:
        """The endpoint that is read."""
        return self.endpoint or AT[self.vendor][0]

    @property
    def said(self) -> str:
        """The endpoint that an error or a reject is about."""
        return self.named or self.endpoint or NAMED.get(self.vendor, self.root)

    def arm(self, place: Town) -> None:
        """Switch the fault on."""
        path = AT[self.vendor][1] if self.path is None else self.path
        place.post("/_sandbox/faults", {"vendor": self.vendor, "kind": self.kind, "path": path, **self.options})


def cases(kind: str, *vendors: str, **options: Any) -> list[Case]:
    """One fault at some vendors, at all of them where none is named."""
    return [Case(vendor, kind, options) for vendor in vendors or AT]


TURNING = tuple(vendor for vendor in AT if vendor != "ga4_data")
ABSENT = (
    ("hubspot", "contacts_archived", "objects/contacts", ""),
    ("mailchimp", "lists", "/members", "members_archived"),
    ("bluesky", "posts", "getAuthorFeed", ""),
    ("salesforce", "campaigns", "/query", ""),
    ("klaviyo", "email_campaigns_archived", "api/campaigns", ""),
)
PASSES = [
    *(
        Case("hubspot", kind, {"times": 2}, endpoint, path)
        for kind in ("error5xx", "truncated")
        for endpoint, path in (("email_events", "v1/events"), ("companies", "companies/batch/read"))
    ),
    *cases("storm429", "hubspot", "mailchimp", "matomo", "ga4_data", "klaviyo"),
    *cases("throttle403", "mailchimp"),
    *cases("error5xx", times=2),
    *cases("truncated", times=2),
    *cases("html", times=2),
    *cases("expired_token", "bluesky", "ga4_data", "salesforce", after=1),
    Case("hubspot", "foreign_link", parallel=1),
    *cases("moving_rows", "hubspot", "mailchimp", "bluesky", times=ALWAYS),
    *cases("duplicate_rows", times=ALWAYS),
    *cases("lost_rows", "hubspot", "mailchimp"),
    *cases("false_end", "hubspot", times=ALWAYS),
    *(Case(v, "empty_absent", {}, endpoint, path, named) for v, endpoint, path, named in ABSENT),
]
FAILS = [
    *((case, Busy) for case in cases("storm429", "bluesky", "salesforce", "mastodon", "x")),
    *((case, Busy) for case in cases("daily_limit", "hubspot")),
    *((case, Refused) for case in cases("throttle403", *(vendor for vendor in AT if vendor != "mailchimp"))),
    *((case, Refused) for case in cases("expired_token", "hubspot", "mailchimp", "matomo", "klaviyo", "mastodon", "x")),
    *((replace(case, parallel=1), Changed) for case in cases("repeated_cursor", *TURNING, times=ALWAYS)),
    (Case("ga4_data", "repeated_cursor", {"times": ALWAYS, "after": 3}, parallel=1), Changed),  # empty days come first
    *((case, Changed) for case in cases("lost_rows", "hubspot", "mailchimp", times=ALWAYS)),
    *((case, Changed) for case in cases("foreign_link", *(vendor for vendor in AT if vendor != "hubspot"))),
    (Case("hubspot", "foreign_link", endpoint="owners", path="owners"), Changed),
    *(
        (Case(vendor, kind, {"field": spoiled, "rows": 0, "times": ALWAYS}, endpoint, path), Changed)
        for kind in ("missing_required", "retyped_field")
        for vendor, spoiled, endpoint, path in (
            ("hubspot", "createdAt", "deals", "deals/search"),
            ("mailchimp", "id", "campaigns", "campaigns"),
            ("matomo", "visitorId", "", None),
            ("bluesky", "author.did", "", None),
            ("ga4_data", "metricValues", "", None),
            ("salesforce", "CreatedDate", "", None),
            ("klaviyo", "id", "metrics", "metrics"),
            ("mastodon", "created_at", "", None),
            ("x", "author_id", "", None),
        )
    ),
    *((Case(v, "empty_absent", {"times": ALWAYS}, *rest), Changed) for v, *rest in ABSENT),
]
REJECTS = [
    (Case(vendor, kind, {"field": spoiled}, endpoint, path), reason)
    for vendor, spoiled, endpoint, path in (
        ("hubspot", "createdAt", "", None),
        ("hubspot", "created", "email_events", "v1/events"),
        ("mailchimp", "status", "", None),
        ("matomo", "visitorId", "", None),
        ("bluesky", "did", "followers", "getFollowers"),
        ("salesforce", "CreatedDate", "", None),
        ("klaviyo", "id", "metrics", "metrics"),
        ("mastodon", "id", "followers", "/followers"),
        ("x", "author_id", "", None),
    )
    for kind, reason in (("missing_required", "missing"), ("retyped_field", "of another type"))
]
