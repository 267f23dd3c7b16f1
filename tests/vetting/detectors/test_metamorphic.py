"""What must follow when the data change in a known way. Suspicion only grows for a reason."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped_rules import detect_one

from vetting.synthetic import rows, series

AT = 150
DAY = rows.LAST_DAY - 239 + AT
GROWTH = ("follower-burst", "drip-feed", "purge-drop", "hockey-stick", "round-jumps")
COURSES = {
    "honest": series.honest(),
    "burst": series.burst(series.honest(), at=AT, share=0.2),
    "drip": series.drip(series.honest(), at=AT, share=0.2),
    "viral": series.viral(series.honest(), at=AT, share=0.3),
    "purge": series.purge(series.honest(), at=AT, share=0.05),
}


def found(rule, *tables):
    return detect_one(rows.open_tables(rows.joined(rows.creator(), *tables)), rule)


def suspicion(one):
    """Order states by how much they take from authenticity."""
    if one.state != "fired":
        return 0
    return 2 if one.explained is False else 1


# Seven times a round number of followers is no round number of followers.
@pytest.mark.parametrize("rule", [rule for rule in GROWTH if rule != "round-jumps"])
@pytest.mark.parametrize("name", sorted(COURSES))
def test_scaling_all_counts_keeps_the_flags(rule, name):
    course = COURSES[name]
    large = series.Course(course.days, course.followers * 7, course.views * 7, course.following * 7)
    one, other = found(rule, rows.growth(course)), found(rule, rows.growth(large))
    assert (one.state, one.explained, one.start) == (other.state, other.explained, other.start)


@pytest.mark.parametrize("rule", GROWTH)
@pytest.mark.parametrize("name", sorted(COURSES))
def test_moving_all_dates_keeps_the_flags(rule, name):
    course = COURSES[name]
    moved = series.Course(course.days - 371, course.followers, course.views, course.following)
    one, other = found(rule, rows.growth(course)), found(rule, rows.growth(moved))
    assert (one.state, one.explained, one.values.get("gain")) == (
        other.state,
        other.explained,
        other.values.get("gain"),
    )


@pytest.mark.parametrize("name", sorted(COURSES))
def test_adding_a_bought_burst_never_lowers_the_suspicion(name):
    course = COURSES[name]
    more = series.burst(course, at=80, share=0.25)
    before, after = (found("follower-burst", rows.growth(one)) for one in (course, more))
    assert suspicion(after) == 2
    assert suspicion(after) >= suspicion(before)


@pytest.mark.parametrize("rule", GROWTH)
@pytest.mark.parametrize("name", sorted(COURSES))
def test_an_explaining_event_never_raises_the_suspicion(rule, name):
    tables = rows.growth(COURSES[name])
    before = found(rule, tables)
    after = found(rule, tables, rows.event(DAY, "press"))
    assert suspicion(after) <= suspicion(before)


@pytest.mark.parametrize("rule", GROWTH)
@pytest.mark.parametrize("name", sorted(COURSES))
def test_removing_the_views_makes_nothing_unexplained(rule, name):
    course = COURSES[name]
    with_views, without = (
        found(rule, rows.growth(course)),
        found(rule, rows.growth(course, views=False)),
    )
    if rule in {"follower-burst", "drip-feed", "hockey-stick"}:
        assert without.explained is not False
    if with_views.state == "unknown":
        assert without.state == "unknown"


@settings(max_examples=6, deadline=None)
@given(keep=st.integers(1, 60), name=st.sampled_from(sorted(COURSES)))
def test_removing_readings_never_turns_unknown_into_fired(keep, name):
    course = COURSES[name]
    short = series.Course(
        *(
            column[:keep]
            for column in (course.days, course.followers, course.views, course.following)
        )
    )
    fewer = series.Course(
        *(
            column[: keep // 2 + 1]
            for column in (short.days, short.followers, short.views, short.following)
        )
    )
    for rule in GROWTH:
        one, other = found(rule, rows.growth(short)), found(rule, rows.growth(fewer))
        assert not (one.state == "unknown" and other.state == "fired")


def test_a_creator_of_another_name_changes_nothing():
    course = rows.growth(COURSES["burst"])
    alone = found("follower-burst", course)
    others = rows.renamed(rows.growth(COURSES["honest"]), "other")
    assert found("follower-burst", course, others) == alone


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), per_day=st.floats(1, 80))
def test_honest_growth_of_any_pace_stays_clear(seed, per_day):
    course = series.honest(per_day=per_day, views_per_day=300 * per_day, seed=seed)
    for rule in GROWTH:
        assert suspicion(found(rule, rows.growth(course))) == 0
    assert np.isfinite(course.followers).all()
