"""What the files of a drop folder amount to: who bought, came, answered and referred."""

import pytest

from tests.dbt.lake import Lake, at, digest, only

TOLD = (
    *("activities", "customer_identities", "customer_profiles", "data_coverage", "orders", "survey_responses"),
    "int_score__coverage",
)
Rows = list[tuple[object, ...]]
DAY, NEXT = "2026-08-01", "2026-08-02"


def who(email: str | None = None, loyalty: str | None = None) -> dict[str, object]:
    """The columns that tell who a row is about."""
    return {"email": email, "email_digest": digest(email) if email else None, "loyalty_id": loyalty}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Two days of a shop whose CRM knows Ann and the order that she placed on the site."""
    root = tmp_path_factory.mktemp("shop")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    made = {"created_at": at("2026-01-01"), "modified_at": at(DAY)}
    ann = {"contact_id": "1", "email": "ann@x.example", "email_digest": digest("ann@x.example")} | made
    deal = {"deal_id": "7", "is_closed_won": True, "amount": 20, "order_number": "A-7", "closed_at": at(DAY)} | made
    lake.put("hubspot", "contacts", DAY, [ann])
    lake.put("hubspot", "deals", DAY, [deal])
    lake.put("hubspot", "deal_contacts", DAY, [{"deal_id": "7", "contact_id": "1"}])
    sold = {"currency": "EUR", "ordered_at": at("2026-08-01 10:00"), "amount": 5}
    lake.put(
        "files",
        "orders",
        DAY,
        [
            sold | {"order_id": "1", "associate_id": "s1"} | who("Ann@x.example", "L1"),
            sold | {"order_id": "2", "order_number": "a-7"} | who("ann@x.example"),
            sold | {"order_id": "3"} | who("guest@x.example"),
            sold | {"order_id": "4"} | who("info@firm.example"),
            sold | {"order_id": "5"} | who(),
            sold | {"order_id": "6", "amount": 1} | who(None, "L2"),
        ],
    )
    lake.put("files", "orders", NEXT, [sold | {"order_id": "6", "amount": 9} | who(None, "L2")])
    issued = {"coupon_id": "c1", "campaign_id": "spring", "issued_at": at(DAY)}
    lake.put("files", "coupons_issued", DAY, [issued | who(None, "L1")])
    lake.put(
        "files",
        "coupons_redeemed",
        NEXT,
        [{"redemption_id": "r1", "coupon_id": "c1", "redeemed_at": at(NEXT)} | who()],
    )
    lake.put(
        "files",
        "loyalty_points",
        DAY,
        [
            {"entry_id": "p1", "points": 5, "booked_at": at(DAY)} | who(None, "L1"),
            {"entry_id": "p2", "points": -3, "booked_at": at(DAY)} | who(None, "L1"),
        ],
    )
    event = {"attendance_id": "t1", "event_id": "e1", "event_type": "seminar", "happened_at": at(DAY)}
    statuses = ("invited", "Attended ", "waitlisted")
    lake.put("files", "attendance", DAY, [event | {"status": status} | who("ann@x.example") for status in statuses])
    answer = {"response_id": "s1", "survey_type": "acsi", "answered_at": at(DAY)} | who("guest@x.example")
    questions = [answer | {"question": f"q{n}", "score": n} for n in (1, 2, 3)]
    lake.put("files", "survey_answers", DAY, questions)
    friend = {"friend_email": "new@x.example", "friend_email_digest": digest("new@x.example"), "happened_at": at(DAY)}
    referral = {"referral_id": "f1"} | friend | who(None, "L1")
    lake.put(
        "files",
        "referrals",
        DAY,
        [
            referral | {"status": "invited"},
            referral | {"status": "accepted"},
            referral | {"referral_id": "f2", "status": "invited", "is_incentivised": True},
        ],
    )
    lake.put("files", "goals", DAY, [], refused_files=1)
    lake.build("2026-08-03", *only(*TOLD))
    return lake


def customer(shop: Lake, kind: str, value: str) -> object:
    """The customer behind an identifier."""
    sql = "select customer_id from marts.customer_identities where identifier_type = ? and identifier_value = ?"
    ((found,),) = shop.rows(sql, kind, value)
    return found


def test_a_loyalty_member_and_a_contact_of_one_address_are_one_customer(shop: Lake) -> None:
    ann = customer(shop, "hubspot_contact_id", "1")
    assert ann
    assert customer(shop, "loyalty_id", "L1") == ann
    assert customer(shop, "files_customer_id", digest("ann@x.example")) == ann


def test_whoever_buys_under_an_address_is_a_customer_and_a_roles_mailbox_is_none(shop: Lake) -> None:
    assert customer(shop, "files_customer_id", digest("guest@x.example"))
    known = "select count(*) from marts.customer_identities where identifier_value = ?"
    assert shop.rows(known, digest("info@firm.example")) == [(0,)]


def test_an_order_that_the_crm_states_too_counts_once_and_the_last_word_of_a_file_wins(shop: Lake) -> None:
    found = shop.rows("select order_id, net_sales::integer, associate_id from marts.orders order by 1")
    assert found == [
        ("files/orders/1", 5, "s1"),
        ("files/orders/3", 5, None),
        ("files/orders/4", 5, None),
        ("files/orders/5", 5, None),
        ("files/orders/6", 9, None),
        ("hubspot/deals/7", 20, None),
    ]
    nobody = "select order_id from marts.orders where customer_id is null order by 1"
    assert shop.rows(nobody) == [("files/orders/4",), ("files/orders/5",)]


def test_every_record_is_an_act_of_whom_it_is_about(shop: Lake) -> None:
    ann = customer(shop, "loyalty_id", "L1")
    acts = "select activity from marts.activities where customer_id = ? and source_system = 'files' order by 1"
    assert [activity for (activity,) in shop.rows(acts, ann)] == [
        "attended_event",
        "bought_in_store",
        "earned_points",
        "redeemed_coupon",
        "referred_friend",
        "referred_friend_for_reward",
        "spent_points",
        "was_invited_to_event",
        "was_issued_coupon",
        "was_on_event_list",
    ]
    friend = customer(shop, "files_customer_id", digest("new@x.example"))
    assert shop.rows(acts, friend) == [("joined_by_referral",)]


def test_a_response_to_three_questions_is_one_act(shop: Lake) -> None:
    guest = customer(shop, "files_customer_id", digest("guest@x.example"))
    acts = "select activity, count(*) from marts.activities where customer_id = ? group by 1 order by 1"
    assert shop.rows(acts, guest) == [("bought_in_store", 1), ("gave_acsi", 1)]


def test_every_answer_stands_by_itself_with_its_scale(shop: Lake) -> None:
    guest = customer(shop, "files_customer_id", digest("guest@x.example"))
    sql = (
        "select survey_type, question, score, highest_score, is_on_scale from marts.survey_responses "
        "where customer_id = ? order by question"
    )
    assert shop.rows(sql, guest) == [("ACSI", f"q{n}", float(n), 10, True) for n in (1, 2, 3)]


def test_what_was_rewarded_moves_no_score(shop: Lake) -> None:
    sql = "select distinct activity from marts.activities where source_system = 'files' and weight > 0 order by 1"
    assert [activity for (activity,) in shop.rows(sql)] == [
        "attended_event",
        "bought_in_store",
        "gave_acsi",
        "joined_by_referral",
        "referred_friend",
    ]


def test_a_refused_file_is_told_by_the_coverage(shop: Lake) -> None:
    sql = "select entity, refused_file_count from marts.data_coverage where source_system = 'files' and is_received "
    assert ("goals", 1) in shop.rows(sql)
    assert ("orders", 0) in shop.rows(sql)


def test_a_buyer_without_a_contact_has_a_profile(shop: Lake) -> None:
    guest = customer(shop, "files_customer_id", digest("guest@x.example"))
    sql = "select email, source_system from restricted.customer_profiles where customer_id = ?"
    assert shop.rows(sql.replace("restricted", profiles_schema(shop)), guest) == [("guest@x.example", "files")]


def profiles_schema(shop: Lake) -> str:
    """Where the personal mart stands."""
    ((found,),) = shop.rows("select table_schema from information_schema.tables where table_name = 'customer_profiles'")
    return str(found)


def test_a_vendor_out_of_use_takes_nothing_from_the_coverage_of_a_score(
    shop: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    covered = "select score_coverage from intermediate.int_score__coverage"
    ((of_all,),) = shop.rows(covered)
    monkeypatch.setenv("RAPPORT_VENDORS", "files")
    models = ("int_coverage__days", "int_coverage__acts", "int_score__coverage")
    assert shop.dbt("run", "2026-08-03", "--select", *models).success
    assert (of_all < 1.0, shop.rows(covered)) == (True, [(1.0,)])
