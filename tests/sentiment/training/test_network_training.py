"""Training the network: gradients, words, and what only their order tells."""

from __future__ import annotations

import numpy as np
import pytest

from sentiment.intent import HEADS
from sentiment.training import network, network_pass
from sentiment.training.network import Lessons, ask, known_words, read_words
from sentiment.training.network_pass import backward, forward


@pytest.fixture
def weights():
    chance = np.random.default_rng(0)
    shapes = {
        "words": (9, 4), "filters": (12, 5), "filters_bias": (5,), "hidden": (5, 3),
        "hidden_bias": (3,), "answers": (3, 2), "answers_bias": (2,),
    }  # fmt: skip
    drawn = {name: chance.normal(0, 0.7, shape) for name, shape in shapes.items()}
    drawn["words"][0] = 0
    return drawn


TOKENS = np.array([[1, 2, 3, 4], [5, 6, 0, 0], [7, 0, 0, 0], [2, 2, 8, 0]])
TARGETS = np.array([[0, 1], [1, 0], [0.3, 0.6], [1, 1]])


def loss(weights):
    answers = forward(weights, TOKENS).answers
    return float((np.logaddexp(0, answers) - TARGETS * answers).sum())


def test_gradients_are_those_of_the_loss(weights):
    step = forward(weights, TOKENS)
    errors = 1 / (1 + np.exp(-step.answers)) - TARGETS
    gradients, used, of_words = backward(weights, step, errors)
    gradients["words"] = np.zeros_like(weights["words"])
    gradients["words"][used] = of_words
    for name, array in weights.items():
        place = tuple(np.array(array.shape) - 1)
        moved = {}
        for by in (-1e-5, 1e-5):
            changed = array.copy()
            changed[place] += by
            moved[by] = loss({**weights, name: changed})
        slope = (moved[1e-5] - moved[-1e-5]) / 2e-5
        assert gradients[name][place] == pytest.approx(slope, abs=1e-4), name


def test_what_is_left_out_is_made_up_for(weights):
    mask = network_pass._mask((2000, 1), np.random.default_rng(1))
    assert set(np.unique(mask.round(3))) == {0, 1.25}
    assert mask.mean() == pytest.approx(1, abs=0.05)


def test_rare_words_are_not_known_and_leave_no_gap():
    vocabulary = known_words(["buy it"] * 5 + ["sell it"])
    assert len(vocabulary.buckets) == 2
    words, ends = read_words(["sell it", "buy it", "sell"], vocabulary)
    assert ends.tolist() == [1, 3, 3]
    assert words[0] == words[2]


def test_a_network_learns_the_order_of_words(monkeypatch):
    monkeypatch.setattr(network, "_ROUNDS", 40)
    monkeypatch.setattr(network, "_BATCH", 16)
    texts = ["did you get it", "you did get it"] * 60
    vocabulary = known_words(texts)
    targets = np.zeros((len(texts), len(HEADS) + 2), np.float32)
    targets[::2, 0] = 1
    lessons = Lessons(
        *read_words(texts, vocabulary), targets, np.ones(len(texts), np.float32),
        np.full((len(texts), 3), np.nan, np.float32),
    )  # fmt: skip
    arrays = network.train_network(lessons, vocabulary, seed=0)
    said = ask(texts[:2], arrays)
    assert said.shape == (2, len(HEADS))
    assert said[0, 0] > 0 > said[1, 0]


def test_a_hint_pulls_where_there_is_one():
    learnt = np.float32([[0, 2, 2], [0, 2, 2]])
    hints = np.float32([[1, 2], [np.nan, np.nan]])
    lessons = Lessons(
        np.zeros(0, int), np.zeros(2, int), np.float32([[0.5], [1]]), np.ones(2, np.float32), hints
    )
    errors = network._errors(learnt, lessons, np.arange(2)) * 2
    assert errors[0].tolist() == pytest.approx([0, network._HINTED, 0])
    assert errors[1].tolist() == pytest.approx([-0.5, 0, 0])


def test_a_rounded_network_says_nearly_what_was_trained():
    chance = np.random.default_rng(3)
    vocabulary = known_words(["one two three four five six"] * 5)
    weights = network._first_weights(6, len(HEADS), chance)
    weights["filters_bias"] += 0.1
    arrays = network.round_weights(vocabulary.buckets, weights)
    texts = ["one two three", "six one", "four", ""]
    words, ends = read_words(texts, vocabulary)
    tokens = np.zeros((4, 3), int)
    for row, (first, last) in enumerate(zip([0, *ends[:-1]], ends, strict=True)):
        tokens[row, : last - first] = words[first:last]
    assert ask(texts, arrays) == pytest.approx(forward(weights, tokens).answers, abs=0.02)
