"""What a shortlist reaches together, people who follow several creators counted once."""

import itertools

import pytest
from builders import a_creator, a_store, commented, people, some_comments
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting.net_reach import net_reach


def test_shared_people_count_once():
    store = commented(anna=people(0, 40), bo=people(30, 70), cleo=people(60, 100))
    reach = net_reach(store, ["bo", "anna"])
    assert reach.gross_people == reach.counted_people == 20_000
    assert (reach.commenters, reach.distinct_commenters) == (80, 70)
    assert reach.net_people == pytest.approx(20_000 * 70 / 80)
    assert reach.overlap_share == pytest.approx(10 / 80)
    assert reach.net_low < reach.net_people < reach.net_high
    assert reach.overlap_low < reach.overlap_share < reach.overlap_high
    assert [(part.creator_id, part.shared) for part in reach.parts] == [("anna", 10), ("bo", 10)]


def test_audiences_apart_add_up_and_the_interval_says_how_sure_that_is():
    reach = net_reach(commented(anna=people(0, 40), bo=people(60, 100)), ["anna", "bo"])
    assert reach.net_people == reach.net_high == 20_000
    assert reach.overlap_share == 0
    assert reach.overlap_high > 0.02


def test_the_same_audience_twice_is_one_audience():
    reach = net_reach(commented(anna=people(0, 200), bo=people(0, 200)), ["anna", "bo"])
    assert reach.net_people == pytest.approx(10_000)


def test_a_small_creator_with_many_comments_does_not_speak_for_a_large_one():
    crowd = people(0, 100)
    store = a_store(
        tables={
            "creators": [a_creator("large", followers=1_000_000), a_creator("small", followers=10)],
            "comments": [
                *some_comments("large", count=200, author=people(0, 200).__getitem__),
                *some_comments("small", count=100, author=crowd.__getitem__),
            ],
        }
    )
    # Every commenter of the small one, half of those of the large one, are shared by two.
    assert net_reach(store, ["large", "small"]).net_people == pytest.approx(750_000 + 5)


def test_creators_without_commenters_are_named_and_not_counted():
    store = commented(anna=people(0, 40), bo=people(30, 50), silent=[])
    reach = net_reach(store, ["silent", "anna", "bo", "nobody"])
    assert reach.left_out == ("nobody", "silent")
    assert (reach.gross_people, reach.counted_people) == (30_000, 20_000)


def test_without_any_commenter_only_the_followers_are_known():
    reach = net_reach(commented(anna=[], bo=[]), ["anna", "bo"])
    assert (reach.gross_people, reach.net_people, reach.overlap_share) == (20_000, None, None)


def test_nobody_s_followers_known_is_unknown_and_not_zero():
    assert net_reach(commented(anna=[]), ["nobody"]).gross_people is None


def test_one_creator_has_nothing_to_net():
    assert net_reach(commented(anna=people(0, 40)), ["anna"]).net_people is None


def test_the_creator_s_own_comments_are_nobody_else_s_audience():
    store = a_store(
        tables={
            "creators": [a_creator("anna", followers=100), a_creator("bo", followers=100)],
            "comments": [
                *some_comments("anna", count=4, author=lambda n: f"a{n}"),
                *some_comments("bo", count=4, author=lambda n: f"a{n}", by_creator=True),
            ],
        }
    )
    assert net_reach(store, ["anna", "bo"]).left_out == ("bo",)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sets(st.integers(0, 30), min_size=1), min_size=2, max_size=4))
def test_the_estimate_lies_between_the_largest_audience_and_all_of_them(groups):
    store = commented(**{f"c{n}": [f"p{one}" for one in group] for n, group in enumerate(groups)})
    reach = net_reach(store, [f"c{n}" for n in range(len(groups))])
    assert 10_000 - 1e-6 <= reach.net_people <= reach.gross_people + 1e-6
    assert reach.net_low <= reach.net_people + 1e-6
    assert reach.net_people <= reach.net_high + 1e-6
    if all(not (one & other) for one, other in itertools.combinations(groups, 2)):
        assert reach.net_people == pytest.approx(reach.gross_people)
