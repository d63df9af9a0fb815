"""Mastodon's quirks: Link headers, a parent's value in its rows, parents that are gone, handles without a server."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from extractors import landing
from extractors.errors import Busy, Changed, Refused
from extractors.paging import link_header
from extractors.privacy import digest
from extractors.run import extract
from extractors.sources.mastodon import SOURCE, YOUNG_DAYS
from extractors.spec import Page, Request, Window
from tests.unit.extractors.fake import Call, Fake, Reply, serving
from tests.unit.extractors.shop import KEY

DAY = Window(date(2026, 8, 1), date(2026, 8, 2))
NOW = datetime(2026, 9, 1, tzinfo=UTC)
NEWEST = datetime(2026, 8, 3, tzinfo=UTC)
ANN = {"id": "7", "acct": "Ann", "display_name": "Ann", "bot": False}
EVE = {"id": "8", "acct": "eve@toots.example", "bot": True}


def status(number: int, at: datetime, **more: object) -> dict[str, object]:
    return {"id": str(number), "account": {"id": "1"}, "created_at": at.isoformat(), "reblog": None, **more}


def listed(rows: list[dict], call: Call, size: int) -> Reply:
    """A page by Link header, with a cursor that is no id of a row."""
    at = int(call.params.get("max_id", "0"))
    page = rows[at : at + size]
    link = f'<http://{call.headers["Host"]}{call.path}?limit={size}&max_id={at + size}>; rel="next"'
    back = f'<http://{call.headers["Host"]}{call.path}?min_id={at}>; rel="prev"'
    return Reply(page, headers={"Link": f"{link}, {back}" if page else back})


def run(fake: Fake, lake: Path, name: str = "statuses", window: Window = DAY, **options: str) -> dict[str, list]:
    account = fake.account(domain="social.example", account_id="1", **options)
    found: dict[str, list] = {}
    for receipt in extract(SOURCE, name, window, account, lake, KEY, now=NOW):
        found.setdefault(receipt.endpoint, []).append(receipt)
    return found


def rows(lake: Path, endpoint: str, day: date = DAY.start) -> list[dict]:
    return landing.read(lake, "mastodon", endpoint, [day], None).to_pylist()


@pytest.mark.parametrize(
    ("header", "url"),
    [
        ('<https://a.example/x?max_id=3>; rel="next", <https://a.example/x?min_id=9>; rel="prev"', "x?max_id=3"),
        ('<https://a.example/x?min_id=9>; rel="prev", <https://a.example/x?max_id=3>; rel="next"', "x?max_id=3"),
        ("<https://a.example/x?a=1,2>; title=more; rel=next", "x?a=1,2"),
        ('<https://a.example/x?min_id=9>; rel="prev"', None),
        ("", None),
    ],
)
def test_the_next_page_stands_in_the_link_header(header: str, url: str | None) -> None:
    page = Page(Request("/x", params=(("limit", "80"),)), 1, {}, {"link": header})
    found = link_header().next(page)
    assert found == (Request(f"https://a.example/{url}") if url else None)


def test_notifications_are_walked_back_until_a_whole_page_is_older(tmp_path: Path) -> None:
    acts = [
        {
            "id": str(1000 - n),
            "type": "favourite",
            "account": ANN,
            "created_at": (NEWEST - timedelta(hours=n)).isoformat(),
        }
        for n in range(200)
    ]
    with serving(lambda call: listed(acts, call, 10)) as fake:
        done = run(fake, tmp_path, "notifications")["notifications"]
    assert [(r.day, r.rows) for r in done] == [("2026-07-31", 24), ("2026-08-01", 24)]
    assert len(fake.calls) == 9
    assert fake.calls[0].params == {"limit": "80"}


def test_who_favoured_a_status_is_filed_with_that_status(tmp_path: Path) -> None:
    statuses = [status(n, DAY.start_at + timedelta(hours=n)) for n in (3, 2)]

    def answer(call: Call) -> Reply | dict | list:
        if call.path.endswith("/statuses"):
            return listed(statuses, call, 40)
        if call.path.endswith("/context"):
            return {"ancestors": [], "descendants": []}
        return listed([ANN, EVE] if "/3/" in call.path else [EVE], call, 1)

    with serving(answer) as fake:
        done = run(fake, tmp_path)
    found = {(row["status_id"], row["actor_id"]) for row in rows(tmp_path, "favourites")}
    assert found == {("3", "7"), ("3", "8"), ("2", "8")}
    assert [(r.day, r.rows) for r in done["boosts"]] == [("2026-08-01", 3)]
    assert [r.rows for r in done["replies"]] == [0, 0, 0, 0]


def test_only_recent_statuses_of_ones_own_are_asked_about(tmp_path: Path) -> None:
    edge = DAY.start_at - timedelta(days=YOUNG_DAYS)
    statuses = [
        status(4, DAY.start_at, reblog={"id": "99"}),
        status(3, edge),
        status(2, edge - timedelta(seconds=1)),
    ]

    def answer(call: Call) -> Reply | dict | list:
        return {"descendants": []} if call.path.endswith("/context") else listed(statuses, call, 40)

    with serving(answer) as fake:
        run(fake, tmp_path)
    asked = {call.path for call in fake.calls if not call.path.endswith("/statuses")}
    assert asked == {f"/api/v1/statuses/3/{call}" for call in ("favourited_by", "reblogged_by", "context")}


def test_a_status_that_was_deleted_meanwhile_has_no_rows_and_costs_no_others(tmp_path: Path) -> None:
    statuses = [status(n, DAY.start_at + timedelta(hours=n)) for n in (3, 2)]

    def answer(call: Call) -> Reply | dict | list:
        if call.path.endswith("/statuses"):
            return listed(statuses, call, 40)
        if "/3/" in call.path:
            return Reply({"error": "Record not found"}, 404)
        return {"descendants": []} if call.path.endswith("/context") else listed([ANN], call, 80)

    with serving(answer) as fake:
        run(fake, tmp_path)
    assert [(row["status_id"], row["actor_id"]) for row in rows(tmp_path, "favourites")] == [("2", "7")]


def test_an_account_that_is_not_there_is_named(tmp_path: Path) -> None:
    with serving(lambda _: Reply({"error": "Record not found"}, 404)) as fake, pytest.raises(Changed, match="404"):
        run(fake, tmp_path)


def test_a_handle_of_the_own_server_gets_its_server(tmp_path: Path) -> None:
    with serving(lambda call: listed([ANN, EVE], call, 80)) as fake:
        run(fake, tmp_path, "followers")
    found = {row["follower_acct"]: row["follower_acct_digest"] for row in rows(tmp_path, "followers")}
    assert found == {
        "Ann@social.example": digest("@ann@social.example", "handle", KEY),
        "eve@toots.example": digest("eve@toots.example", "handle", KEY),
    }


def test_the_own_server_must_be_named(tmp_path: Path) -> None:
    with serving(lambda call: listed([ANN], call, 80)) as fake, pytest.raises(Refused, match="no 'domain'"):
        extract(SOURCE, "followers", DAY, fake.account(account_id="1"), tmp_path, KEY, now=NOW)


@pytest.mark.parametrize(("status_", "error"), [(401, Refused), (403, Refused), (422, Changed)])
def test_a_refusal_is_named(tmp_path: Path, status_: int, error: type[Exception]) -> None:
    with serving(lambda _: Reply({"error": "canary"}, status_)) as fake, pytest.raises(error) as failure:
        run(fake, tmp_path)
    assert "canary" not in str(failure.value)


def test_a_limit_says_when_it_ends_in_iso_8601(tmp_path: Path) -> None:
    until = datetime.now(UTC) + timedelta(seconds=200)
    headers: Mapping[str, str] = {"X-RateLimit-Reset": until.isoformat().replace("+00:00", "Z")}
    with serving(lambda _: Reply({"error": "canary"}, 429, dict(headers))) as fake, pytest.raises(Busy) as busy:
        run(fake, tmp_path)
    assert 150 < (busy.value.retry_after or 0) <= 200


def test_a_next_page_on_another_host_is_not_followed(tmp_path: Path) -> None:
    headers = {"Link": '<http://elsewhere.example/api/v1/notifications?max_id=1>; rel="next"'}
    act = {"id": "1", "type": "follow", "account": ANN, "created_at": NEWEST.isoformat()}
    with serving(lambda _: Reply([act], headers=headers)) as fake, pytest.raises(Changed, match="another host"):
        run(fake, tmp_path, "notifications")
