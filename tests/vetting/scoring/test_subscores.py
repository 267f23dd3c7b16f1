"""Full points are earned by being judged, not by silence."""

import pytest
from scoring_builders import PROFILE, finding, good_measures, measure, score

LEAST = PROFILE.deductions.least_judged


def judged(share, **more):
    """One hundred equal questions, of which this share is answered."""
    answered = round(100 * share)
    return [
        finding(id=f"q{number}", state="clear" if number < answered else "unknown", **more)
        for number in range(100)
    ]


@pytest.mark.parametrize(
    ("share", "points"), [(0.0, None), (LEAST - 0.01, None), (LEAST, 100.0), (1.0, 100.0)]
)
def test_a_sub_score_without_a_measure_is_unknown_until_enough_was_judged(share, points) -> None:
    (one,) = score(good_measures(), judged(share))
    assert one.subscores["authenticity"] == (points, points, points)


def test_a_measure_of_its_own_counts_however_little_was_judged() -> None:
    rows = [*good_measures(), measure("a", "followers.fake_share", 0.20)]
    (one,) = score(rows, judged(0.0))
    assert one.subscores["authenticity"][0] == pytest.approx(75)


def test_what_was_too_little_to_judge_weighs_nothing_in_the_score() -> None:
    (little,) = score(good_measures(), judged(LEAST - 0.01))
    (none,) = score(good_measures(), judged(0.0))
    assert little.score == none.score
    assert little.confidence > none.confidence


def test_a_small_sample_lowers_confidence_in_proportion_and_never_the_score() -> None:
    full, half, tiny = (
        score([row | {"n": n} for row in good_measures()], judged(1.0))[0] for n in (200, 50, 3)
    )
    assert full.score == half.score == tiny.score
    assert full.confidence > half.confidence > tiny.confidence


def test_three_posts_and_a_dozen_comments_make_no_shortlist() -> None:
    rows = [row | {"n": 11 if row["id"].startswith("comments") else 3} for row in good_measures()]
    (one,) = score(rows, judged(1.0))
    assert one.verdict in {"review", "insufficient_data"}


@pytest.mark.parametrize(
    ("evidence", "points"),
    [
        ({"claim": "brief.category is known", "fact": "brief.category"}, None),
        ({"claim": "the rule applies", "fact": "creator.country"}, None),
        ({"claim": "any(safety.groups ...)", "list": "safety.groups"}, 100.0),
        ({"claim": "disclosure.adverts < 3", "fact": "disclosure.adverts"}, 100.0),
    ],
)
def test_a_rule_that_nobody_asked_is_no_answered_question(evidence, points) -> None:
    clear = [finding(family="safety", evidence=(evidence,)), finding()]
    (one,) = score(good_measures(), clear)
    assert one.subscores["safety"][0] == points
