"""Commenters who follow several creators of the batch, and what a shortlist reaches together."""

from __future__ import annotations

from functools import partial

import pytest
from builders import a_creator, a_store, measures_of, some_comments

from vetting.net_reach import net_reach

measures_of = partial(measures_of, families=("audience-overlap",))


def commented(**authors):
    """Open a store where each creator has comments by the given people."""
    return a_store(
        tables={
            "creators": [a_creator(name, followers=10_000) for name in authors],
            "comments": [
                row
                for name, people in authors.items()
                for row in some_comments(name, count=len(people), author=people.__getitem__)
            ],
        }
    )


def people(first, last):
    return [f"p{number}" for number in range(first, last)]


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


def test_the_net_reach_counts_shared_people_once():
    store = commented(anna=people(0, 40), bo=people(30, 50), cleo=people(60, 100))
    measures_of(store)
    reach = net_reach(store, ["bo", "anna"])
    assert reach.gross_people == 20_000
    assert (reach.commenters, reach.distinct_commenters) == (60, 50)
    assert reach.net_people == pytest.approx(20_000 * 50 / 60)
    assert reach.net_low < reach.net_people < reach.net_high


def test_audiences_apart_add_up():
    store = commented(anna=people(0, 40), bo=people(60, 100))
    measures_of(store)
    assert net_reach(store, ["anna", "bo"]).net_people == 20_000


def test_creators_without_commenters_are_named_and_not_counted():
    store = commented(anna=people(0, 40), bo=people(30, 50), silent=[])
    measures_of(store)
    reach = net_reach(store, ["silent", "anna", "bo", "nobody"])
    assert reach.left_out == ("nobody", "silent")
    assert reach.gross_people == 20_000


def test_one_creator_has_nothing_to_net():
    store = commented(anna=people(0, 40))
    measures_of(store)
    assert net_reach(store, ["anna"]).net_people is None
