"""Sentiment: three probabilities where a head knows the language, null where none does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import softmax

from sentiment import score_comments
from sentiment.kernel.hashing import LINKS, N_STATS
from sentiment.polarity import HEADS, calibration_inputs, mixed_probabilities, tweet_share


def scored(*texts: str | None) -> list[dict]:
    return score_comments(list(texts)).to_pylist()


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("I love this so much, absolutely beautiful", "positive"),
        ("this is disgusting and a total waste of money", "negative"),
        ("what time does the shop open?", "neutral"),
        ("wat een prachtige video, geweldig gedaan", "positive"),
        ("wat een waardeloos ding, echt vreselijk slecht", "negative"),
        ("sikke en smuk video, fantastisk godt lavet", "positive"),
        ("det er forfærdeligt dårligt og spild af penge", "negative"),
        ("這個真的超好吃，太喜歡了", "positive"),
        ("很難吃，服務態度又差，不會再來", "negative"),
        ("me encanta, qué hermoso", "positive"),
        ("das ist einfach nur schlecht und enttäuschend", "negative"),
        ("🔥🔥😍😍", "positive"),
        ("🤮🤮", "negative"),
    ],
)
def test_plain_cases_are_plain(text: str, sentiment: str) -> None:
    assert scored(text)[0]["sentiment"] == sentiment


def test_a_negator_lowers_the_score() -> None:
    plain, negated = scored("this is good", "this is not good")
    assert negated["sentiment_score"] < plain["sentiment_score"]


def test_an_uncovered_language_gives_null_and_not_neutral() -> None:
    row = scored("정말 예뻐요")[0]
    assert row["sentiment"] is None
    assert row["p_neutral"] is None
    assert row["sentiment_score"] is None


def test_emoji_alone_can_decide_for_an_uncovered_language() -> None:
    assert scored("정말 예뻐요 😍😍❤️")[0]["sentiment"] == "positive"


def test_an_empty_comment_has_no_sentiment() -> None:
    assert scored("")[0]["sentiment"] is None


def test_the_class_is_the_most_probable_one() -> None:
    names = ("negative", "neutral", "positive")
    for row in scored("nice one", "meh", "awful", "ok see you", "best ever"):
        assert row[f"p_{row['sentiment']}"] == max(row[f"p_{name}"] for name in names)


@given(st.text(max_size=80))
@settings(max_examples=40, deadline=None)
def test_probabilities_are_probabilities(text: str) -> None:
    row = scored(text)[0]
    if row["sentiment"] is None:
        return
    parts = [row["p_negative"], row["p_neutral"], row["p_positive"]]
    assert sum(parts) == pytest.approx(1, abs=2e-4)
    assert min(parts) >= 0
    assert row["sentiment_score"] == pytest.approx(parts[2] - parts[0], abs=2e-4)


def test_probabilities_are_a_mixture_of_two_softmaxes() -> None:
    calibrations = np.array([[[1.0, 0], [0, 0], [0, 2]], [[0.0, 3], [0, 0], [1, 0]]])
    first, second, half = (
        mixed_probabilities(np.eye(2), calibrations, np.full(2, share)) for share in (0.0, 1.0, 0.5)
    )
    assert first == pytest.approx(softmax(calibrations[0].T, axis=1))
    assert second == pytest.approx(softmax(calibrations[1].T, axis=1))
    assert half == pytest.approx((first + second) / 2)


def test_calibration_inputs_are_bounded_in_length() -> None:
    stats = np.zeros((2, N_STATS), np.int32)
    stats[:, 0] = [10_000, 1_000_000]
    scores = np.zeros((2, len(HEADS)), np.float32)
    inputs = calibration_inputs(scores, stats, np.ones(2, np.bool_))
    assert np.array_equal(inputs[0], inputs[1])


def test_heads_of_english_tweets_are_heard_in_english_alone() -> None:
    scores = np.ones((2, len(HEADS)), np.float32)
    stats = np.zeros((2, N_STATS), np.int32)
    english, other = calibration_inputs(scores, stats, np.array([True, False]))
    assert english[4:10].all()
    assert not other[4:10].any()


def test_a_link_makes_a_tweet_more_likely() -> None:
    stats = np.zeros((2, N_STATS), np.int32)
    stats[1, LINKS] = 1
    weights = np.array([1.0, 2.0, 1.0, -1.0])
    plain, linked = tweet_share(np.zeros((2, len(HEADS)), np.float32), stats, weights)
    assert plain == pytest.approx((1 + np.e) ** -0.5)
    assert linked == pytest.approx((1 + 1 / np.e) ** -0.5)
