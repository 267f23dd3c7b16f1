"""True shares behind predicted counts."""

from __future__ import annotations

import numpy as np
import pytest

from sentiment.quantify import adjusted_shares
from vetting.measures._mixtures import mixtures

CONFUSION = np.array([[300, 150, 50], [60, 700, 150], [20, 120, 900]], float)
RATES = CONFUSION / CONFUSION.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("counts", [(23, 91, 407), (9, 12, 40), (200, 200, 200)])
def test_the_shares_are_those_of_the_text_room(counts):
    shares, _ = mixtures(np.array([counts], float), CONFUSION)
    assert shares[0] == pytest.approx(adjusted_shares(counts, CONFUSION).shares, abs=1e-6)


def test_counts_no_mixture_can_give_leave_the_range():
    shares, _ = mixtures(np.array([[344.0, 179.0, 36.0], [0.0, 3.0, 60.0]]), CONFUSION)
    assert (shares.min(axis=1) < 0).all()
    assert shares.sum(axis=1) == pytest.approx(1)


def test_a_perfect_classifier_needs_no_correction():
    counts = np.array([[10.0, 30.0, 60.0]])
    shares, _ = mixtures(counts, np.eye(3) * 1e7)
    assert shares[0] == pytest.approx([0.1, 0.3, 0.6], abs=1e-4)


def test_many_samples_are_corrected_as_each_alone():
    counts = np.random.default_rng(2).integers(1, 90, (20, 3)).astype(float)
    together, spread = mixtures(counts, CONFUSION)
    for row in range(20):
        alone, variance = mixtures(counts[row : row + 1], CONFUSION)
        assert together[row] == pytest.approx(alone[0])
        assert spread[row] == pytest.approx(variance[0])


@pytest.mark.parametrize("n", [60, 400])
def test_the_interval_covers_the_true_shares(n):
    random = np.random.default_rng(n)
    truth = np.array([0.12, 0.33, 0.55])
    hits = np.zeros(3)
    rounds = 300
    for _ in range(rounds):
        confusion = np.stack(
            [random.multinomial(int(row.sum()), rate) for row, rate in
             zip(CONFUSION, RATES, strict=True)]
        )  # fmt: skip
        true = random.multinomial(n, truth)
        given = sum(random.multinomial(k, rate) for k, rate in zip(true, RATES, strict=True))
        shares, variances = mixtures(given[None].astype(float), confusion.astype(float))
        hits += np.abs(shares[0] - truth) <= 1.645 * np.sqrt(variances[0])
    assert (hits / rounds >= 0.85).all()


def test_a_larger_sample_is_surer():
    _, few = mixtures(np.array([[10.0, 20.0, 70.0]]), CONFUSION)
    _, many = mixtures(np.array([[100.0, 200.0, 700.0]]), CONFUSION)
    assert (many < few).all()
