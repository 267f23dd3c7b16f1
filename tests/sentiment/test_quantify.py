"""Corrected shares: right on average, honest about their interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment.errors import SentimentError
from sentiment.quantify import adjusted_shares, sentiment_confusion

CONFUSION = np.array([[700, 250, 50], [150, 700, 150], [40, 160, 800]])


def predict(shares: list[float], n: int, random: np.random.Generator) -> np.ndarray:
    errors = CONFUSION / CONFUSION.sum(axis=1, keepdims=True)
    true = random.multinomial(n, shares)
    return sum(random.multinomial(count, row) for count, row in zip(true, errors, strict=True))


@pytest.mark.parametrize("shares", [[0.2, 0.5, 0.3], [0.05, 0.15, 0.8], [0.6, 0.3, 0.1]])
def test_intervals_hold_the_truth_as_often_as_they_say(shares: list[float]) -> None:
    random = np.random.default_rng(3)
    inside = np.zeros(3)
    for run in range(120):
        found = adjusted_shares(predict(shares, 400, random), CONFUSION, seed=run)
        inside += (found.low <= shares) & (np.array(shares) <= found.high)
    assert (inside / 120 >= 0.89).all()


def test_the_correction_removes_the_bias_of_counting() -> None:
    random = np.random.default_rng(4)
    truth = [0.05, 0.15, 0.8]
    counts = predict(truth, 20_000, random)
    counted = np.abs(counts / counts.sum() - truth).max()
    corrected = np.abs(adjusted_shares(counts, CONFUSION).shares - truth).max()
    assert corrected < counted / 3


def test_more_comments_give_a_narrower_interval() -> None:
    few, many = (
        adjusted_shares([20, 50, 30], CONFUSION),
        adjusted_shares([2000, 5000, 3000], CONFUSION),
    )
    assert (many.high - many.low < few.high - few.low).all()


@given(st.lists(st.integers(0, 500), min_size=3, max_size=3).filter(sum))
@settings(max_examples=25, deadline=None)
def test_shares_are_shares(counts: list[int]) -> None:
    found = adjusted_shares(counts, CONFUSION)
    assert found.shares.sum() == pytest.approx(1)
    assert (found.low >= 0).all()
    assert (found.high <= 1).all()
    assert (found.low <= found.shares).all()
    assert (found.shares <= found.high).all()


def test_a_perfect_classifier_needs_no_correction() -> None:
    found = adjusted_shares([30, 50, 20], np.diag([10**6] * 3))
    assert found.shares == pytest.approx([0.3, 0.5, 0.2], abs=1e-3)


def test_equal_seeds_give_equal_intervals() -> None:
    one, two = (adjusted_shares([3, 5, 2], CONFUSION, seed=9) for _ in range(2))
    assert one.low.tolist() == two.low.tolist()


def test_without_comments_the_shares_are_unknown() -> None:
    assert adjusted_shares([0, 0, 0], CONFUSION) is None


@pytest.mark.parametrize(
    "confusion", [np.ones((2, 3)), -CONFUSION, np.array([[1, 1, 1], [0, 0, 0], [1, 1, 1]])]
)
def test_a_confusion_that_does_not_fit_is_refused(confusion: np.ndarray) -> None:
    with pytest.raises(SentimentError):
        adjusted_shares([1, 2, 3], confusion)


def test_the_shipped_head_brings_its_confusion() -> None:
    matrix = sentiment_confusion("nl")
    assert matrix.shape == (3, 3)
    assert (matrix.sum(axis=1) > 100).all()
    assert sentiment_confusion("xx").tolist() == sentiment_confusion(None).tolist()
