"""Marketing emails of the CRM in the marts: a send a reader, machines told from people, day after day."""

import pytest

from tests.dbt.lake import Lake, at, digest

ANN, BOB = digest("ann@x.example"), digest("bob@x.example")
DAY_1, DAY_2 = "2026-08-03", "2026-08-04"


def event(number: int, kind: str, when: str, to: str = ANN, **more: object) -> dict[str, object]:
    """An event of the email that went out at eight."""
    answers = {} if kind == "SENT" else {"sent_event_id": f"sent {to}", "sent_at": at("2026-08-03 08:00")}
    row = {"event_id": f"e{number}", "event_type": kind, "campaign_id": "21", "recipient_digest": to}
    return row | {"happened_at": at(f"2026-08-{when}")} | answers | more


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Two contacts and a stranger; an email on a Monday, and what came of it on that day and the next."""
    root = tmp_path_factory.mktemp("letters")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    made = {"created_at": at("2026-01-01"), "modified_at": at(DAY_1)}
    people = {"1": ("ann@x.example", ANN), "2": ("bob@x.example", BOB)}
    lake.put(
        "hubspot",
        "contacts",
        DAY_1,
        [{"contact_id": n, "email": plain, "email_digest": key} | made for n, (plain, key) in people.items()],
    )
    email = {"marketing_email_id": "9", "campaign_id": "21", "name": "Tips", "published_at": at("2026-08-03 08:00")}
    lake.put("hubspot", "marketing_emails", DAY_1, [email])
    first = [
        event(1, "SENT", "03 08:00"),
        event(2, "SENT", "03 08:00", BOB),
        event(3, "SENT", "03 08:00", digest("stranger@x.example")),
        event(4, "DELIVERED", "03 08:00", BOB, obsoleted_by_event_id="e5"),
        event(5, "BOUNCE", "03 08:00:09", BOB, bounce_category="UNKNOWN_USER"),
        event(6, "OPEN", "03 08:01", is_filtered=True),
        event(7, "OPEN", "03 08:02", user_agent="Mozilla/5.0 (via ggpht.com GoogleImageProxy)"),
    ]
    lake.put("hubspot", "email_events", DAY_1, first)
    message = {"communication_id": "5", "channel_type": "WHATS_APP", "happened_at": at("2026-08-03 12:00")}
    lake.put("hubspot", "communications", DAY_1, [message | made])
    lake.put("hubspot", "communication_contacts", DAY_1, [{"communication_id": "5", "contact_id": "1"}])
    lake.build("2026-08-04")
    second = [
        event(8, "OPEN", "04 08:30"),
        event(9, "CLICK", "04 08:31", url="https://shop.example/about?utm_source=hs_email"),
        event(10, "STATUSCHANGE", "04 08:32", subscriptions=[{"subscription_id": "7", "status": "UNSUBSCRIBED"}]),
    ]
    lake.put("hubspot", "email_events", DAY_2, second)
    lake.build("2026-08-05")
    return lake


def test_every_reader_has_one_send_and_what_a_later_day_brings_joins_it(letters: Lake) -> None:
    found = letters.rows(
        "select customer_id is not null, n_opens, n_opens_human, n_clicks_human, was_delivered, was_bounced, "
        "was_clicked_human, was_unsubscribed, time_to_open_minutes "
        "from marts.email_sends where campaign_id = '21' order by n_opens desc, was_bounced desc"
    )
    assert found == [
        (True, 3, 1, 1, True, False, True, True, 24 * 60 + 30.0),
        (True, 0, 0, 0, False, True, False, False, None),
        (False, 0, 0, 0, True, False, False, False, None),
    ]


def test_a_campaign_has_a_day_for_the_send_and_one_for_the_acts(letters: Lake) -> None:
    found = letters.rows(
        "select activity_date::varchar, n_sends, n_bounced, n_opened, n_opened_human, n_clicked_human, n_unsubscribed "
        "from marts.campaign_days where campaign_id = '21' order by 1"
    )
    assert found == [(DAY_1, 3, 1, 1, 0, 0, 0), (DAY_2, 0, 0, 0, 1, 1, 1)]


def test_the_acts_are_the_contacts_own_with_the_reason_where_it_was_a_machine(letters: Lake) -> None:
    found = letters.rows(
        "select activity, machine_reason from marts.activities "
        "where customer_id = (select customer_id from marts.customer_identities "
        "where identifier_type = 'hubspot_contact_id' and identifier_value = '1') order by ts"
    )
    assert found == [
        ("was_sent_email", None),
        ("opened_email", "flagged_by_vendor"),
        ("opened_email", "image_proxy"),
        ("was_in_logged_whatsapp", None),
        ("opened_email", None),
        ("clicked_email", None),
        ("unsubscribed", None),
    ]
