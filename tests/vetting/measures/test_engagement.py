"""Engagement rates: which posts count, which counts are in, how sure the median is."""

from __future__ import annotations

import datetime as dt
from functools import partial
from statistics import median

import pytest
from builders import AS_OF, a_creator, a_store, measures_of, some_posts

measures_of = partial(measures_of, families=("engagement", "posting"))


def measured(*posts, **creator):
    return measures_of(a_store(tables={"creators": [a_creator(**creator)], "posts": posts}))


def test_the_rate_by_followers_is_the_median_over_posts():
    posts = some_posts(count=9)
    row = measured(*posts, followers=10_000)["engagement.rate_by_followers"]
    rates = [(p["likes"] + p["comments"] + p["shares"] + p["saves"]) / 10_000 for p in posts]
    assert row["value"] == pytest.approx(median(rates))
    assert row["n"] == 9
    assert row["status"] == "measured"


def test_the_interval_ends_are_values_of_the_sample():
    posts = some_posts(count=20)
    row = measured(*posts)["engagement.likes_per_view"]
    ratios = sorted(p["likes"] / p["views"] for p in posts)
    assert (row["low"], row["high"]) == pytest.approx((ratios[5], ratios[14]))


def test_four_posts_have_a_median_and_no_interval():
    row = measured(*some_posts(count=4))["engagement.rate_by_views"]
    assert row["value"] is not None
    assert (row["low"], row["high"]) == (None, None)


def test_pinned_posts_are_left_out():
    rows = measured(*some_posts(count=8, pinned=lambda number: number < 3))
    assert rows["engagement.rate_by_followers"]["n"] == 5


def test_posts_under_48_hours_when_read_are_left_out():
    read = dt.datetime.combine(AS_OF, dt.time(12)) - dt.timedelta(days=10)
    ages = (47.9, 48, 72)
    posts = [
        {**post, "observed_at": read, "published_at": read - dt.timedelta(hours=age)}
        for post, age in zip(some_posts(count=3), ages, strict=True)
    ]
    assert measured(*posts)["engagement.rate_by_followers"]["n"] == 2


def test_without_a_reading_time_the_start_of_the_day_counts():
    midnight = dt.datetime.combine(AS_OF, dt.time())
    posts = [
        {**post, "published_at": midnight - dt.timedelta(hours=age)}
        for post, age in zip(some_posts(count=2), (47, 49), strict=True)
    ]
    assert measured(*posts)["engagement.rate_by_followers"]["n"] == 1


def test_a_count_nobody_exported_is_named_and_left_out_of_the_sum():
    posts = some_posts(count=6, saves=None, likes=100, comments=10, shares=5)
    row = measured(*posts, followers=1000)["engagement.rate_by_followers"]
    assert row["value"] == pytest.approx(0.115)
    assert row["note"] == "likes + comments + shares; unknown: saves"


def test_a_count_missing_on_one_post_in_twenty_leaves_that_post_out():
    posts = some_posts(count=20, saves=lambda number: None if number == 4 else 10)
    row = measured(*posts)["engagement.rate_by_followers"]
    assert row["n"] == 19
    assert row["note"] == "likes + comments + shares + saves"


def test_hidden_likes_make_the_rate_absent_and_not_zero():
    row = measured(*some_posts(likes=None))["engagement.rate_by_followers"]
    assert row["value"] is None
    assert row["status"] == "absent"
    assert row["note"] == "missing: posts.likes"


def test_unknown_followers_make_only_the_follower_rate_absent():
    rows = measured(*some_posts(), followers=None)
    assert rows["engagement.rate_by_followers"]["note"] == "missing: creators.followers"
    assert rows["engagement.rate_by_views"]["status"] == "measured"


def test_zero_views_are_not_divided_by():
    rows = measured(*some_posts(count=6, views=0))
    assert rows["engagement.rate_by_views"]["note"] == "too little data: posts.likes, posts.views"


def test_zero_likes_are_a_rate_of_zero():
    rows = measured(*some_posts(count=6, likes=0, comments=0, shares=0, saves=0))
    assert rows["engagement.rate_by_views"]["value"] == 0


def test_one_viral_post_does_not_move_the_median_much():
    usual = measured(*some_posts(count=21))["engagement.median_views"]
    viral = measured(
        *some_posts(count=21, views=lambda n: 5_000_000 if n == 0 else 9000 + 300 * n)
    )["engagement.median_views"]
    assert viral["value"] < 2 * usual["value"]


def test_posts_after_the_day_looked_from_are_not_seen():
    posts = some_posts(count=10)
    posts[0]["published_at"] = dt.datetime.combine(AS_OF, dt.time()) + dt.timedelta(days=9)
    assert measured(*posts)["posting.posts"]["value"] == 9
