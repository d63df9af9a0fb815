"""What comes of a line where that is not every record exactly once, and why a line does not apply to a source."""

from extractors.errors import Busy, Changed, Refused
from tests.contract.checklist.lines import LINES

CALLS = (
    "bluesky", "ga4_data", "hubspot", "klaviyo", "klaviyo_profiles",
    "mailchimp", "mastodon", "matomo", "salesforce", "x",
)  # fmt: skip
KEYED = ("hubspot", "mailchimp", "matomo", "klaviyo", "klaviyo_profiles", "mastodon", "x")  # a token that nobody renews
FOLDERS = ("files", "ga4")
OFFSETS = ("ga4_data", "mailchimp", "matomo")
NO_CALLS = "a folder is asked nothing: there is no token, no limit, no server and no page"
OF_CALLS = (
    "a token that expires",
    *(line for line in LINES if line.startswith("429")),
    "403 without a body",
    "the limit of the day",
    "503 once",
    "a slow body",
    "no list where it is empty",
    "a cursor on the last page",
)

# Errors that say what to do next, and stand for a whole line.
FAILS: dict[tuple[str, str], type[Exception]] = {
    ("bluesky", "ties larger than a page"): Changed,  # no cursor leads past so many
    ("ga4", "a truncated body"): Changed,
    **dict.fromkeys([(v, "a token that expires") for v in KEYED], Refused),
    **dict.fromkeys([(v, "403 without a body") for v in CALLS if v != "mailchimp"], Refused),
    # these name a reset that is minutes away, or a day's limit
    **dict.fromkeys([(v, "429 in its own way") for v in ("bluesky", "salesforce", "mastodon", "x")], Busy),
    **dict.fromkeys([(v, "the limit of the day") for v in ("hubspot", "bluesky", "salesforce", "mastodon", "x")], Busy),
}
# Days that the vendor itself does not give whole: the newest come, and the receipts say of the others why not.
CUT = {("x", "more than 10,000 rows"): "the vendor lists the newest 800 only"}
EXCUSED: dict[tuple[str, str], str] = {
    **dict.fromkeys([(source, line) for source in FOLDERS for line in OF_CALLS], NO_CALLS),
    **dict.fromkeys(
        [(source, "rows that move between pages") for source in FOLDERS],
        "a file is read whole; one that is written meanwhile is Busy (tests/unit/extractors/test_files.py)",
    ),
    **dict.fromkeys([(v, "a cursor on the last page") for v in OFFSETS], "its pages are counted: it has no cursor"),
    **dict.fromkeys(
        [(v, "no list where it is empty") for v in ("mastodon", "matomo")], "its answer is the list: it has no name"
    ),
    **dict.fromkeys(
        [(v, "merged") for v in (*CALLS, *FOLDERS) if v not in ("hubspot", "salesforce")],
        "what is read here is never merged into another of its kind",
    ),
    ("mailchimp", "late arrivals"): "last_changed is the audience's own clock: what comes later is later",
    ("ga4_data", "blank and null"): "a row of a report has no optional field",
}
