"""What usual means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.bands import FEWEST_DAYS, usual

COUNTS = st.lists(st.integers(0, 10**7), min_size=FEWEST_DAYS, max_size=60)


@given(st.lists(st.integers(0, 10**7), max_size=FEWEST_DAYS - 1))
def test_the_first_days_have_no_band(counts):
    assert usual(counts) is None


@given(COUNTS)
def test_a_band_is_a_span_that_holds_the_middle_and_the_greatest(counts):
    band = usual(counts)
    assert 0 <= band.low <= sorted(counts)[len(counts) // 2] <= band.high
    assert max(counts) <= band.high


@given(COUNTS, st.randoms())
def test_the_order_of_the_days_does_not_matter(counts, random):
    shuffled = counts[:]
    random.shuffle(shuffled)
    assert usual(shuffled) == usual(counts)


@given(COUNTS, st.integers(1, 50))
def test_one_wild_day_does_not_raise_the_low_end_above_half_of_a_usual_day(counts, times):
    band = usual([*counts, max(counts) * times])
    assert band.low <= sorted(counts)[len(counts) // 2]


@pytest.mark.parametrize(
    ("past", "fit", "unfit"),
    [
        ([1000, 1010, 990, 1005, 995, 1002, 998], [900, 1100], [300, 2500]),
        ([1000, 1000, 1000, 1000, 1000, 200, 210] * 4, [200, 1900], [90]),
        ([0, 0, 0, 0, 0, 0, 0, 5000], [0, 9000], [10_001]),
        ([2, 1, 0, 3, 2, 1, 2], [0, 20], [30]),
    ],
)
def test_weekends_and_campaign_days_are_usual_and_an_outage_is_not(past, fit, unfit):
    band = usual(past)
    assert all(band.low <= count <= band.high for count in fit)
    assert not [count for count in unfit if band.low <= count <= band.high]
