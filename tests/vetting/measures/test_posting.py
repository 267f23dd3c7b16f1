"""Pace of posting, with pinned posts in their place."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from builders import AS_OF, a_creator, a_store, measures_of, some_posts

measures_of = partial(measures_of, families=("posting",))


def posted(*days_ago, pinned=(), observed=None):
    noon = dt.datetime.combine(AS_OF, dt.time(12))
    posts = [
        {
            **some_posts(count=1)[0],
            "post_id": f"p{number}",
            "published_at": noon - dt.timedelta(days=days),
            "pinned": number in pinned,
            "observed_at": observed,
        }
        for number, days in enumerate(days_ago)
    ]
    return measures_of(a_store(tables={"creators": [a_creator()], "posts": posts}))


def test_posts_per_week_counts_the_weeks_up_to_today():
    row = posted(28, 21, 14, 7)["posting.posts_per_week"]
    assert row["value"] == pytest.approx(1)
    assert row["n"] == 4


def test_an_old_pinned_post_does_not_stretch_the_window():
    rows = posted(900, 28, 21, 14, 7, pinned=(0,))
    assert rows["posting.posts_per_week"]["value"] == pytest.approx(1)
    assert rows["posting.longest_gap_days"]["value"] == pytest.approx(7)
    assert rows["posting.posts"]["value"] == 5


def test_a_pinned_post_within_the_window_counts():
    rows = posted(28, 21, 14, 7, pinned=(2,))
    assert rows["posting.longest_gap_days"]["value"] == pytest.approx(7)


def test_a_week_of_history_is_the_least_for_a_pace():
    assert posted(6, 5, 4)["posting.posts_per_week"]["status"] == "absent"
    assert posted(7, 5, 4)["posting.posts_per_week"]["status"] == "measured"


def test_one_post_has_no_gap():
    assert posted(20)["posting.longest_gap_days"]["status"] == "absent"


def test_days_since_the_last_post_end_where_the_data_were_read():
    read = dt.datetime.combine(AS_OF, dt.time(6)) - dt.timedelta(days=10)
    assert posted(40, 12, observed=read)["posting.days_since_last_post"]["value"] == 2


def test_without_posts_the_pace_names_what_is_missing():
    rows = measures_of(a_store(tables={"creators": [a_creator()]}))
    assert rows["posting.posts"]["note"] == "missing: posts.published_at"
