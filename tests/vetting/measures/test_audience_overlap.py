"""Commenters who follow several creators of the batch."""

from __future__ import annotations

from functools import partial

import pytest
from builders import commented, measures_of, people

measures_of = partial(measures_of, families=("audience-overlap",))


def pairs(store):
    measures_of(store)
    return store.con.execute(
        "SELECT creator_id, other, shared, share FROM audience_overlaps ORDER BY ALL"
    ).fetchall()


def test_the_overlap_is_the_share_of_commenters_seen_elsewhere():
    store = commented(anna=people(0, 40), bo=people(30, 50))
    assert measures_of(store, "anna")["audience.overlap_share"]["value"] == pytest.approx(10 / 40)
    assert measures_of(store, "bo")["audience.overlap_share"]["value"] == pytest.approx(10 / 20)


def test_a_pair_stands_once_for_each_side_with_the_share_of_the_smaller():
    store = commented(anna=people(0, 40), bo=people(30, 50))
    assert pairs(store) == [("anna", "bo", 10, 0.5), ("bo", "anna", 10, 0.5)]


def test_two_people_in_common_are_no_pair():
    assert pairs(commented(anna=people(0, 40), bo=people(38, 60))) == []


def test_who_comments_everywhere_makes_no_pairs():
    crowd = {f"c{number}": [*people(0, 5), f"own-{number}"] for number in range(30)}
    assert pairs(commented(**crowd)) == []


def test_many_comments_by_one_person_count_once():
    store = commented(anna=["p1"] * 30 + ["p2"], bo=["p1"])
    assert measures_of(store, "anna")["audience.overlap_share"]["n"] == 2


def test_one_creator_alone_overlaps_with_nobody_we_know():
    row = measures_of(commented(anna=people(0, 9)))["audience.overlap_share"]
    assert row["status"] == "absent"
