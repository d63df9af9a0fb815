"""The report of a comparison: the list, the page, the drawing, and how the command ends."""

import json
import re
from pathlib import Path

import pytest

from truth.__main__ import report
from truth.figures import Figure

GOOD = Figure("identity precision, noise 1", 0.999, 0.998, 1.0, 0.998, 5000)
BAD = Figure("machine opens recall, noise 1", 0.7, 0.65, 0.75, 0.95, 300)


def test_the_list_holds_what_was_promised_of_each(tmp_path: Path) -> None:
    assert report([GOOD], "make truth", tmp_path) == 0
    (entry,) = json.loads((tmp_path / "report.json").read_text())
    assert {name: entry[name] for name in ("name", "value", "low", "high", "floor")} == {
        "name": "identity precision, noise 1", "value": 0.999, "low": 0.998, "high": 1.0, "floor": 0.998
    }  # fmt: skip


def test_a_value_below_its_floor_fails_the_command_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report([GOOD, BAD], "make truth", tmp_path) == 1
    assert capsys.readouterr().err == "below the floor: machine opens recall, noise 1\n"
    assert len(json.loads((tmp_path / "report.json").read_text())) == 2


def test_the_page_names_its_command_and_shows_each_figure_and_which_was_missed(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    report([GOOD, BAD], "make truth PEOPLE=1", tmp_path, docs)
    text = (docs / "truth.md").read_text()
    assert text == (tmp_path / "truth.md").read_text()
    assert "`make truth PEOPLE=1`" in text
    assert "| identity precision, noise 1 | 0.9990 | 0.9980 to 1.0000 | 0.998 | 5,000 | yes |" in text
    assert "| machine opens recall, noise 1 | 0.7000 | 0.6500 to 0.7500 | 0.95 | 300 | **no** |" in text


def test_the_drawing_has_a_dot_for_each_figure_and_all_of_it_lies_inside(tmp_path: Path) -> None:
    report([GOOD, BAD], "make truth", tmp_path)
    drawn = (tmp_path / "truth.svg").read_text()
    dots = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', drawn)]
    width = float(re.findall(r'<svg [^>]*width="(\d+)"', drawn)[0])
    places = [float(x) for x in re.findall(r' (?:x|x1|x2|cx)="(-?[\d.]+)"', drawn)]
    assert len(dots) == 2
    assert dots[0] > dots[1]
    assert 0 <= min(places) <= max(places) <= width
