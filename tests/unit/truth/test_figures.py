"""What a figure is worth: intervals that textbooks know, and floors that fail."""

import pytest

from truth.figures import proportion, ratio


def test_wilsons_interval_is_the_textbooks() -> None:
    figure = proportion("eight of ten", 8, 10, 0.5)
    assert (figure.value, round(figure.low, 4), round(figure.high, 4)) == (0.8, 0.4902, 0.9433)


def test_all_right_of_few_leaves_doubt_and_of_many_little() -> None:
    few, many = proportion("few", 10, 10, 0.5), proportion("many", 10_000, 10_000, 0.5)
    assert few.high == many.high == 1
    assert few.low < 0.75
    assert 0.999 < many.low < 1


def test_a_value_on_its_floor_holds_and_one_below_does_not() -> None:
    assert proportion("on it", 95, 100, 0.95).holds
    assert not proportion("below", 94, 100, 0.95).holds


def test_a_ratio_weighs_its_units_by_their_size_and_gives_the_same_interval_each_time() -> None:
    units = [(9.0, 10.0), (1.0, 1.0), (30.0, 40.0), (5.0, 5.0)]
    figure = ratio("of pairs", units, 0.5)
    assert figure.value == 45 / 56
    assert 0.75 <= figure.low < figure.value < figure.high <= 1
    assert ratio("of pairs", units, 0.5) == figure


def test_units_that_agree_leave_no_doubt() -> None:
    figure = ratio("equal", [(3.0, 4.0)] * 20, 0.5)
    assert figure.low == figure.value == figure.high == 0.75


@pytest.mark.parametrize("judged", [lambda: proportion("none", 0, 0, 0.5), lambda: ratio("none", [], 0.5)])
def test_nothing_to_judge_is_an_error_and_no_success(judged) -> None:
    with pytest.raises(ValueError, match="nothing to judge"):
        judged()
