# ruff: noqa: PLR0917 - numba kernels take every array by position
"""Adds up the weights of every head while a comment is read; weights: :mod:`sentiment.table`."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from sentiment.kernel import hashing as h
from sentiment.kernel.alphabet import load_alphabet
from sentiment.kernel.compiling import compiled, inlined
from sentiment.kernel.features import walk
from sentiment.kernel.hashing import N_STATS, Value, new_row
from sentiment.kernel.memory import new_memory
from sentiment.kernel.rows import LINE, add_line

if TYPE_CHECKING:
    from numpy.typing import NDArray


@inlined
def _sum_block(buckets: Value, count: Value, places: Value, cells: Value, sums: Value) -> Value:
    """Add up the table rows of one block."""
    for i in range(count):  # first where the rows are, so that the loads below overlap
        buckets[i] = places[buckets[i]]
    sums[:] = 0
    for first in range(0, sums.shape[0], LINE):
        add_line(cells, buckets, count, first, sums)  # type: ignore[call-arg]


@inlined
def _add_block(sums: Value, block: Value, scale: Value, scores: Value) -> Value:
    """Add the sums of a block to the scores, divided by its length unless it is the facts."""
    norm = np.float32(1.0)
    if block != h.FACT_BLOCK:
        norm = np.float32(1.0) / np.sqrt(np.float32(max(sums[0], 1)))
    for head in range(scores.shape[0]):
        scores[head] += np.float32(sums[head + 1]) * norm * scale[block, head]


@compiled
def _score(
    data: Value,
    offsets: Value,
    alphabet: Value,
    negators: Value,
    row: Value,
    memory: Value,
    places: Value,
    cells: Value,
    scale: Value,
    sums: Value,
    scores: Value,
    stats: Value,
) -> Value:
    state, total, known = row.state, memory.total, (memory, places, cells)
    for i in range(len(offsets) - 1):
        total[:] = 0
        walk(data, offsets[i], offsets[i + 1], alphabet, negators, row, known)
        for column in range(stats.shape[1]):
            stats[i, column] = row.stats[column]
        of_row = scores[i]
        of_row[:] = 0
        _sum_block(row.words, state[h.N_WORDS], places, cells, sums)
        _add_block(sums, h.WORD_BLOCK, scale, of_row)
        _sum_block(row.letters, state[h.N_LETTERS], places, cells, sums)
        for column in range(sums.shape[0]):
            total[column] += sums[column]
        _add_block(total, h.LETTER_BLOCK, scale, of_row)
        _sum_block(row.facts, state[h.N_ROW_FACTS], places, cells, sums)
        _add_block(sums, h.FACT_BLOCK, scale, of_row)


_kept = threading.local()


def _memory_of(cells: NDArray[np.int8]) -> Value:
    """Return the memory of this thread for a table: it holds what would be added up anyway.

    Learning the frequent words anew took a twentieth of the time of a batch.
    """
    if getattr(_kept, "cells", None) is not cells:
        _kept.cells, _kept.memory = cells, new_memory(cells.shape[1])
    return _kept.memory


def score_rows(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    *,
    negators: NDArray[np.uint64],
    places: NDArray[np.uint32],
    cells: NDArray[np.int8],
    scale: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Score every row for every head in one pass.

    Parameters
    ----------
    data, offsets, negators
        As in :func:`sentiment.kernel.features.list_features`.
    places : ndarray of uint32, shape (N_BUCKETS,)
        Row of ``cells`` that belongs to a bucket; 0 for a bucket nobody needs.
    cells : ndarray of int8, shape (n_kept + 1, 1 + n_heads or more)
        Column 0 the squared importance of the bucket, then one column per head; row 0 is zero.
    scale : ndarray of float32, shape (3, n_heads)
        What one unit of each head weighs in the word, letter and fact block.

    Returns
    -------
    scores : ndarray of float32, shape (n_rows, n_heads)
        Sum over blocks of scale * sum of weights / sqrt(sum of squared importance); facts are
        not divided.
    stats : ndarray of int32, shape (n_rows, N_STATS)
        Facts of each row.
    """
    n_rows = len(offsets) - 1
    scores = np.empty((n_rows, scale.shape[1]), np.float32)
    stats = np.empty((n_rows, N_STATS), np.int32)
    alphabet, row = load_alphabet(), new_row()
    memory, sums = _memory_of(cells), np.empty(cells.shape[1], np.int32)
    _score(
        data, offsets, alphabet, negators, row, memory, places, cells, scale, sums, scores, stats
    )
    return scores, stats
