"""Every fault of every vendor: the same rows, the record rejected, or the error that says what to do next."""

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from extractors import settings, transport
from extractors.auth import Account
from extractors.catalog import catalog
from extractors.errors import Busy, Changed
from extractors.landing import receipts
from extractors.paging import offset
from extractors.receipt import Receipt
from extractors.run import extract
from extractors.spec import Source, Window
from sandbox.faults import KINDS
from tests.faults.cases import ALWAYS, AT, FAILS, OPTIONAL, PASSES, REJECTS, Case, cases
from tests.faults.lakes import content_of, leftovers, whole_content_of
from tests.journey.town import CREDENTIALS, Town, town

KEY = b"a key for tests"
WINDOW = Window(date(2026, 8, 2), date(2026, 8, 8))
SMALL = 50


def source(vendor: str) -> Source:
    """The vendor as declared; Matomo and X with pages small enough that this town has several."""
    found = catalog()[vendor]
    if vendor == "x":
        mentions = found.endpoint("mentions")
        params = tuple((name, "5" if name == "max_results" else value) for name, value in mentions.params)
        return replace(found, endpoints=(replace(mentions, params=params),))
    if vendor != "matomo":
        return found
    visits = found.endpoint("visits")
    params = tuple((name, str(SMALL) if name == "filter_limit" else value) for name, value in visits.params)
    turn = offset(SMALL, limit="filter_limit", skip="filter_offset", until_empty=True)
    return replace(found, turn=turn, endpoints=(replace(visits, params=params),))


def account(place: Town, vendor: str) -> Account:
    """Who we are at a vendor of that town."""
    connection = {"host": f"http://127.0.0.1:{place.port}/{vendor}", **CREDENTIALS[vendor]}
    return replace(settings.account_of(vendor, connection), rate_factor=1000.0)


def read(  # noqa: PLR0913 # what a run is a function of
    place: Town,
    vendor: str,
    endpoint: str,
    lake: Path,
    *,
    window: Window = WINDOW,
    as_: Account | None = None,
    parallel: int | None = None,
) -> list[Receipt]:
    """Read the endpoint and its children for the window."""
    return extract(source(vendor), endpoint, window, as_ or account(place, vendor), lake, KEY, parallel=parallel)


