"""Long walks that the vendor answers as a job."""

from pathlib import Path

import pytest

from extractors import jobs, waiting
from extractors.errors import Busy
from tests.unit.extractors.fake import Call, Reply
from tests.unit.extractors.salesforce_org import Org, Record, contact, rows, run


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "backoff", lambda _: 0.01)


def odd_contacts() -> list[Record]:
    """Contacts with everything that CSV finds hard."""
    return [
        contact(1, LastName='He said "no", twice'),
        contact(2, LastName="two\nlines", Title="a,b", FirstName=" kept "),
        contact(3, Email=None, LastName="Ünïcode ☃"),
        contact(4, IsDeleted=True, MasterRecordId="003000000000001AAA"),
        *(contact(n) for n in range(5, 12)),
    ]


def test_a_job_gives_the_same_rows_as_the_pages(tmp_path: Path) -> None:
    paged, bulk = Org(odd_contacts()), Org(odd_contacts())
    assert [r.rows for r in run(paged, tmp_path / "paged")] == [0, 11]
    assert [r.rows for r in run(bulk, tmp_path / "bulk", above=10)] == [0, 11]
    assert (len(paged.jobs), len(bulk.jobs)) == (0, 1)
    assert rows(tmp_path / "bulk") == rows(tmp_path / "paged")
    assert [row["last_name"] for row in rows(tmp_path / "bulk")][:3] == [
        'He said "no", twice',
        "two\nlines",
        "Ünïcode ☃",
    ]


def test_a_job_asks_for_the_deleted_too_and_for_no_order(tmp_path: Path) -> None:
    org = Org([contact(n) for n in range(5)])
    run(org, tmp_path, above=1)
    assert org.jobs[0]["operation"] == "queryAll"
    assert " ORDER BY " not in org.jobs[0]["query"]
    assert org.jobs[0]["query"].startswith("SELECT Id, AccountId, ")


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 7])
@pytest.mark.parametrize("above", [0, 10_000])
def test_no_page_and_no_part_is_lost_or_told_twice(tmp_path: Path, count: int, above: int) -> None:
    found = run(Org([contact(n) for n in range(count)]), tmp_path, above)
    assert [(r.rows, r.duplicates, r.outside) for r in found] == [(0, 0, 0), (count, 0, 0)]


@pytest.mark.parametrize("state", ["Failed", "Aborted"])
def test_a_job_that_fails_is_named_and_leaves_the_old_days(tmp_path: Path, state: str) -> None:
    run(Org([contact(1)]), tmp_path)
    with pytest.raises(Busy, match=f"^salesforce contacts: the vendor's job ended as {state}$"):
        run(Org([contact(n) for n in range(5)], ends=state), tmp_path, above=1)
    assert len(rows(tmp_path)) == 1


def test_a_job_that_is_never_done_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LONGEST_JOB", 0.05)
    with pytest.raises(Busy, match=r"^salesforce contacts: the vendor's job is not done after 0 s$"):
        run(Org([contact(n) for n in range(5)], ends="InProgress"), tmp_path, above=1)


def test_parts_that_are_missing_are_noticed(tmp_path: Path) -> None:
    with pytest.raises(Busy, match=r"^salesforce contacts: 6 records came of a job of 8$"):
        run(Org([contact(n) for n in range(8)], short=2), tmp_path, above=1)


def test_a_part_that_holds_less_than_it_says_is_asked_for_again(tmp_path: Path) -> None:
    org, cut = Org([contact(n) for n in range(5)]), iter([True])

    def vendor(call: Call) -> Reply | dict:
        answer = org(call)
        if call.path.endswith("/results") and next(cut, False):
            assert isinstance(answer, Reply)
            return Reply(answer.raw.rpartition(b'"003')[0], headers=answer.headers)
        return answer

    assert [r.rows for r in run(vendor, tmp_path, above=1)] == [0, 5]


def test_a_record_in_a_part_that_does_not_fit_is_set_aside(tmp_path: Path) -> None:
    records = [contact(n) for n in range(7)]
    records[2]["CreatedDate"] = "yesterday"
    records[5]["IsDeleted"] = None
    found = run(Org(records), tmp_path, above=1)
    assert [(r.rows, r.rejected) for r in found] == [(0, 0), (5, 2)]


def test_b21_a_field_that_is_refused_costs_itself_in_a_job_too(tmp_path: Path) -> None:
    org = Org([contact(n, Title="x") for n in range(5)])

    def vendor(call: Call) -> Reply | dict:
        if " Title" in call.params.get("q", ""):
            return Reply([{"errorCode": "INVALID_FIELD", "message": "No such column"}], 400)
        answer = org(call)
        if not isinstance(answer, Reply):
            return answer
        return Reply(answer.raw.replace(b'"Title"', b'"Nothing"'), headers=answer.headers)

    found = run(vendor, tmp_path, above=1)
    assert [(r.rows, r.rejected, r.gone_fields) for r in found] == [(0, 0, ("job_title",)), (5, 0, ("job_title",))]
    assert {row["job_title"] for row in rows(tmp_path)} == {None}
    assert len({row["email"] for row in rows(tmp_path)}) == 5
    assert " Title" not in org.jobs[0]["query"]
