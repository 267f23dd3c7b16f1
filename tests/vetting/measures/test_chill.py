"""Comments under sponsored posts against those under others."""

import pytest
from builders import a_creator, a_store, some_comments, some_posts

from vetting.measures import chill


def measured(count=200, *, sponsored=lambda number: number % 2 == 0, **comments):
    tables = {
        "creators": [a_creator()],
        "posts": some_posts(count=20, sponsored=sponsored),
        "comments": some_comments(count=count, **comments),
    }
    rows = chill.compute(a_store(tables=tables)).to_pylist()
    return {row["id"].removeprefix("chill."): row for row in rows}


def colder(number):
    """Negative under every second sponsored post's comment, positive elsewhere."""
    return "negative" if number % 2 == 0 and number // 20 % 2 == 0 else "positive"


def test_a_gap_is_sponsored_minus_other():
    found = measured(sentiment=colder)
    assert found["negative_gap"]["value"] == pytest.approx(0.5)
    assert found["positive_gap"]["value"] == pytest.approx(-0.5)
    assert found["negative_gap"]["n"] == 100


def test_the_interval_is_newcombe_s():
    """Both shares are known, so the ends follow from their Wilson intervals."""
    found = measured(sentiment=colder)["negative_gap"]
    assert found["low"] < 0.5 < found["high"]
    assert found["low"] == pytest.approx(0.5 - ((0.5 - 0.4188) ** 2 + 0.02634**2) ** 0.5, abs=2e-3)


def test_equal_comments_give_a_gap_around_zero():
    found = measured(
        sentiment=lambda number: ("positive", "negative")[number // 20 % 2],
        intent=lambda number: ("none", "want", "objection")[number // 20 % 3],
    )
    for row in found.values():
        assert row["low"] <= 0 <= row["high"]


@pytest.mark.parametrize("sponsored", [True, False, None])
def test_one_kind_of_posts_gives_no_gap(sponsored):
    assert measured(sponsored=sponsored) == {}


def test_unread_comments_are_left_out():
    found = measured(sentiment=None, intent=None)
    assert set(found) == {"low_value_gap"}


def test_the_creator_s_own_comments_are_left_out():
    assert measured(by_creator=True) == {}


def test_objections_are_not_wishes():
    found = measured(intent=lambda number: "objection" if number % 2 == 0 else "want+ask_where")
    assert found["intent_gap"]["value"] == -1
    assert found["objection_gap"]["value"] == 1