@pytest.fixture(scope="module")
def calm_lake(place: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an undisturbed run of all that is tried here leaves in the lake, each endpoint in a lake of its own."""
    place.clear_faults()
    top = tmp_path_factory.mktemp("calm")
    every = [case for case, _ in (*FAILS, *REJECTS)] + PASSES
    for vendor, root in sorted({(case.vendor, case.root) for case in every}):
        read(place, vendor, root, top / vendor / root)
    return top


@pytest.fixture
def lake(calm_lake: Path, tmp_path: Path) -> Path:
    """Lakes that already hold the days, as of the undisturbed run."""
    shutil.copytree(calm_lake, tmp_path / "lakes")
    return tmp_path / "lakes"


@pytest.mark.parametrize("case", PASSES, ids=str)
def test_what_passes_leaves_the_same_rows(case: Case, calm: Town, calm_lake: Path, tmp_path: Path) -> None:
    case.arm(calm)
    found = read(calm, case.vendor, case.root, tmp_path, parallel=case.parallel)
    assert content_of(found) == content_of(receipts(calm_lake / case.vendor / case.root))
    assert sum(receipt.rejected for receipt in found) == 0
    if case.kind == "duplicate_rows":
        assert sum(receipt.duplicates for receipt in found) > 0


def test_a_slow_answer_is_asked_for_again(
    calm: Town, calm_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "READ_SECONDS", 3.0)
    for case in cases("timeout", seconds=4.0):
        case.arm(calm)
    with ThreadPoolExecutor(len(AT)) as pool:
        running = {v: pool.submit(read, calm, v, AT[v][0], tmp_path / v) for v in AT}
    for vendor, done in running.items():
        calm_run = receipts(calm_lake / vendor / AT[vendor][0])
        assert content_of(done.result()) == content_of(calm_run)
        assert sum(r.requests for r in done.result()) > sum(r.requests for r in calm_run)


def test_an_expired_token_is_refreshed_where_the_account_can(calm: Town, calm_lake: Path, tmp_path: Path) -> None:
    secrets = {"client_id": "c", "client_secret": "s", "refresh_token": "sandbox-hubspot-refresh"}
    able = replace(account(calm, "hubspot"), secrets=secrets)
    cases("expired_token", "hubspot", after=1)[0].arm(calm)
    found = read(calm, "hubspot", "contacts", tmp_path, as_=able)
    assert content_of(found) == content_of(receipts(calm_lake / "hubspot" / "contacts"))


@pytest.mark.parametrize(("case", "error"), FAILS, ids=str)
def test_what_does_not_pass_is_named_and_leaves_the_old_days(
    case: Case, error: type[Exception], calm: Town, lake: Path
) -> None:
    own = lake / case.vendor / case.root
    before = whole_content_of(own)
    case.arm(calm)
    with pytest.raises(error) as failure:
        read(calm, case.vendor, case.root, own, parallel=case.parallel)
    assert type(failure.value) is error
    assert str(failure.value).startswith(f"{case.vendor} {case.said}: ")
    assert "://" not in str(failure.value)
    assert whole_content_of(own) == before
    assert before
    assert not leftovers(own)


@pytest.mark.parametrize(("case", "reason"), REJECTS, ids=str)
def test_a_record_that_does_not_fit_is_set_aside_with_its_reason(
    case: Case, reason: str, calm: Town, calm_lake: Path, tmp_path: Path
) -> None:
    case.arm(calm)
    # one walk, whose first page holds records: of several, one might begin in a part of the window that is empty
    found = [r for r in read(calm, case.vendor, case.root, tmp_path, parallel=1) if r.endpoint == case.said]
    expected = [r for r in receipts(calm_lake / case.vendor / case.root) if r.endpoint == case.said]
    assert sum(r.rejected for r in found) == 1
    assert sum(r.rows + r.rejected for r in found) == sum(r.rows for r in expected)
    files = list((tmp_path / "rejected").rglob("part-0.parquet"))
    rows = [row for file in files for row in pq.read_table(file, partitioning=None).to_pylist()]
    assert [(row["reason"], row["place"]) for row in rows] == [(reason, case.options["field"])]
    assert len(rows[0]["record"]) > 20


@pytest.mark.parametrize("vendor", OPTIONAL)
def test_an_optional_field_that_is_gone_leaves_the_rest(
    vendor: str, calm: Town, calm_lake: Path, tmp_path: Path
) -> None:
    place, column = OPTIONAL[vendor]
    case = Case(vendor, "deprecated_field", {"field": place, "times": ALWAYS})
    case.arm(calm)
    found_receipts = read(calm, vendor, case.root, tmp_path)
    gone = {name for receipt in found_receipts for name in receipt.gone_fields if receipt.endpoint == case.said}
    assert gone == (set() if source(vendor).omits_nulls else {column})
    below = f"raw/source={vendor}/entity={case.said}"
    found, expected = (rows(top / below) for top in (tmp_path, calm_lake / vendor / case.root))
    assert {row[column] for row in found} == {None}
    assert {row[column] for row in expected} != {None}
    assert [{**row, column: None} for row in expected] == found


def test_fields_that_the_vendor_refuses_cost_themselves_and_nothing_else(
    calm: Town, calm_lake: Path, tmp_path: Path
) -> None:
    Case("hubspot", "refused_field", {"field": "jobtitle|country", "times": ALWAYS}).arm(calm)
    found = read(calm, "hubspot", "contacts", tmp_path)
    assert {receipt.gone_fields for receipt in found if receipt.endpoint == "contacts"} == {("country", "job_title")}
    below = "raw/source=hubspot/entity=contacts"
    expected = rows(calm_lake / "hubspot" / "contacts" / below)
    assert [{**row, "job_title": None, "country": None} for row in expected] == rows(tmp_path / below)


def test_a_call_that_is_refused_with_any_choice_of_fields_is_changed(calm: Town, tmp_path: Path) -> None:
    Case("hubspot", "refused_field", {"field": "lastmodifieddate", "times": ALWAYS}).arm(calm)
    with pytest.raises(Changed) as failure:
        read(calm, "hubspot", "contacts", tmp_path)
    assert type(failure.value) is Changed
    assert str(failure.value) == "hubspot contacts: the vendor does not take this call (status 400)"


def test_a_visit_that_moved_while_its_day_was_read_comes_with_the_next_days_run(calm: Town, tmp_path: Path) -> None:
    def visits() -> int:
        return sum(receipt.rows for receipt in receipts(tmp_path) if receipt.day == "2026-08-06")

    thursday, friday = Window(date(2026, 8, 6), date(2026, 8, 7)), Window(date(2026, 8, 7), date(2026, 8, 8))
    read(calm, "matomo", "visits", tmp_path, window=thursday)
    there = visits()
    cases("moving_rows", "matomo", times=ALWAYS)[0].arm(calm)
    read(calm, "matomo", "visits", tmp_path, window=thursday)
    assert visits() < there
    calm.clear_faults()
    read(calm, "matomo", "visits", tmp_path, window=friday)
    assert visits() == there


def rows(folder: Path) -> list[dict[str, Any]]:
    """All rows of an endpoint."""
    files = sorted(folder.rglob("part-0.parquet"))
    return [row for file in files for row in pq.read_table(file, partitioning=None).to_pylist()]


@pytest.fixture(scope="module", autouse=True)
def endless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[list[Receipt]]]]:
    """Runs against a town that never answers well, begun with the first test here, because giving up takes a while."""
    lake = tmp_path_factory.mktemp("endless")
    with town(date(2026, 8, 1), "2026-08-08T06:00:00Z", "--people", "20") as place, ThreadPoolExecutor(len(AT)) as pool:
        for case in (*cases("error5xx", "hubspot", "matomo", times=ALWAYS), *cases("html", times=ALWAYS)):
            replace(case, path="").arm(place)
        yield {v: pool.submit(read, place, v, source(v).roots[0].name, lake) for v in AT}


def test_every_kind_of_fault_is_tried_here() -> None:
    tried = {case.kind for case in PASSES} | {case.kind for case, _ in (*FAILS, *REJECTS)}
    in_the_checklist = {"slow_body", "last_cursor", "blank_field"}
    assert tried | {"timeout", "deprecated_field", "refused_field"} | in_the_checklist == set(KINDS)


def test_trouble_without_end_is_busy(endless: dict[str, Future[list[Receipt]]]) -> None:
    for vendor, done in endless.items():
        error = done.exception(timeout=120)
        assert type(error) is Busy, vendor
        assert str(error).startswith(f"{vendor} ")
