"""Pods are told from shared audiences; without authors or times nothing is claimed."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from builders import a_creator, a_store, measures_of

CREATORS = ("anna", "bea", "cleo", "dora")
START = dt.datetime(2026, 9, 1, 12)  # noqa: DTZ001 - the tables hold UTC without a zone


def a_chance(seed):
    return random.Random(seed)  # noqa: S311 - nothing secret here


def posts():
    return [
        {
            "creator_id": name,
            "post_id": f"{name}-{n}",
            "published_at": START + dt.timedelta(days=3 * n),
        }
        for name in CREATORS
        for n in range(5)
    ]


def comment(post, author, minutes, text="what a day", quality="genuine"):
    return {
        "creator_id": post["creator_id"], "post_id": post["post_id"], "author": author,
        "text": text,
        "published_at": post["published_at"] + dt.timedelta(minutes=minutes), "quality": quality,
        "sentiment": "positive", "intent": "none", "language": "en", "by_creator": False,
    }  # fmt: skip


def the_crowd(chance):
    """Comments of people who are seen once: spread over two days."""
    return [
        comment(post, f"{post['post_id']}-{n}", chance.uniform(0, 2880))
        for post in posts()
        for n in range(40)
    ]


def a_pod(chance, size=8, quality="low_value"):
    return [
        comment(post, f"pod-{n}", chance.uniform(0, 25), "love it", quality)
        for post in posts()
        for n in range(size)
        if chance.random() < 0.7
    ]


def a_shared_audience(chance, size=8):
    return [
        comment(post, f"fan-{n}", chance.uniform(0, 2880), "love it", "low_value")
        for post in posts()
        for n in range(size)
        if chance.random() < 0.7
    ]


def run(comments):
    store = a_store(
        tables={
            "creators": [a_creator(name) for name in CREATORS],
            "posts": posts(),
            "comments": comments,
        }
    )
    return store, measures_of(store, "anna")


def test_a_pod_is_found_with_its_members():
    chance = a_chance(1)
    store, rows = run(the_crowd(chance) + a_pod(chance))
    (pod,) = store.con.sql("SELECT accounts, creators, is_pod, reciprocal FROM pods").fetchall()
    assert pod == (8, 4, True, 0)
    assert rows["commenters.pod_share"]["value"] > 0.05


def test_a_shared_audience_is_not_called_a_pod():
    chance = a_chance(2)
    store, rows = run(the_crowd(chance) + a_shared_audience(chance))
    assert store.con.sql("SELECT count(*) FROM pods WHERE is_pod").fetchall() == [(0,)]
    assert rows["commenters.pod_share"]["value"] == 0


def test_early_birds_with_something_to_say_are_not_called_a_pod():
    chance = a_chance(3)
    store, _ = run(the_crowd(chance) + a_pod(chance, quality="genuine"))
    assert store.con.sql("SELECT count(*) FROM pods WHERE is_pod").fetchall() == [(0,)]


def test_members_who_are_creators_and_get_comments_back_are_counted():
    chance = a_chance(4)
    own = [
        comment(p, "pod-0", 1) | {"by_creator": True} for p in posts() if p["creator_id"] == "dora"
    ]
    pod = [
        row
        for row in a_pod(chance)
        if not (row["author"] == "pod-0" and row["creator_id"] == "dora")
    ]
    store, _ = run(the_crowd(chance) + pod + own)
    assert store.con.sql("SELECT reciprocal FROM pods").fetchall() == [(1,)]


@pytest.mark.parametrize("fact", ["author", "published_at"])
def test_without_authors_or_times_the_share_is_unknown_and_says_so(fact):
    chance = a_chance(5)
    _, rows = run([row | {fact: None} for row in the_crowd(chance)])
    assert rows["commenters.pod_share"]["status"] == "absent"
    assert fact in rows["commenters.pod_share"]["note"]


def test_with_comments_of_two_creators_no_pod_can_show_and_the_share_is_unknown():
    from builders import a_creator, a_store, measures_of, some_comments

    store = a_store(
        tables={
            "creators": [a_creator("anna"), a_creator("bo")],
            "comments": [*some_comments("anna"), *some_comments("bo")],
        }
    )
    rows = measures_of(store, "anna")
    assert rows["commenters.pod_share"]["status"] == "absent"
    assert rows["commenters.copy_across_share"]["value"] == 0
    alone = measures_of(a_store(tables={"comments": some_comments("anna")}), "anna")
    assert alone["commenters.copy_across_share"]["status"] == "absent"
