"""HubSpot's marketing emails and their events, as the extractor reads them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors import landing
from extractors.errors import Changed
from tests.unit.extractors.fake import Call, serving
from tests.unit.extractors.test_hubspot import run

START = int(datetime(2026, 7, 31, tzinfo=UTC).timestamp() * 1000)
MIDNIGHT, END = START + 86_400_000, START + 2 * 86_400_000


def event(number: int, created: int, **more: object) -> dict:
    return {"id": f"e{number}", "created": created, "type": "OPEN", "recipient": "r@x.example", **more}


def told(call: Call, events: list[dict], size: int) -> dict:
    """Events between two instants, both included, newest first; a token on every page, the last one too."""
    low, high = int(call.params["startTimestamp"]), int(call.params["endTimestamp"])
    found = sorted((e for e in events if low <= e["created"] <= high), key=lambda e: -e["created"])
    at = int(call.params.get("offset", "0"))
    return {"events": found[at : at + size], "hasMore": at + size < len(found), "offset": str(at + size)}


def test_events_at_the_bounds_of_a_day_and_any_number_at_one_instant_are_read_once(tmp_path: Path) -> None:
    instants = [START - 1, START, *[MIDNIGHT - 1] * 9, *[MIDNIGHT] * 9, END - 1, END]
    events = [event(n, created) for n, created in enumerate(instants)]
    with serving(lambda call: told(call, events, 4)) as fake:
        done = run(fake, tmp_path, "email_events")
    assert [(r.day, r.rows, r.duplicates, r.outside) for r in done] == [
        ("2026-07-31", 10, 0, 0),
        ("2026-08-01", 10, 0, 0),
    ]


@pytest.mark.parametrize("said", [{"hasMore": True}, {"offset": "x"}])
def test_a_page_that_does_not_say_where_or_whether_there_is_more_is_a_change(tmp_path: Path, said: dict) -> None:
    with serving(lambda call: told(call, [event(n, MIDNIGHT) for n in range(3)], 1000)) as fake:
        run(fake, tmp_path, "email_events")
    page = {"events": [event(1, MIDNIGHT)], **said}
    with (
        serving(lambda _: page) as fake,
        pytest.raises(Changed, match="email_events: the paging goes in a ring"),
    ):
        run(fake, tmp_path, "email_events")
    assert landing.read(tmp_path, "hubspot", "email_events", [date(2026, 8, 1)], None).num_rows == 3


def test_an_act_keeps_what_it_answers_and_what_the_vendor_thinks_of_it(tmp_path: Path) -> None:
    sent = {"id": "e0", "created": MIDNIGHT}
    left = [{"id": 7, "status": "UNSUBSCRIBED"}]
    events = [event(1, MIDNIGHT + 9, sentBy=sent, filteredEvent=True, emailCampaignId=21, subscriptions=left)]
    with serving(lambda call: told(call, events, 1000)) as fake:
        run(fake, tmp_path, "email_events")
    (row,) = landing.read(tmp_path, "hubspot", "email_events", [date(2026, 8, 1)], None).to_pylist()
    assert (row["campaign_id"], row["sent_event_id"], row["is_filtered"]) == ("21", "e0", True)
    assert row["sent_at"] == datetime(2026, 8, 1, tzinfo=UTC)
    assert row["subscriptions"] == [{"subscription_id": "7", "status": "UNSUBSCRIBED"}]
    assert len(row["recipient_digest"]) == 64


def test_statistics_are_never_asked_for(tmp_path: Path) -> None:
    pages = iter([{"results": [{"id": "1"}], "paging": {"next": {"after": "x"}}}, {"results": [{"id": "2"}]}])
    with serving(lambda _: next(pages)) as fake:
        (done,) = run(fake, tmp_path, "marketing_emails")
    assert (done.rows, [call.params for call in fake.calls]) == (2, [{"limit": "100"}, {"limit": "100", "after": "x"}])
