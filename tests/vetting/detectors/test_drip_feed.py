import numpy as np
import pytest
from shipped_rules import detect_one

from vetting.synthetic import rows, series

AT = 150


def found(course):
    return detect_one(
        rows.open_tables(rows.joined(rows.creator(), rows.growth(course))), "drip-feed"
    )


def with_head_and_tail(*, views_of_head, head=4_000, tail=120):
    """Add a steep rise of three days and, six days later, three weeks of a raised pace."""
    course = series.honest()
    gains = np.zeros(len(course.days))
    gains[AT : AT + 3] = head / 3
    gains[AT + 8 : AT + 29] = tail
    seen = np.zeros(len(course.days))
    seen[AT - 1 : AT + 4] = views_of_head
    return series.Course(
        course.days,
        course.followers + np.cumsum(gains),
        course.views + np.cumsum(seen),
        course.following,
    )


@pytest.mark.parametrize("days", [10, 21, 28])
def test_weeks_of_even_growth_without_views_are_unexplained(days):
    one = found(series.drip(series.honest(), at=AT, share=0.15, days=days))
    assert (one.state, one.explained) == ("fired", False)


def test_the_tail_of_a_rise_that_was_watched_is_explained_with_it():
    one = found(with_head_and_tail(views_of_head=400_000))
    assert (one.state, one.explained) == ("clear", True)
    assert "may be its tail" in one.evidence[0]["because"]


def test_the_tail_of_a_rise_that_nobody_watched_stays_unexplained():
    assert found(with_head_and_tail(views_of_head=0)).explained is False


def test_a_raised_pace_as_steep_as_what_came_before_is_no_tail():
    one = found(with_head_and_tail(views_of_head=60_000, head=500, tail=150))
    assert one.explained is not True


def test_weeks_that_fade_look_less_delivered_than_even_weeks():
    course = series.honest()
    fade = 1.0 / np.arange(1, 22)
    shares = {"even": np.full(21, 1 / 21), "fading": fade / fade.sum()}
    looks = {}
    for name, shape in shares.items():
        gains = np.zeros(len(course.days))
        gains[AT : AT + 21] = 3_500 * shape
        more = series.Course(
            course.days, course.followers + np.cumsum(gains), course.views, course.following
        )
        rows_found = found(more).evidence
        looks[name] = max((row["looks_delivered"] for row in rows_found), default=0.0)
    assert looks["fading"] < looks["even"]
