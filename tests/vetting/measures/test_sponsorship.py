"""Sponsored posts: how many, and how they do beside the others."""

from __future__ import annotations

import math
from functools import partial
from statistics import median

import pytest
from builders import a_creator, a_store, measures_of, some_posts

measures_of = partial(measures_of, families=("sponsorship",))


def measured(posts, **creator):
    return measures_of(a_store(tables={"creators": [a_creator(**creator)], "posts": posts}))


def halved(number):
    return 500 if number % 2 else 1000


def test_the_share_counts_only_posts_where_it_is_known():
    posts = some_posts(count=12, sponsored=lambda n: None if n < 2 else n < 5)
    rows = measured(posts)
    assert rows["sponsorship.share"]["value"] == pytest.approx(3 / 10)
    assert rows["sponsorship.share"]["n"] == 10
    assert rows["sponsorship.posts"]["value"] == 3


def test_an_export_without_the_mark_leaves_the_share_absent():
    rows = measured(some_posts(sponsored=None))
    assert rows["sponsorship.share"]["note"] == "missing: posts.sponsored"


def test_no_sponsored_post_is_a_share_of_zero_with_an_upper_limit():
    row = measured(some_posts(count=20, sponsored=False))["sponsorship.share"]
    assert row["value"] == 0
    assert 0 < row["high"] < 0.2


def test_paid_posts_with_half_the_likes_have_half_the_engagement():
    posts = some_posts(
        count=40, sponsored=lambda n: n % 2 == 1, likes=halved, comments=0, shares=0, saves=0,
        views=10_000,
    )  # fmt: skip
    row = measured(posts)["sponsorship.engagement_ratio"]
    assert row["value"] == pytest.approx(0.5)
    assert row["note"] == "by views; 20 sponsored, 20 organic posts"
    assert row["low"] == row["high"] == pytest.approx(0.5)


def test_the_interval_follows_price_and_bonett():
    posts = some_posts(count=40, sponsored=lambda n: n % 2 == 1)
    row = measured(posts)["sponsorship.engagement_ratio"]
    rates = {True: [], False: []}
    for post in posts:
        total = post["likes"] + post["comments"] + post["shares"] + post["saves"]
        rates[post["sponsored"]].append(total / post["views"])
    # For n = 20 the 6th and 15th values enclose the median with certainty .9586, z = 2.0412.
    errors = [
        math.log(sorted(values)[14] / sorted(values)[5]) / (2 * 2.0412) for values in rates.values()
    ]
    ratio = median(rates[True]) / median(rates[False])
    assert row["value"] == pytest.approx(ratio)
    assert row["high"] == pytest.approx(ratio * math.exp(1.64485 * math.hypot(*errors)), rel=1e-4)


def test_without_views_the_rates_are_by_followers():
    row = measured(some_posts(count=40, views=None))["sponsorship.engagement_ratio"]
    assert row["note"].startswith("by followers")


def test_only_organic_posts_give_no_ratio():
    row = measured(some_posts(count=40, sponsored=False))["sponsorship.engagement_ratio"]
    assert row["status"] == "absent"
    assert row["note"].startswith("too little data")
