import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting.growth.attention import is_burst, looks_delivered
from vetting.growth.grid import daily_grid
from vetting.growth.rises import find_rises
from vetting.growth.series import make_series
from vetting.synthetic import series as made

SEARCH = {"min_share": 0.03, "spreads": 4.0, "quanta": 2.0, "credit": 3.0}
AT = 150


def rises_of(course, *, views=True):
    series = make_series("a", course.days, course.followers, views=course.views if views else None)
    return find_rises(daily_grid(series), **SEARCH)


def the_rise(course, *, views=True):
    (rise,) = rises_of(course, views=views)
    return rise


def test_steady_growth_has_no_rise():
    assert rises_of(made.honest()) == []


def test_a_burst_is_found_on_its_days_with_its_size():
    course = made.burst(made.honest(), at=AT, share=0.2, lost=0)
    rise = the_rise(course)
    assert (rise.start, rise.end) == (course.days[AT], course.days[AT + 1])
    assert rise.excess_share == pytest.approx(0.2, abs=0.01)
    assert is_burst(rise)


def test_a_drip_feed_is_found_as_weeks():
    rise = the_rise(made.drip(made.honest(), at=AT, share=0.2, days=21))
    assert 18 <= rise.days <= 26
    assert not is_burst(rise)


def test_a_burst_looks_delivered_and_a_viral_rise_does_not():
    bought = rises_of(made.burst(made.honest(), at=AT, share=0.2))
    seen = rises_of(made.viral(made.honest(), at=AT, share=0.2))
    assert looks_delivered(bought).min() > 0.8
    assert looks_delivered(seen).max() < 0.2


@pytest.mark.parametrize("lead", [-2, 0, 3])
def test_views_explain_a_rise_when_they_lead_or_lag(lead):
    rise = rises_of(made.viral(made.honest(), at=AT, share=0.3, lead=lead))[0]
    assert rise.views_share > 0.9
    assert rise.views_ratio > 5


def test_views_around_a_bought_burst_are_the_usual_ones():
    rise = the_rise(made.burst(made.honest(), at=AT, share=0.2))
    assert rise.views_ratio < 1.5
    assert rise.views_share < 0.1


def test_without_views_their_facts_are_unknown_and_not_zero():
    rise = the_rise(made.burst(made.honest(), at=AT, share=0.2), views=False)
    assert np.isnan([rise.views_share, rise.views_ratio, rise.gain_per_view]).all()
    assert not rise.has_views


def test_steps_of_rounding_are_no_rise():
    assert rises_of(made.cut(made.honest(followers=104_000, per_day=12))) == []


def test_a_rise_is_found_in_monthly_readings():
    course = made.thin(made.burst(made.honest(days=730), at=450, share=0.3), every=30)
    rise = the_rise(course, views=False)
    assert is_burst(rise)
    assert rise.start <= course.days[0] + 450 + 30
    assert np.isnan(rise.unevenness)


def read_at(days, counts):
    return find_rises(daily_grid(make_series("a", days, counts)), **SEARCH)


def test_a_jump_between_two_readings_far_apart_is_a_burst_among_uneven_readings():
    gaps = [4, 1, 9, 2, 5, 4, 9, 3, 4, 6, 4, 2, 8, 4]
    days = np.cumsum([0, *gaps])
    counts = 20_000 + 12.0 * days
    counts[7:] += 4_000  # in the second gap of nine days
    (rise,) = read_at(days, counts)
    assert (rise.start, rise.end, rise.intervals) == (days[6] + 1, days[7], 1)
    assert is_burst(rise)


def test_months_of_unequal_length_date_a_jump_by_its_own_two_readings():
    days = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    counts = 20_000 + 12.0 * days
    counts[2:] += 5_000  # February: shorter than the longest window
    (rise,) = read_at(days, counts)
    assert (rise.start, rise.end) == (days[1] + 1, days[2])


def test_an_ordinary_month_of_a_restless_account_is_no_rise():
    days = 30 * np.arange(14)
    gains = [900, 100, 1500, 300, 1200, 200, 1400, 1600, 100, 1300, 400, 1100, 600]
    assert read_at(days, 20_000 + np.cumsum([0, *gains])) == []


def test_the_intervals_on_either_side_say_how_a_coarse_rise_came_and_went():
    days = 7 * np.arange(20)
    gains = np.full(19, 100.0)
    gains[9:12] = 250, 3_100, 600
    (rise,) = read_at(days, 20_000 + np.cumsum([0, *gains]))
    assert rise.is_coarse
    assert (rise.before, rise.after) == pytest.approx((0.05, 1 / 6))
    (last,) = read_at(days[:12], (20_000 + np.cumsum([0, *gains]))[:12])
    assert np.isnan(last.after)


def test_two_bursts_are_two_rises():
    course = made.burst(made.honest(), at=80, share=0.15, lost=0)
    assert len(rises_of(made.burst(course, at=AT, share=0.15, lost=0))) == 2


def test_nothing_is_compared_across_a_long_gap():
    course = made.honest(days=400)
    keep = np.r_[0:120, 280:400]
    series = make_series("a", course.days[keep], course.followers[keep], views=course.views[keep])
    grid = daily_grid(series)
    assert set(grid.segment) == {0, 1}
    assert find_rises(grid, **SEARCH) == []


def test_one_reading_has_no_rise():
    assert find_rises(daily_grid(make_series("a", [1], [100])), **SEARCH) == []


@settings(max_examples=20, deadline=None)
@given(
    factor=st.sampled_from([3, 7, 11]),
    share=st.floats(0.05, 0.4),
    shift=st.integers(-400, 400),
)
def test_scaling_all_counts_and_moving_the_dates_keeps_the_rises(factor, share, shift):
    course = made.burst(made.honest(), at=AT, share=share)
    scaled = made.Course(
        course.days + shift, course.followers * factor, course.views * factor, course.following
    )
    first, second = rises_of(course), rises_of(scaled)
    assert [(r.start + shift, r.end + shift) for r in first] == [(r.start, r.end) for r in second]
    assert looks_delivered(first) == pytest.approx(looks_delivered(second), abs=0.02)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=80), st.integers(0, 2**31))
def test_any_series_gives_rises_in_order_and_in_bounds(counts, seed):
    generator = np.random.default_rng(seed)
    days = np.cumsum(generator.integers(1, 40, len(counts)))
    series = make_series("a", days, counts, views=np.cumsum(generator.integers(0, 9, len(counts))))
    rises = find_rises(daily_grid(series), **SEARCH) if len(series) else []
    for one, other in itertools.pairwise(rises):
        assert one.end < other.start
    for rise in rises:
        assert rise.gain > rise.usual_gain
        assert 1 <= rise.days <= 30 or rise.gap_days > 1
    assert ((looks_delivered(rises) >= 0) & (looks_delivered(rises) <= 1)).all()
