"""Every line of the checklist at every source: each record exactly once after staging, or the error that is named."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from extractors import transport
from extractors.catalog import catalog
from extractors.landing import receipts
from sandbox.chance import DAY
from tests.contract.checklist.bench import Bench
from tests.contract.checklist.benches import bench
from tests.contract.checklist.lines import LINES, READ_SECONDS
from tests.contract.checklist.outcomes import CUT, EXCUSED, FAILS
from tests.contract.checklist.planter import PLANTERS, planter
from tests.contract.checklist.records import midnight

PAIRS = [(name, line) for name in PLANTERS for line in LINES]
AT_ONCE = 8  # most of the time is spent waiting, as a vendor has asked


@pytest.fixture(scope="module")
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[tuple[str, str], Future[None]]]:
    """The lines that were chosen, at work beside each other."""
    here = [item for item in request.session.items if item.path == request.path and hasattr(item, "callspec")]
    pairs = [(c["name"], c["line"]) for item in here if "line" in (c := item.callspec.params)]
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(AT_ONCE) as pool:
        patch.setattr(transport, "READ_SECONDS", READ_SECONDS)
        yield {pair: pool.submit(tried, *pair, tmp_path_factory.mktemp("bench")) for pair in pairs}


def tried(name: str, line: str, home: Path) -> None:
    """Do a line with a planter, and see that there comes of it what should."""
    with bench(planter(name), home) as place:
        if why := CUT.get((name, line)):
            cut(place, line, why)
        elif error := FAILS.get((name, line)):
            fails(place, line, error)
        else:
            LINES[line](place)


def fails(place: Bench, line: str, error: type[Exception]) -> None:
    """The line ends in that error, which names the source; a day that is in the lake none the less is there whole."""
    with pytest.raises(error) as failure:
        LINES[line](place)
    assert type(failure.value) is error
    assert str(failure.value).startswith(f"{place.source.name} {place.endpoint.name}: ")
    place.days = {receipt.date for receipt in receipts(place.lake, place.source.name, place.endpoint.name)}
    if place.days:
        place.check()


def cut(place: Bench, line: str, why: str) -> None:
    """The line loses records, and the receipt of each day that lost some says why; no record is there twice."""
    with pytest.raises(AssertionError, match="lost"):
        LINES[line](place)
    staged, expected = place.staged(), place.expected()
    assert staged < expected
    lost = {at // DAY * DAY for _, at in expected - staged}
    told = {midnight(receipt.date): receipt.left_out for receipt in place.receipts}
    assert all(any(why in said for said in told[day]) for day in lost)


@pytest.mark.parametrize("source", catalog())
def test_every_source_has_a_planter(source: str) -> None:
    assert source in PLANTERS
    assert planter(source).source == source


@pytest.mark.parametrize(("name", "line"), [pair for pair in PAIRS if pair not in EXCUSED])
def test_every_record_is_there_once_or_an_error_names_what_to_do(
    name: str, line: str, running: dict[tuple[str, str], Future[None]]
) -> None:
    running[name, line].result()


def test_who_is_excused_says_why_and_is_there() -> None:
    assert set(EXCUSED) | set(FAILS) | set(CUT) <= set(PAIRS)
    assert not set(EXCUSED) & (set(FAILS) | set(CUT))
    assert all(len(why) > 20 for why in EXCUSED.values())
