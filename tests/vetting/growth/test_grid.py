import numpy as np

from vetting.growth.grid import daily_grid
from vetting.growth.series import make_series


def test_gaps_are_filled_in_straight_lines():
    grid = daily_grid(make_series("a", [10, 14, 15], [100, 140, 150], views=[1000, 1400, 1600]))
    assert grid.followers.tolist() == [100, 110, 120, 130, 140, 150]
    assert grid.view_gain[1:].tolist() == [100, 100, 100, 100, 200]
    assert np.isnan(grid.view_gain[0])


def test_monthly_readings_are_bridged():
    grid = daily_grid(make_series("a", np.arange(12) * 30, np.arange(12) * 100 + 1000))
    assert set(grid.segment) == {0}
    assert grid.gap_days == 30


def test_a_gap_of_a_year_among_days_starts_a_new_segment():
    days = np.r_[np.arange(30), 400 + np.arange(30)]
    grid = daily_grid(make_series("a", days, 1000 + days, views=5000 + days))
    assert set(grid.segment) == {0, 1}
    assert np.isnan(grid.view_gain[100])


def test_a_large_fall_of_the_running_total_is_unknown_and_a_small_one_is_nothing():
    grid = daily_grid(
        make_series("a", [1, 2, 3, 4], [100, 101, 102, 103], views=[9000, 8990, 4000, 4100])
    )
    assert grid.view_gain[1] == 0
    assert np.isnan(grid.view_gain[2])
    assert grid.view_gain[3] == 100


def test_without_views_nothing_is_known_of_them():
    assert not daily_grid(make_series("a", [1, 2], [10, 11])).has_views
