import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.followers.share import Rates, fake_share, load_rates

ALL_KNOWN = Rates(0.03, 0.02, 0.75, 0.07)
RATES = (ALL_KNOWN, Rates(0.03, 0.05, -0.2, 0.35))


def test_the_share_is_corrected_for_both_errors():
    share, _, _ = fake_share([int(1000 * (0.2 * 0.75 + 0.8 * 0.03))], [1000], RATES)
    assert share[0] == pytest.approx(0.2, abs=0.002)


def test_as_many_hits_as_errors_are_no_fakes():
    share, low, high = fake_share([3], [100], RATES)
    assert share[0] == low[0] == 0
    assert 0 < high[0] < 0.15


def test_a_small_sample_has_a_wider_interval():
    _, low, high = fake_share([12, 120], [40, 400], RATES)
    assert high[0] - low[0] > high[1] - low[1]


def test_no_hits_in_a_small_sample_leave_a_few_fakes_possible():
    _, _, high = fake_share([0], [30], RATES)
    assert high[0] > 0.02


@given(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.floats(0.5, 1.0),
)
def test_share_lies_in_its_interval_and_in_bounds(case, known):
    share, low, high = fake_share([case[0]], [case[1]], load_rates(), known=[known])
    assert 0 <= low[0] <= share[0] <= high[0] <= 1


def test_the_interval_widens_with_what_is_not_known_of_the_accounts():
    _, low, high = fake_share([60, 60], [300, 300], RATES, known=[1.0, 0.6])
    assert low[1] < low[0]
    assert high[1] > high[0]


def test_the_interval_reaches_further_up_than_down_because_fakes_are_missed():
    share, low, high = fake_share([90], [300], RATES)
    assert high[0] - share[0] > share[0] - low[0]


def test_rates_that_cannot_tell_leave_everything_open():
    blind = Rates(0.1, 0.1, 0.2, 0.2)
    _, low, high = fake_share([40], [300], (blind, Rates(0, 0, 0, 0)))
    assert (low[0], high[0]) == (0, 1)


def test_interval_covers_when_the_rates_vary_as_stated():
    generator = np.random.default_rng(5)
    covered = 0
    for _ in range(1500):
        truth, n = generator.uniform(0.02, 0.5), 300
        wrong = np.clip(generator.normal(0.03, 0.02), 0, 1)
        right = np.clip(generator.normal(0.75, 0.07), 0, 1)
        hits = generator.binomial(n, truth * right + (1 - truth) * wrong)
        _, low, high = fake_share([hits], [n], RATES)
        covered += bool(low[0] <= truth <= high[0])
    assert 0.87 <= covered / 1500 <= 0.94
