"""Thresholds, weights and the joining of heads, on made-up numbers."""

from __future__ import annotations

import numpy as np
import pytest

from sentiment.cue_files import INTENTS
from sentiment.intent import DECISIONS, HEADS
from sentiment.training.corpora import Example
from sentiment.training.intent import (
    _recalibrate,
    best_threshold,
    choose_thresholds,
    head_targets,
    join_weights,
    sample_weights,
)


def example(intent, quality="genuine", corpus="written"):
    return Example("text", "neutral", "en", "comment", corpus, "part", "train", intent, quality)


def test_labels_become_targets_of_every_head():
    targets = head_targets([example("want+ask_where"), example("none", "spam")])
    names = [*HEADS, "low_value", "spam"]
    assert {name for name, on in zip(names, targets[0], strict=True) if on} == {
        "want", "ask_where", "interest",
    }  # fmt: skip
    assert {name for name, on in zip(names, targets[1], strict=True) if on} == {"spam"}


def test_recommending_is_intent_but_no_interest_in_acquiring():
    targets = head_targets([example("recommend")])
    assert {name for name, on in zip(DECISIONS, targets[0], strict=True) if on} == {"recommend"}


def test_the_best_threshold_parts_what_can_be_parted():
    odds = np.array([-2.0, -1, 1, 2])
    threshold = best_threshold(odds > 0, odds, np.ones(4))
    assert -1 < threshold < 1


def test_weights_move_the_threshold():
    odds, wanted = np.array([3.0, 2, 1, 0]), np.array([True, False, True, False])
    careful = best_threshold(wanted, odds, np.array([1.0, 100, 1, 1]))
    bold = best_threshold(wanted, odds, np.array([1.0, 0.01, 1, 1]))
    assert careful > bold


def test_thresholds_are_one_for_each_decision():
    random = np.random.default_rng(0)
    wanted = random.random((400, len(DECISIONS))) < 0.2
    odds = np.where(wanted, 1.0, -1.0) + random.normal(0, 0.5, wanted.shape)
    thresholds = choose_thresholds(wanted, odds, np.ones(400))
    assert thresholds.shape == (len(DECISIONS),)
    assert (abs(thresholds[: len(INTENTS)]) < 1.6).all()


def test_without_real_comments_every_written_one_counts():
    assert sample_weights([example("want"), example("none")]).tolist() == [1, 1]


def test_written_comments_count_half_in_joining():
    weights = join_weights(
        [example("want"), example("want", corpus="silver")], np.array([0.1, 2.0])
    )
    assert weights.tolist() == [0.5, 2.0]


def test_recalibrated_odds_are_those_of_the_weighted_share():
    random = np.random.default_rng(1)
    odds = random.normal(0, 1, (4000, 1)) * 3 + 2  # too sure, and too ready
    wanted = random.random((4000, 1)) < 1 / (1 + np.exp(-(odds - 2) / 3))
    _, mended = _recalibrate(np.zeros((2, 1)), odds.copy(), wanted, np.ones(4000))
    share = 1 / (1 + np.exp(-mended))
    assert share.mean() == pytest.approx(wanted.mean(), abs=0.01)
    assert np.std(mended) < np.std(odds)
