"""Numbers of a period: intervals hold what they promise, and little data gives none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.periods.estimates import (
    CHANGED,
    NOT_SHOWN,
    UNKNOWN,
    Estimate,
    difference,
    gain_per_day,
    mean_of_texts,
    median_of_posts,
    per_30_days,
)

TRIALS = 400


def held(estimates, truth):
    """Return the part of the intervals that hold the truth."""
    return np.mean([one.low <= truth <= one.high for one in estimates])


def test_the_interval_of_a_share_holds_nine_times_in_ten_when_posts_differ() -> None:
    chance = np.random.default_rng(1)

    def sample():
        rates = chance.beta(2, 6, size=25)
        counts = chance.integers(5, 40, size=25)
        hits = chance.binomial(counts, rates)
        return mean_of_texts(hits, counts, hits)

    assert 0.85 < held([sample() for _ in range(TRIALS)], 0.25) <= 0.97


def test_texts_under_one_post_say_less_than_as_many_apart() -> None:
    chance = np.random.default_rng(1)
    rates, counts = chance.beta(2, 6, size=25), np.full(25, 40)
    hits = chance.binomial(counts, rates)
    together = mean_of_texts(hits, counts, hits)
    apart = mean_of_texts([hits.sum()], [counts.sum()], [hits.sum()])
    assert together.high - together.low > 1.5 * (apart.high - apart.low)


def test_the_interval_of_a_balance_of_tones_holds() -> None:
    chance = np.random.default_rng(2)

    def sample():
        tones = chance.choice([-1, 0, 1], p=[0.2, 0.3, 0.5], size=(20, 10))
        return mean_of_texts(tones.sum(axis=1), np.full(20, 10), (tones**2).sum(axis=1))

    assert 0.85 < held([sample() for _ in range(TRIALS)], 0.3) <= 0.97


def test_the_gain_per_day_holds_when_days_resemble_each_other() -> None:
    chance = np.random.default_rng(3)

    def sample():
        noise = chance.normal(0, 10, size=60)
        for day in range(1, 60):
            noise[day] += 0.5 * noise[day - 1]
        return gain_per_day(np.arange(61), 1000 + np.concatenate([[0], np.cumsum(20 + noise)]))

    assert 0.8 < held([sample() for _ in range(TRIALS)], 20) <= 0.97


def test_a_gain_over_a_gap_weighs_its_days() -> None:
    assert gain_per_day([0, 1, 2, 3, 4, 5, 6, 16], [0, 1, 2, 3, 4, 5, 6, 16]).value == 1


def test_a_running_count_that_never_moves_gains_nothing_for_sure() -> None:
    found = gain_per_day(range(10), [7] * 10)
    assert (found.value, found.low, found.high) == (0, 0, 0)


@pytest.mark.parametrize(
    "found",
    [
        mean_of_texts([3], [9], [3]),
        mean_of_texts([], [], []),
        median_of_posts([0.1] * 4),
        gain_per_day([1, 2], [5, 6]),
        per_30_days(0, 0),
    ],
)
def test_little_data_gives_no_number(found) -> None:
    assert (found.value, found.low, found.high) == (None, None, None)


def test_a_number_without_interval_makes_the_change_unknown() -> None:
    known = Estimate(0.5, 0.4, 0.6, 50)
    assert difference(known, Estimate(None, None, None, 3)).state == UNKNOWN
    assert difference(Estimate(0.5, None, None, 3), known).state == UNKNOWN


def test_a_change_is_shown_only_beyond_both_intervals() -> None:
    low, high = Estimate(0.1, 0.08, 0.12, 99), Estimate(0.3, 0.25, 0.35, 99)
    assert difference(low, high).state == CHANGED
    assert difference(high, Estimate(0.31, 0.2, 0.4, 50)).state == NOT_SHOWN


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=30))
def test_a_share_stays_within_its_interval_and_bounds(posts) -> None:
    hits = [min(pair) for pair in posts]
    counts = [max(pair) for pair in posts]
    found = mean_of_texts(hits, counts, hits)
    if found.value is not None:
        assert 0 <= found.low <= found.value <= found.high <= 1
