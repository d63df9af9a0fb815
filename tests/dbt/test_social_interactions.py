"""Social interactions day by day: an account's past becomes its customer's, and a handle of two is nobody's."""

from pathlib import Path

import pytest

from tests.dbt.lake import Lake, at, digest, only
from tests.dbt.town import contact

DAY_1, DAY_2 = "2026-08-01", "2026-08-02"
TOLD = ("social_interactions", "customer_identities", "skipped_identifiers")
Days = tuple[Lake, Lake, list[list[tuple[object, ...]]]]
CANARY = "Quillfeather"
WORDS = {
    2: f"<p>Dear {CANARY}, your lamp is wonderful, thank you so much!</p>",
    3: f"<p>{CANARY}, vielen Dank für die schöne Lampe!</p>",
    4: None,
}
INTERACTIONS = (
    "select source_system, interaction_type, post_id, customer_id, anonymous_customer_id, actor_handle_digest, "
    "language, sentiment, ts::varchar from marts.social_interactions order by all"
)


def wrote(number: int, who: int, when: str, **more: object) -> dict[str, object]:
    """A notification of Mastodon: somebody answers a status of the account."""
    row = {"notification_id": str(number), "type": "mention", "actor_id": str(who), "created_at": at(when)}
    answered = {"in_reply_to_account_id": "1", "in_reply_to_status_id": "s1", "status_id": f"r{number}"}
    return {**row, **answered, "actor_acct_digest": digest(f"fan{who}@fedi.example"), **more}


def acts_of_a_day(number: int, day: str) -> list[dict[str, object]]:
    """Ann (2), whom the CRM knows tomorrow, Eve (3), whom nobody knows, and Joe (4), whom two contacts claim."""
    return [wrote(number + who, who, f"{day} 1{who}:00", content=WORDS[who]) for who in (2, 3, 4)]


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    """The warehouse that grew, the one made at once, and what the mart said after each day."""
    root: Path = tmp_path_factory.mktemp("social")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    joe = digest("fan4@fedi.example")
    claims = [contact(n, f"joe{n}@x.example", mastodon_handle_digest=joe) for n in (40, 41)]
    twins = [contact(n, "kim@x.example", x_handle_digest=digest("kim")) for n in (50, 51)]
    lake.put("hubspot", "contacts", DAY_1, [contact(20, "ann@x.example"), *claims, *twins])
    own = {"status_id": "s1", "account_id": "1", "created_at": at(f"{DAY_1} 08:00")}
    lake.put("mastodon", "statuses", DAY_1, [own])
    lake.put("mastodon", "notifications", DAY_1, acts_of_a_day(10, DAY_1))
    kim = {"user_id": "5", "user_handle_digest": digest("kim"), "post_id": "p"}
    lake.put("x", "posts", DAY_1, [{"post_id": "p", "author_id": "1", "created_at": at(f"{DAY_1} 08:00")}])
    lake.put("x", "likes", DAY_1, [kim])
    ticket = {"ticket_id": "t", "created_at": at(DAY_1), "modified_at": at(DAY_1)}
    lake.put("hubspot", "tickets", DAY_1, [{**ticket, "subject": f"{CANARY}: I hate this terrible lamp"}])
    lake.build(DAY_2, *only(*TOLD))
    told = [lake.rows(INTERACTIONS)]
    ann = contact(20, "ann@x.example", DAY_2, mastodon_handle_digest=digest("fan2@fedi.example"))
    lake.put("hubspot", "contacts", DAY_2, [ann])
    lake.put("mastodon", "notifications", DAY_2, acts_of_a_day(20, DAY_2))
    mended = {**ticket, "subject": f"{CANARY}: now I love it, great help", "modified_at": at(DAY_2)}
    lake.put("hubspot", "tickets", DAY_2, [mended])
    whole = lake.copied("whole")
    lake.build("2026-08-03", *only(*TOLD))
    whole.build("2026-08-03", *only(*TOLD), everything=True)
    return lake, whole, [*told, lake.rows(INTERACTIONS)]


def customers(rows: list[tuple[object, ...]], who: int) -> list[object]:
    """The customer of each of somebody's interactions, in their order."""
    handle = digest(f"fan{who}@fedi.example")
    return [row[3] for row in sorted(rows, key=lambda row: str(row[-1])) if row[5] == handle]


def test_the_past_of_an_account_becomes_its_customers_once_the_crm_knows_the_handle(days: Days) -> None:
    lake, _, (before, after) = days
    assert customers(before, 2) == [None]
    known = lake.rows("select distinct customer_id from marts.customer_identities where identifier_value = '20'")
    assert customers(after, 2) == [known[0][0]] * 2


def test_an_account_that_nobody_knows_keeps_one_anonymous_history(days: Days) -> None:
    _, _, (_, after) = days
    assert customers(after, 3) == [None, None]
    assert {row[4] for row in after if row[5] == digest("fan3@fedi.example")} == {"mastodon_account_id:3"}


def test_a_handle_that_two_customers_claim_belongs_to_neither_and_is_told(days: Days) -> None:
    lake, _, (_, after) = days
    assert customers(after, 4) == [None, None]
    people = lake.rows(
        "select count(distinct customer_id) from marts.customer_identities where identifier_value in ('40', '41')"
    )
    assert people == [(2,)]
    told = lake.rows("select identifier_value, reason, group_size, max_group_size from marts.skipped_identifiers")
    assert told == [(digest("fan4@fedi.example"), "on too many records", 2, 1)]


def test_a_handle_of_a_person_with_two_records_is_theirs(days: Days) -> None:
    lake, _, (before, _) = days
    liked = [row[3] for row in before if row[0] == "x"]
    kim = lake.rows("select distinct customer_id from marts.customer_identities where identifier_value in ('50', '51')")
    assert [(customer,) for customer in liked] == kim


def test_growing_by_a_day_says_what_a_full_refresh_says(days: Days) -> None:
    lake, whole, (_, after) = days
    assert len(after) == 7
    assert whole.rows(INTERACTIONS) == after
    texts = "select * from intermediate.int_sentiment__statements order by all"
    assert whole.rows(texts) == lake.rows(texts) != []


def test_what_people_wrote_has_a_mood_where_its_language_is_the_lexicons(days: Days) -> None:
    moods = {(row[5], row[6], row[7] and row[7] > 0.5) for row in days[2][1] if row[0] == "mastodon"}
    fans = [digest(f"fan{who}@fedi.example") for who in (2, 3, 4)]
    assert moods == {(fans[0], "en", True), (fans[1], "de", None), (fans[2], None, None)}


def test_the_last_wording_of_a_ticket_counts(days: Days) -> None:
    said = "select sentiment > 0.5 from intermediate.int_sentiment__texts where source_record_id = 'hubspot/tickets/t'"
    assert days[0].rows(said) == [(True,)]


def test_no_text_is_kept_in_the_warehouse(days: Days) -> None:
    lake = days[0]
    columns = lake.rows(
        "select t.schema_name, t.table_name, c.column_name from duckdb_tables() as t "
        "join duckdb_columns() as c on c.table_oid = t.table_oid where c.data_type = 'VARCHAR'"
    )
    found = [
        f"{table}.{column}"
        for schema, table, column in columns
        if lake.rows(f"select 1 from {schema}.{table} where {column} like '%{CANARY}%' limit 1")
    ]
    assert len(columns) > 100
    assert found == []
