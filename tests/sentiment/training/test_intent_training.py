"""Thresholds, weights and the joining of heads, on made-up numbers."""

from __future__ import annotations

import numpy as np
import pytest

from sentiment.cue_files import INTENTS
from sentiment.intent import DECISIONS, HEADS, any_odds
from sentiment.training.corpora import Example
from sentiment.training.intent import (
    _recalibrate,
    join_weights,
    sample_weights,
    trust_in,
)
from sentiment.training.second_reading import join_second
from sentiment.training.targets import head_targets
from sentiment.training.thresholds import _READIER, best_threshold, choose_thresholds


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


def test_the_threshold_is_half_of_the_best_f1_that_can_be_expected():
    odds = np.array([3.0, 2, 0, -1, -4])
    chances = 1 / (1 + np.exp(-odds))
    best = max(2 * chances[:n].sum() / (n + chances.sum()) for n in range(1, 6))
    assert best_threshold(odds, np.ones(5)) == pytest.approx(np.log(best / (2 - best)))


def test_what_can_be_parted_is_parted_in_the_middle():
    assert abs(best_threshold(np.array([-9.0, -9, 9, 9]), np.ones(4))) < 0.01


def test_rare_classes_that_are_hard_to_tell_get_a_lower_threshold():
    sure = best_threshold(np.array([5.0, 4, -5, -5]), np.ones(4))
    unsure = best_threshold(np.array([0.0, -1, -2, -3]), np.ones(4))
    assert unsure < sure


def test_weights_move_the_threshold():
    odds = np.array([3.0, -1, -2, -3])
    rare = best_threshold(odds, np.array([1.0, 50, 50, 50]))
    assert rare < best_threshold(odds, np.ones(4))


def test_each_class_has_a_threshold_of_its_own_and_any_of_them_one_more():
    odds = np.random.default_rng(0).normal(-2, 2, (400, len(INTENTS)))
    weights = np.ones(400)
    thresholds = choose_thresholds(odds, weights)
    own = [best_threshold(column, weights) for column in odds.T]
    asked = np.array([*own, best_threshold(any_odds(odds), weights)])
    assert thresholds == pytest.approx(asked - _READIER)


def test_the_second_decision_learns_whom_to_believe():
    random = np.random.default_rng(2)
    wanted = random.random((3000, 2)) < 0.5
    told = np.where(wanted, 1.0, -1.0)
    odds = np.stack([told[:, 0], random.normal(0, 1, 3000)], axis=1)
    answers = np.stack([random.normal(0, 1, 3000), told[:, 1]], axis=1).astype(np.float32)
    second, after = join_second(odds, answers, wanted, np.arange(3000), seed=0)
    assert second[0, 0] > 4 * abs(second[1, 0])
    assert second[1, 1] > 4 * abs(second[0, 1])
    assert ((after > 0) == wanted).all()


def test_what_is_not_read_again_stays():
    random = np.random.default_rng(3)
    odds, answers = random.normal(0, 0.5, (2, 300, 1))
    wanted, is_read = random.random((2, 300)) < 0.5
    again = np.flatnonzero(is_read)
    _, after = join_second(odds, answers.astype(np.float32), wanted[:, None], again, seed=0)
    assert (after[~is_read] == odds[~is_read]).all()
    assert (after[is_read] != odds[is_read]).all()


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


def test_what_we_wrote_counts_less_than_what_people_wrote_least_in_english():
    real, ours = example("want", corpus="silver"), example("want")
    assert trust_in(real) == 1
    assert trust_in(ours) < trust_in(ours._replace(language="de")) < 1
