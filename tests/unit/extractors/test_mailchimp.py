"""Mailchimp's quirks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from extractors import landing
from extractors.errors import Changed
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.sources._mailchimp import BY_CHANGE, is_open, throttle
from extractors.sources.mailchimp import SOURCE
from extractors.spec import Answer, Page, Request, Wait, Window
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import KEY

DAY = Window(date(2026, 8, 1), date(2026, 8, 2))
NOW = datetime(2026, 9, 1, tzinfo=UTC)
MIDNIGHT = datetime(2026, 8, 1, tzinfo=UTC)


def member(number: int, changed: datetime, status: str = "subscribed") -> dict:
    return {
        "id": f"{number:032x}",
        "list_id": "a1",
        "email_address": f"{number}@example.org",
        "status": status,
        "last_changed": changed.isoformat(),
        "timestamp_signup": "",
    }


def lists(call: Call, members: list[dict]) -> dict:
    """Audience a1 with its members: `since` leaves its second out, `before` takes it in, archived ones are apart."""
    if call.path == "/3.0/lists":
        return {"lists": [{"id": "a1", "name": "News", "stats": {}}], "total_items": 1}
    if call.path != "/3.0/lists/a1/members":
        return {"reports": [], "campaigns": []}
    asked = call.params
    wanted = asked.get("status") == "archived"
    since, before = (datetime.fromisoformat(asked[f"{w}_last_changed"]) for w in ("since", "before"))
    found = [m for m in members if since < datetime.fromisoformat(m["last_changed"]) <= before]
    found = sorted((m for m in found if (m["status"] == "archived") == wanted), key=lambda m: m["last_changed"])
    at = int(asked["offset"])
    return {"members": found[at : at + min(int(asked["count"]), 1000)], "total_items": len(found)}


def run(fake: Fake, lake: Path, name: str, window: Window = DAY) -> list[Receipt]:
    return extract(SOURCE, name, window, fake.account(), lake, KEY, now=NOW)


def rows(lake: Path, endpoint: str, *columns: str, day: date = date(2026, 8, 1)) -> list[dict]:
    return landing.read(lake, "mailchimp", endpoint, [day], list(columns)).to_pylist()


def test_the_first_second_of_the_day_is_in_and_the_first_of_the_next_is_not(tmp_path: Path) -> None:
    seconds = (-1, 0, 86_399, 86_400)
    people = [member(n, MIDNIGHT + timedelta(seconds=s)) for n, s in enumerate(seconds)]
    with serving(lambda call: lists(call, people)) as fake:
        run(fake, tmp_path, "lists")
    assert [row["member_id"][-1] for row in rows(tmp_path, "members", "member_id")] == ["1", "2"]


def test_members_that_move_while_they_are_read_take_nobody_with_them(tmp_path: Path) -> None:
    people = [member(n, MIDNIGHT + timedelta(seconds=n)) for n in range(2500)]
    moves = iter(range(10**6))

    def answer(call: Call) -> dict:
        found = lists(call, people)
        if "members" in found and "status" not in call.params:
            for n in range(20 * next(moves), 20 * next(moves)):
                people[n] = member(n, MIDNIGHT + timedelta(hours=20, seconds=n))
        return found

    with serving(answer) as fake:
        run(fake, tmp_path, "lists")
    assert len({row["member_id"] for row in rows(tmp_path, "members", "member_id")}) == 2500


def test_more_members_than_a_page_may_share_one_second(tmp_path: Path) -> None:
    noon = MIDNIGHT + timedelta(hours=12)
    people = [member(n, noon if 100 <= n < 2600 else noon + timedelta(seconds=n - 100)) for n in range(2700)]
    with serving(lambda call: lists(call, people)) as fake:
        done = run(fake, tmp_path, "lists")
    found = rows(tmp_path, "members", "member_id")
    assert (len(found), len({row["member_id"] for row in found})) == (2700, 2700)
    assert next(r for r in done if r.endpoint == "members").duplicates > 0


def test_archived_members_need_a_sweep_of_their_own(tmp_path: Path) -> None:
    people = [member(1, MIDNIGHT), member(2, MIDNIGHT, "archived")]
    with serving(lambda call: lists(call, people)) as fake:
        run(fake, tmp_path, "lists")
    assert len(rows(tmp_path, "members", "status")) == 1
    assert rows(tmp_path, "members_archived", "status", "signed_up_at") == [
        {"status": "archived", "signed_up_at": None}
    ]


def campaign(name: str, sent: str, last_open: str = "", last_click: str = "") -> dict:
    acts = {"opens": {"last_open": last_open}, "clicks": {"last_click": last_click}}
    return {"id": name, "list_id": "a1", "send_time": sent, **acts}


CAMPAIGNS = [
    campaign("today", "2026-08-01T09:00:00+00:00", "2026-08-01T10:00:00+00:00"),
    campaign("tomorrow", "2026-08-02T09:00:00+00:00"),
    campaign("young", "2026-07-24T09:00:00+00:00"),
    campaign("still-read", "2026-07-10T09:00:00+00:00", "2026-08-01T10:00:00+00:00"),
    campaign("silent", "2026-07-10T09:00:00+00:00", "2026-07-12T10:00:00+00:00"),
    campaign("closed", "2026-05-01T09:00:00+00:00", "2026-08-01T10:00:00+00:00"),
]


def reports(call: Call) -> dict:
    """Campaigns whose recipients each opened yesterday and today, and bounced four days ago."""
    if call.path == "/3.0/reports":
        return {"reports": CAMPAIGNS}
    _, name, what = call.path.rsplit("/", 2)
    who = {"campaign_id": name, "list_id": "a1", "email_id": "m1", "email_address": "a@example.org"}
    if what == "email-activity":
        times = ("2026-07-28T00:00:00+00:00", "2026-08-01T00:00:00+00:00", "2026-08-01T00:00:00+00:00")
        since = datetime.fromisoformat(call.params["since"])
        acts = [
            {"action": "open", "timestamp": t, "ip": "192.0.2.1"} for t in times if datetime.fromisoformat(t) > since
        ]
        return {"emails": [{**who, "activity": acts}, {**who, "email_id": "m2", "activity": []}], "total_items": 2}
    if what == "sent-to":
        return {"sent_to": [{**who, "status": "sent", "last_open": ""}]}
    return {"unsubscribes": [{**who, "timestamp": "2026-08-01T01:00:00+00:00", "reason": ""}]}


def test_closed_campaigns_are_not_asked_for_ever(tmp_path: Path) -> None:
    with serving(reports) as fake:
        run(fake, tmp_path, "reports")
    asked = {
        what: {c.path.split("/")[3] for c in fake.calls if c.path.endswith(what)}
        for what in ("activity", "sent-to", "bed")
    }
    assert asked == {
        "activity": {"today", "young", "still-read"},
        "sent-to": {"today"},
        "bed": {"today", "young", "still-read", "silent"},
    }


def test_recipients_become_acts_filed_under_the_day_they_happened(tmp_path: Path) -> None:
    with serving(reports) as fake:
        done = {(r.endpoint, r.day): r for r in run(fake, tmp_path, "reports")}
    assert done["email_activity", "2026-07-28"].rows == 3
    assert done["email_activity", "2026-08-01"].rows == 3
    assert done["email_activity", "2026-08-01"].duplicates == 3
    assert done["sent_to", "2026-08-01"].rows == 1
    [act, *_] = rows(tmp_path, "email_activity", "campaign_id", "member_id", "action", "bounce_type", "ip_digest")
    assert (act["campaign_id"], act["member_id"], act["action"], act["bounce_type"]) == ("today", "m1", "open", None)
    assert act["ip_digest"]


def test_a_campaign_is_open_while_bounces_may_come_and_while_it_is_read() -> None:
    def report(sent: int, opened: int | None) -> dict[str, object]:
        at = None if opened is None else MIDNIGHT + timedelta(days=opened)
        return {"sent_at": MIDNIGHT + timedelta(days=sent), "last_open_at": at, "last_click_at": None}

    cases = {(-4, None): True, (-6, None): False, (-6, 0): True, (-31, 0): False, (1, None): False, (0, None): True}
    assert {case: is_open(report(*case), DAY) for case in cases} == cases
    assert not is_open({"sent_at": None, "last_open_at": None, "last_click_at": None}, DAY)


@pytest.mark.parametrize("members", [0, 999, 1000, 1001])
def test_a_walk_by_offset_ends_at_the_short_page_although_the_total_is_less(tmp_path: Path, members: int) -> None:
    def answer(call: Call) -> dict:
        at = int(call.params["offset"])
        return {"campaigns": [{"id": str(n)} for n in range(members)][at : at + 1000], "total_items": 0}

    with serving(answer) as fake:
        [receipt] = run(fake, tmp_path, "campaigns")
    assert (receipt.rows, receipt.api_total, len(fake.calls)) == (members, 0, members // 1000 + 1)


def test_members_that_are_shown_again_or_in_one_second_still_add_up_to_the_total(tmp_path: Path) -> None:
    one_second = [member(n, datetime(2026, 8, 1, 9, tzinfo=UTC)) for n in range(2300)]
    with serving(lambda call: lists(call, one_second)) as fake:
        done = {r.endpoint: r for r in run(fake, tmp_path, "lists")}
    assert (done["members"].rows, done["members"].api_total) == (2300, 2300)
    assert (done["members_archived"].rows, done["members_archived"].api_total) == (0, 0)


def test_a_row_that_leaves_while_a_list_is_read_takes_no_other_with_it(tmp_path: Path) -> None:
    there = [{"id": str(n)} for n in range(1500)]

    def answer(call: Call) -> dict:
        at = int(call.params["offset"])
        page = there[at : at + 1000]
        del there[0]
        return {"campaigns": page, "total_items": len(there)}

    with serving(answer) as fake:
        [receipt] = run(fake, tmp_path, "campaigns")
    assert (receipt.rows, len(fake.calls)) == (1500, 2)


def test_a_page_that_does_not_turn_is_noticed(tmp_path: Path) -> None:
    page = {"campaigns": [{"id": str(n)} for n in range(1000)], "total_items": 1500}
    with serving(lambda _: page) as fake, pytest.raises(Changed, match="mailchimp campaigns: page 2 is page 1 again"):
        run(fake, tmp_path, "campaigns")


@pytest.mark.parametrize(
    ("status", "body", "wait"),
    [
        (429, b"", Wait(2.0)),
        (403, b"<html>too many</html>", Wait(2.0)),
        (403, b'{"title": "Forbidden"}', None),
        (500, b"", None),
    ],
)
def test_a_throttle_has_no_headers_and_sometimes_no_json(status: int, body: bytes, wait: Wait | None) -> None:
    assert throttle(Answer(status, {}, body, 1)) == wait


def test_a_throttled_call_is_made_again(tmp_path: Path) -> None:
    tries = iter([Reply(b"", 403), Reply({"campaigns": []})])
    with serving(lambda _: next(tries)) as fake:
        assert run(fake, tmp_path, "campaigns")[0].requests == 2


def test_the_key_travels_as_basic_authorization_only(tmp_path: Path) -> None:
    with serving(lambda _: {"campaigns": []}) as fake:
        run(fake, tmp_path, "campaigns")
    [call] = fake.calls
    assert call.headers["Authorization"].startswith("Basic ")
    assert "canary" not in f"{call.path}{call.params}{call.body!r}"


@pytest.mark.parametrize("said", ["", "soon", None])
def test_a_full_page_whose_last_member_tells_no_time_ends_in_the_same_call_again(said: str | None) -> None:
    page = Page(Request("/", params=(("since_last_changed", "2026-08-01T00:00:00Z"),)), 1000, {})
    assert BY_CHANGE.next(replace(page, values={"members[-1].last_changed": said})) == page.request
