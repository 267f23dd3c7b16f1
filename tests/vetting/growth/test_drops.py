import numpy as np

from vetting.growth.drops import find_drops
from vetting.growth.series import make_series
from vetting.synthetic import series as made

SEARCH = {"min_share": 0.015, "spreads": 6.0, "quanta": 1.5}
AT = 150


def drops_of(course):
    return find_drops(make_series("a", course.days, course.followers), **SEARCH)


def test_steady_growth_has_no_drop():
    assert drops_of(made.honest()) == []


def test_a_purge_is_found_on_its_day_with_its_size():
    course = made.purge(made.honest(), at=AT, share=0.05)
    (drop,) = drops_of(course)
    assert drop.end == course.days[AT]
    assert abs(drop.share - 0.05) < 0.005


def test_a_purge_shows_in_rounded_counts():
    assert len(drops_of(made.cut(made.purge(made.honest(), at=AT, share=0.05)))) == 1


def test_a_step_of_rounding_is_no_drop():
    counts = np.where(np.arange(60) % 2 == 0, 1_030_000, 1_020_000) + 0.0
    counts[:20] += 10_000
    assert find_drops(make_series("a", np.arange(60), counts), **SEARCH) == []


def test_a_failed_reading_that_comes_back_is_no_drop():
    course = made.honest()
    counts = course.followers.copy()
    counts[AT] *= 0.4
    assert find_drops(make_series("a", course.days, counts), **SEARCH) == []


def test_losses_on_two_days_in_a_row_are_one_drop():
    course = made.purge(made.purge(made.honest(), at=AT, share=0.04), at=AT + 1, share=0.04)
    (drop,) = drops_of(course)
    assert drop.end - drop.start == 2
    assert drop.share > 0.07


def test_two_readings_are_too_few():
    assert find_drops(make_series("a", [1, 2], [100, 50]), **SEARCH) == []
