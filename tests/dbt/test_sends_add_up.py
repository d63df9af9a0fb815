"""No send counts twice and none is lost: with addresses in capitals, addresses that two contacts share, and merges."""

import pytest

from tests.dbt.lake import Lake, at, digest, only
from tests.dbt.town import DAY_1, DAY_2, contact, member, member_id

READERS = ("Ann@X.Example", "desk@x.example", "old@x.example", "new@x.example", "stranger@x.example")
Totals = dict[str, tuple[int, int]]


def put_campaign(lake: Lake) -> None:
    """An email to every reader, tracked; all but the stranger click."""
    sent = at(f"{DAY_1} 08:00")
    campaign = {"campaign_id": "c", "list_id": "news", "is_tracking_opens": True, "is_tracking_clicks": True}
    lake.put("mailchimp", "campaigns", DAY_1, [campaign | {"sent_at": sent}])
    same = [{"campaign_id": "c", "member_id": member_id(reader.lower())} for reader in READERS]
    lake.put("mailchimp", "sent_to", DAY_1, [row | {"status": "sent"} for row in same])
    click = {"action": "click", "url": "https://shop.example/", "ip": "203.0.113.9", "acted_at": at(f"{DAY_1} 09:00")}
    lake.put("mailchimp", "email_activity", DAY_1, [row | click for row in same[:-1]])


def members() -> list[dict[str, object]]:
    """The readers as the list has them: the digest is of the address in lower case, as the extractor makes it."""
    return [member(reader) | {"member_id": member_id(reader.lower())} for reader in READERS]


def totals(lake: Lake) -> tuple[Totals, tuple[int, int]]:
    """Sends and clicks of each customer who got any, and those of all sends."""
    of_customers = lake.rows(
        "select customer_id, n_tracked_delivered_90d, n_clicked_human_90d from marts.customers "
        "where n_tracked_delivered_90d > 0"
    )
    (of_sends,) = lake.rows(
        "select count(*), sum(case when was_clicked_human then 1 else 0 end) from marts.email_sends "
        "where customer_id is not null"
    )
    return {customer: (sends, clicks) for customer, sends, clicks in of_customers}, of_sends


def added(found: Totals) -> tuple[int, int]:
    """The sums over customers."""
    return sum(sends for sends, _ in found.values()), sum(clicks for _, clicks in found.values())


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Totals, tuple[int, int]]]:
    """The totals before and after two contacts are merged."""
    root = tmp_path_factory.mktemp("sends")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    contacts = [
        contact(1, "ann@x.example"),
        contact(2, "ANN@x.example"),
        contact(3, "desk@x.example"),
        contact(4, "DESK@X.example"),
        contact(5, "old@x.example"),
        contact(6, "new@x.example"),
    ]
    lake.put("hubspot", "contacts", DAY_1, contacts)
    lake.put("mailchimp", "members", DAY_1, members())
    put_campaign(lake)
    lake.build(DAY_2, *only("customers", "email_sends"))
    before = totals(lake)
    merged = contact(6, "new@x.example", DAY_2, merged_contact_ids=["5"])
    lake.put("hubspot", "contacts", DAY_2, [merged | {"additional_emails_digest": [digest("old@x.example")]}])
    lake.build("2026-08-03", *only("customers", "email_sends"))
    return [before, totals(lake)]


def test_b5_customers_add_up_to_the_sends_whatever_the_case_and_whoever_shares_an_address(
    days: list[tuple[Totals, tuple[int, int]]],
) -> None:
    found, of_sends = days[0]
    assert of_sends[1] == 4
    assert added(found) == of_sends
    assert max(sends for sends, _ in found.values()) == 1


def test_b6_a_merge_keeps_the_sum_and_gives_it_to_one_customer(days: list[tuple[Totals, tuple[int, int]]]) -> None:
    (before, sends_before), (after, sends_after) = days
    assert sends_after == sends_before
    assert added(after) == added(before)
    assert len(after) == len(before) - 1
    assert sorted(after.values())[-1] == (2, 2)
