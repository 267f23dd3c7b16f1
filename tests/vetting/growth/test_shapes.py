import numpy as np

from vetting.growth.grid import daily_grid
from vetting.growth.series import make_series
from vetting.growth.shapes import find_bend, find_round_jumps, find_rounds
from vetting.synthetic import series as made

ROUNDS = {"least": 100, "least_share": 0.1, "left_share": 0.6, "longest_days": 45}
JUMPS = {"min_share": 0.005, "spreads": 6.0, "tolerance": 0.05}


def series_of(course):
    return make_series(
        "a", course.days, course.followers, following=course.following, views=course.views
    )


def test_a_steady_following_count_has_no_rounds():
    assert find_rounds(series_of(made.honest()), **ROUNDS) == []


def test_every_round_of_following_is_counted():
    rounds = find_rounds(series_of(made.saw_tooth(made.honest(), at=60, rounds=4)), **ROUNDS)
    assert len(rounds) == 4
    assert all(one.start < one.top < one.end for one in rounds)


def test_following_more_and_more_without_leaving_is_no_round():
    course = made.honest()
    series = make_series(
        "a", course.days, course.followers, following=np.arange(len(course.days)) * 50.0
    )
    assert find_rounds(series, **ROUNDS) == []


def test_without_a_following_count_there_are_no_rounds():
    assert find_rounds(make_series("a", range(50), range(100, 150)), **ROUNDS) == []


def test_jumps_of_a_thousand_again_and_again_are_not_chance():
    found = find_round_jumps(series_of(made.round_steps(made.honest(per_day=8), at=60)), **JUMPS)
    assert len(found.hits) == 4
    assert found.chance < 0.01


def test_jumps_of_odd_sizes_are_chance():
    course = made.honest(per_day=8)
    for at, share in ((40, 0.0167), (90, 0.0161), (130, 0.0266)):
        course = made.burst(course, at=at, share=share, days=1, lost=0)
    found = find_round_jumps(series_of(course), **JUMPS)
    assert len(found.jumps) == 3
    assert len(found.hits) < 3


def test_rounded_counts_cannot_show_round_jumps():
    assert find_round_jumps(series_of(made.cut(made.honest(followers=1_200_000))), **JUMPS) is None


def test_a_bend_is_dated_to_its_week_and_measured():
    course = made.hockey_stick(made.honest(), at=150)
    bend = find_bend(daily_grid(series_of(course)), least_weeks=8)
    assert abs(bend.day - course.days[150]) <= 7
    assert 9 < bend.factor < 16
    assert bend.views_factor < 1.5


def test_views_that_bend_as_well_are_measured():
    course = made.hockey_stick(made.honest(), at=150, with_views=True)
    assert find_bend(daily_grid(series_of(course)), least_weeks=8).views_factor > 8


def test_a_short_history_has_no_bend():
    assert find_bend(daily_grid(series_of(made.honest(days=60))), least_weeks=8) is None
