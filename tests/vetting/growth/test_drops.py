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


def falling_once(*, growth, loss, n=80, at=40):
    change = np.full(n - 1, float(growth))
    change[at] -= loss
    return np.cumsum(np.r_[10_000.0, change]), at


def drops_in(counts, *, every=1):
    return find_drops(make_series("a", np.arange(len(counts)) * every, counts), **SEARCH)


def test_a_loss_amid_fast_growth_is_set_beside_the_growth_of_those_days():
    counts, at = falling_once(growth=5, loss=0)
    counts[30:] += 120.0 * np.arange(len(counts) - 30)  # from here on another pace
    counts[at + 1 :] -= 450
    (drop,) = drops_in(counts)
    assert abs(drop.loss - 450) < 10


def test_a_jump_that_is_partly_taken_back_next_day_is_a_corrected_count():
    counts, at = falling_once(growth=5, loss=300)
    counts[at:] += 900
    assert drops_in(counts) == []


def test_a_loss_weeks_after_a_jump_is_a_drop():
    counts, at = falling_once(growth=5, loss=300)
    counts[at - 20 :] += 900
    assert len(drops_in(counts)) == 1


def test_monthly_counts_that_come_back_months_later_did_fall():
    counts, at = falling_once(growth=50, loss=1500)
    counts[at + 4 :] += 1500
    assert len(drops_in(counts, every=30)) == 1
    assert drops_in(counts) == []


def test_a_pause_in_growth_is_no_drop():
    counts, _ = falling_once(growth=300, loss=300)
    assert drops_in(counts) == []
