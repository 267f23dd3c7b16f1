# ruff: noqa: PLR0917 - numba kernels take every array by position
"""Reads comments as rows of words and asks a small network; weights: :mod:`sentiment.network`.

References
----------
Kim, "Convolutional neural networks for sentence classification" (2014).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sentiment.kernel import hashing as h
from sentiment.kernel.alphabet import load_alphabet
from sentiment.kernel.compiling import compiled, inlined
from sentiment.kernel.features import list_features, walk
from sentiment.kernel.hashing import Value, new_row
from sentiment.kernel.rows import LINE, WIDE, add_line, weigh_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 64
"""Words of a comment that the network reads; a Chinese character counts alone and with the one
before it, a mark alone and in its run."""

WINDOW = 3
"""Words a filter sees: one, its neighbour before and its neighbour after."""


class Layers(NamedTuple):
    """What the network weighs.

    Attributes
    ----------
    numbers : ndarray of uint16, shape (N_BUCKETS,)
        Number of the word in a bucket, from 1; 0 for words that are not known.
    products : ndarray of int8, shape (WINDOW * (n_words + 1), multiple of LINE)
        What each word adds to each filter before, at and after it; rows 0 to 2 are zero.
    bias, steps : ndarray of int16 and of float32, shape (n_filters,)
        What filters add in every place, and what one unit of them is.
    hidden : ndarray of float32, shape (n_filters + 1, WIDE)
        The last row is added always.
    answers : ndarray of float32, shape (WIDE + 1, n_answers)
        The last row is added always.
    """

    numbers: NDArray[np.uint16]
    products: NDArray[np.int8]
    bias: NDArray[np.int16]
    steps: NDArray[np.float32]
    hidden: NDArray[np.float32]
    answers: NDArray[np.float32]


@inlined
def _known_words(row: Value, numbers: Value, read: Value) -> Value:
    """Put the numbers of the words of a comment into ``read`` from place 1 on; return how many."""
    n = 0
    for i in range(row.state[h.N_WORDS]):
        number = numbers[row.words[i]]
        if number and n < LONGEST:
            n += 1
            read[n] = number
    read[n + 1] = 0
    return n


@inlined
def _convolve(
    read: Value, n: Value, products: Value, bias: Value, rows: Value, sums: Value, best: Value
) -> Value:
    """Run the filters over the words and keep the largest of each that is above zero."""
    best[:] = 0
    for i in range(1, n + 1):
        for k in range(WINDOW):
            rows[k] = np.uint32(read[i + k - 1]) * WINDOW + k
        for c in range(sums.shape[0]):
            sums[c] = bias[c]
        for first in range(0, sums.shape[0], LINE):
            add_line(products, rows, WINDOW, first, sums)  # type: ignore[call-arg]
        for c in range(sums.shape[0]):
            best[c] = max(best[c], sums[c])


@compiled
def _answer(
    data: Value, offsets: Value, chosen: Value, alphabet: Value, negators: Value, row: Value,
    layers: Value, scratch: Value, out: Value,
) -> Value:  # fmt: skip
    numbers, products, bias, steps, hidden, answers = layers
    read, rows, sums, best, live, pooled, units = scratch
    for at in range(len(chosen)):
        i = chosen[at]
        walk(data, offsets[i], offsets[i + 1], alphabet, negators, row, None)
        n = _known_words(row, numbers, read)
        _convolve(read, n, products, bias, rows, sums, best)
        n = 0
        for c in range(steps.shape[0]):
            live[n] = c
            pooled[n] = np.float32(best[c]) * steps[c]
            n += best[c] > 0
        live[n] = steps.shape[0]
        pooled[n] = 1
        weigh_rows(hidden, live, pooled, n + 1, units)  # type: ignore[call-arg]
        for k in range(hidden.shape[1]):
            units[k] = max(units[k], np.float32(0))
        for k in range(answers.shape[1]):
            out[at, k] = answers[-1, k]
        for j in range(hidden.shape[1]):
            for k in range(answers.shape[1]):
                out[at, k] += units[j] * answers[j, k]


def ask_network(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    rows: NDArray[np.int64],
    negators: NDArray[np.uint64],
    layers: Layers,
) -> NDArray[np.float32]:
    """Return what the network says of some comments, as log odds of each answer.

    Parameters
    ----------
    data, offsets, negators
        As in :func:`sentiment.kernel.features.list_features`.
    rows : ndarray of int64, shape (n,)
        Which comments to read.
    layers : Layers

    Returns
    -------
    ndarray of float32, shape (n, n_answers)
    """
    n_filters = len(layers.steps)
    scratch = (
        np.zeros(LONGEST + 2, np.uint16), np.zeros(WINDOW, np.uint32),
        np.zeros(n_filters, np.int16), np.zeros(n_filters, np.int16),
        np.zeros(n_filters + 1, np.uint32), np.zeros(n_filters + 1, np.float32),
        np.zeros(WIDE, np.float32),
    )  # fmt: skip
    out = np.empty((len(rows), layers.answers.shape[1]), np.float32)
    _answer(
        data, offsets, rows, load_alphabet(), negators, new_row(words_only=True), tuple(layers),
        scratch, out,
    )  # fmt: skip
    return out


def list_words(
    data: NDArray[np.uint8], offsets: NDArray[np.int64], negators: NDArray[np.uint64]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the buckets of the words of every comment in their order, and where each ends."""
    features = list_features(data, offsets, negators, words_only=True)
    n_facts = features.ends[:, h.FACT_BLOCK] - features.ends[:, h.LETTER_BLOCK]
    words = features.buckets[features.buckets < h.N_HASHED]
    return words, features.ends[:, h.WORD_BLOCK] - (np.cumsum(n_facts) - n_facts)
