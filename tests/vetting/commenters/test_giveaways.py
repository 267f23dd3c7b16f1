"""Giveaways, bursts of praise and commenters who always come in the same order."""

from __future__ import annotations

import datetime as dt

import pytest
from builders import a_creator, a_store, measures_of, some_comments, some_posts


def store_of(comments, posts=None):
    return a_store(
        tables={"creators": [a_creator()], "posts": posts or some_posts(), "comments": comments}
    )


def entries(count=20, tagged=20):
    return some_comments(
        count=count,
        post_id="anna-0",
        text=lambda n: f"@friend{n} @other{n}" if n < tagged else f"lovely {n}",
    )


@pytest.mark.parametrize(
    ("tagged", "caption", "expected"),
    [
        (20, "my new kitchen", True),
        (8, "GIVEAWAY! tag two friends", True),
        (8, "my new kitchen", False),
        (2, "giveaway time", False),
    ],
)
def test_a_giveaway_needs_tags_and_less_of_them_when_the_caption_says_so(tagged, caption, expected):
    rows = measures_of(store_of(entries(tagged=tagged), some_posts(caption=caption)))
    assert (rows["commenters.giveaway_share"]["value"] > 0) is expected


def test_a_post_with_few_comments_is_not_judged():
    assert (
        measures_of(store_of(entries(count=5, tagged=5)))["commenters.giveaway_share"]["value"] == 0
    )


def burst(minutes_after, count=12, quality="low_value"):
    post = some_posts()[0]
    at = post["published_at"] + dt.timedelta(minutes=minutes_after)
    late = some_comments(
        count=count, post_id="anna-0", text="so nice", quality=quality, sentiment="positive",
        published_at=lambda n: at + dt.timedelta(seconds=n),
    )  # fmt: skip
    slow = some_comments(
        count=30, post_id="anna-0", author=lambda n: f"slow-{n}",
        published_at=lambda n: post["published_at"] + dt.timedelta(hours=3 * n + 3),
    )  # fmt: skip
    return late + slow


@pytest.mark.parametrize(
    ("minutes", "quality", "bursts"),
    [(2000, "low_value", 1), (2000, "genuine", 0), (5, "low_value", 0)],
)
def test_a_burst_is_empty_praise_long_after_the_post(minutes, quality, bursts):
    rows = measures_of(store_of(burst(minutes, quality=quality)))
    assert rows["commenters.praise_bursts"]["value"] == bursts


def arrivals(order):
    rows = []
    for number, post in enumerate(some_posts(count=6)):
        for place, author in enumerate(order(number)):
            rows += some_comments(
                count=1, post_id=post["post_id"], author=author, comment_id=f"{number}-{place}",
                published_at=post["published_at"] + dt.timedelta(minutes=place + 1),
            )  # fmt: skip
    return rows


def test_the_same_first_commenters_in_the_same_order_are_counted():
    rows = measures_of(store_of(arrivals(lambda _: [f"fan-{n}" for n in range(8)])))
    assert rows["commenters.same_order_share"]["value"] == 1


def test_the_same_commenters_in_another_order_are_not():
    rows = measures_of(
        store_of(
            arrivals(lambda post: [f"fan-{(n * (5 if post % 2 else 3)) % 8}" for n in range(8)])
        )
    )
    assert rows["commenters.same_order_share"]["value"] == 0
