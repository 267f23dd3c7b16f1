"""Size, tier and media-kit claims."""

from __future__ import annotations

from functools import partial

import pytest
from builders import a_creator, a_store, measures_of, some_growth, some_posts

from vetting.measures.creator import tiers

measures_of = partial(measures_of, families=("engagement", "creator"))


def measured(posts=(), growth=(), **creator):
    tables = {"creators": [a_creator(**creator)], "posts": posts, "growth": growth}
    return measures_of(a_store(tables=tables))


def test_followers_come_from_the_export():
    assert measured(followers=1234)["audience.followers"]["value"] == 1234


def test_followers_come_from_the_newest_reading_where_the_export_lacks_them():
    row = measured(growth=some_growth(followers=lambda n: 100 + n), followers=None)
    assert row["audience.followers"]["value"] == 189


def test_a_claimed_count_is_marked_as_a_claim():
    row = measured(followers=None, claimed_followers=5000)["audience.followers"]
    assert (row["value"], row["status"]) == (5000, "claimed")


def test_an_unknown_count_is_absent():
    row = measured(followers=None)["audience.followers"]
    assert (row["value"], row["note"]) == (None, "missing: creators.followers")


@pytest.mark.parametrize(
    ("followers", "tier"),
    [(0, "nano"), (9_999, "nano"), (10_000, "micro"), (100_000, "mid"), (500_000, "macro"),
     (1_000_000, "mega"), (None, None)],
)  # fmt: skip
def test_each_tier_begins_at_its_limit(followers, tier):
    store = a_store(tables={"creators": [a_creator(followers=followers)]})
    measures_of(store)
    assert store.con.execute("SELECT tier FROM roster").fetchall() == [(tier,)]


def test_tiers_rise():
    limits = [least for _, least in tiers()]
    assert limits == sorted(set(limits))


def test_claims_are_laid_beside_what_was_counted():
    posts = some_posts(
        count=9, views=10_000, reach=8000, likes=900, comments=50, shares=25, saves=25
    )
    rows = measured(
        posts,
        followers=20_000,
        claimed_followers=25_000,
        claimed_views=20_000,
        claimed_reach=16_000,
        claimed_engagement_rate=0.1,
    )
    assert rows["claims.followers_ratio"]["value"] == pytest.approx(1.25)
    assert rows["claims.views_ratio"]["value"] == pytest.approx(2)
    assert rows["claims.reach_ratio"]["value"] == pytest.approx(2)
    assert rows["claims.engagement_ratio"]["value"] == pytest.approx(2)


def test_a_claim_without_counts_is_not_judged():
    rows = measured(claimed_views=20_000)
    assert rows["claims.views_ratio"]["note"] == "missing: posts.views"


def test_no_followers_make_no_ratio():
    assert measured(followers=0, following=10)["audience.following_ratio"]["status"] == "absent"
