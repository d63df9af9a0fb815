"""A walk that ends before the total that its vendor declares has lost records."""

from pathlib import Path

import pytest

from extractors.errors import Changed
from tests.unit.extractors.fake import Call, serving
from tests.unit.extractors.test_mailchimp import run


@pytest.mark.parametrize(("sent", "lost"), [(1200, 1), (1000, 201), (0, 1201)])
def test_a_walk_that_ends_before_the_total_has_lost_records(tmp_path: Path, sent: int, lost: int) -> None:
    def answer(call: Call) -> dict:
        at = int(call.params["offset"])
        return {"campaigns": [{"id": str(n)} for n in range(sent)][at : at + 1000], "total_items": 1201}

    said = f"mailchimp campaigns: the walk ends {lost} records before the total that the answer declares, after 3 tries"
    with serving(answer) as fake, pytest.raises(Changed, match=said):
        run(fake, tmp_path, "campaigns")


def test_a_page_that_was_lost_once_is_asked_for_again(tmp_path: Path) -> None:
    pages = iter([[{"id": "1"}], [{"id": "1"}, {"id": "2"}]])
    with serving(lambda _: {"campaigns": next(pages), "total_items": 2}) as fake:
        [receipt] = run(fake, tmp_path, "campaigns")
    assert (receipt.rows, receipt.api_total, receipt.pages, receipt.requests) == (2, 2, 1, 2)
