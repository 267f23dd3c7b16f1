"""The network in the kernel says what its layers say, whatever stands around a comment."""

from __future__ import annotations

import numpy as np
import pytest

from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.hashing import N_BUCKETS
from sentiment.kernel.network import LONGEST, Layers, ask_network, list_words
from sentiment.kernel.rows import LINE, WIDE
from sentiment.negators import negator_table

N_FILTERS = LINE  # of which the first two do something


def words_of(*texts):
    return list_words(*text_buffers(text_array(list(texts))), negator_table())


def layers_for(*words):
    """Filter k adds up k + 1 in the place of the window where word k is known."""
    buckets, _ = words_of(" ".join(words))
    numbers = np.zeros(N_BUCKETS, np.uint16)
    numbers[buckets] = np.arange(1, len(words) + 1)
    products = np.zeros((3 * (len(words) + 1), N_FILTERS), np.int8)
    products[3 * 1 + 0, 0] = 5  # the first word before the middle
    products[3 * 2 + 1, 0] = 7  # the second word in it
    products[3 * 2 + 2, 1] = 3  # the second word after it
    bias = np.full(N_FILTERS, -6, np.int16)
    hidden = np.zeros((N_FILTERS + 1, WIDE), np.float32)
    hidden[0, 0], hidden[1, 1], hidden[-1, :2] = 1, 1, 0.25
    answers = np.zeros((WIDE + 1, 2), np.float32)
    answers[0, 0], answers[1, 1], answers[-1] = 1, 1, (0.5, -0.5)
    return Layers(numbers, products, bias, np.full(N_FILTERS, 0.5, np.float32), hidden, answers)


def ask(layers, *texts):
    rows = np.arange(len(texts))
    return ask_network(*text_buffers(text_array(list(texts))), rows, negator_table(), layers)


def test_words_are_listed_without_pairs_and_letters():
    buckets, ends = words_of("buy it", "buy", "")
    assert ends.tolist() == [2, 3, 3]
    assert buckets[0] == buckets[2]


def test_a_filter_sees_words_in_their_order():
    layers = layers_for("where", "buy")
    # where buy: 5 + 7 - 6 = 6 units of a half; buy where: 7 - 6 = 1 unit
    said = ask(layers, "where buy", "buy where")
    assert said[:, 0].tolist() == [3 + 0.25 + 0.5, 0.5 + 0.25 + 0.5]


def test_unknown_words_stand_nowhere():
    layers = layers_for("where", "buy")
    assert ask(layers, "where zzz buy")[0].tolist() == ask(layers, "where buy")[0].tolist()


def test_no_known_word_leaves_the_constants():
    assert ask(layers_for("where", "buy"), "", "zzz").tolist() == [[0.75, -0.25]] * 2


@pytest.mark.parametrize("others", [(), ("buy buy buy",), ("", "where", "x" * 500)])
def test_other_comments_change_nothing(others):
    layers = layers_for("where", "buy")
    assert ask(layers, *others, "where buy")[-1].tolist() == ask(layers, "where buy")[0].tolist()


def test_only_the_chosen_rows_are_read():
    layers = layers_for("where", "buy")
    data, offsets = text_buffers(text_array(["where", "where buy", "buy"]))
    said = ask_network(data, offsets, np.array([1]), negator_table(), layers)
    assert said.tolist() == ask(layers, "where buy").tolist()


def test_words_beyond_the_longest_are_not_read():
    layers = layers_for("where", "buy", "red", "blue")
    filled = "red blue " * (LONGEST // 2)
    just_read, too_late = filled.removesuffix("red blue ") + "where buy", filled + "where buy"
    nothing = ask(layers, filled)[0].tolist()
    assert ask(layers, just_read)[0].tolist() != nothing
    assert ask(layers, too_late)[0].tolist() == nothing
