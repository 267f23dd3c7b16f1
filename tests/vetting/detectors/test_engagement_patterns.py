"""The detectors that look at posts beside each other; their thresholds are tested in the rules."""

import datetime as dt

import numpy as np
from shipped_rules import detect, detect_one

from vetting.measuring import measure_all
from vetting.synthetic import rows
from vetting.synthetic.cases import case_store, case_tables


def test_posts_with_bought_views_are_listed_with_what_is_usual():
    one = detect_one(case_store("views-without-likes"), "views-without-likes")
    assert one.explained is None
    for row in one.evidence:
        assert row["views_times_usual"] >= 3
        assert row["likes_per_view"] < row["usual_likes_per_view"] / 8


def test_posts_with_bought_likes_are_listed():
    one = detect_one(case_store("likes-without-views"), "likes-without-views")
    assert len(one.evidence) == one.values["posts"] == 8


def test_a_jump_is_dated_to_its_post():
    one = detect_one(case_store("likes-jump"), "engagement-jump")
    assert abs(one.values["posts_after"] - 18) <= 2
    assert one.explained is False


def test_without_views_a_jump_is_left_open():
    one = detect_one(case_store("likes-jump-without-views"), "engagement-jump")
    assert (one.explained, one.confidence) == (None, "low")


def test_comments_within_minutes_are_listed_by_post():
    one = detect_one(case_store("comments-at-once"), "comments-at-once")
    assert [row["share"] for row in one.evidence] == [1.0, 1.0, 1.0]


def test_comments_dated_by_day_only_cannot_show_it():
    tables = case_tables("comments-at-once")
    for row in tables["comments"]:
        row["published_at"] = dt.datetime.combine(row["published_at"].date(), dt.time())
    assert detect_one(rows.open_tables(tables), "comments-at-once").state == "unknown"


def test_the_forest_alone_never_fires():
    store = case_store("like-peers")
    measure_all(store)
    found = detect(store, "peer-outlier")
    assert {one.state for one in found} == {"clear"}


def test_a_far_peer_is_named_below_with_its_percentile():
    store = case_store("far-below-peers")
    measure_all(store)
    one = detect_one(store, "peer-outlier")
    assert one.values["side"] == "below"
    assert one.values["percentile"] == 0
    assert one.values["peers"] == 25


def test_the_line_of_peers_is_not_moved_by_outliers():
    from vetting.detectors.peer_outlier import _line

    x = np.linspace(3, 6, 40)
    y = 2 - 0.3 * x
    y[::7] += 3
    assert np.abs(_line(x, y) - (2 - 0.3 * x)).max() < 0.05
