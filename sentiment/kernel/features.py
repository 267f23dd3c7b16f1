# ruff: noqa: PLR0917 - numba kernels take every array by position
"""One pass over UTF-8 bytes that hashes comments into the features every linear head reads.

:func:`list_features` emits bucket numbers for training, :func:`trace_text` says where in a text
each feature came from; :mod:`sentiment.kernel.scoring` adds up table rows in the same pass. Tokens
are read in :mod:`sentiment.kernel.tokens` and :mod:`sentiment.kernel.signs`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sentiment.kernel import hashing as h
from sentiment.kernel.alphabet import (
    EMOJI,
    HAN,
    OPAQUE,
    SCRIPT_SHIFT,
    load_alphabet,
)
from sentiment.kernel.compiling import compiled, inlined
from sentiment.kernel.hashing import N_HASHED, N_STATS, Value, add, mix, new_row
from sentiment.kernel.signs import read_emoji, read_han, read_marks, read_name
from sentiment.kernel.tokens import ALNUM, IN_MARKS, is_in, kind_of, look, read_word, scan_word
from sentiment.kernel.words import leading_zeros

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TEXT_EDGE = np.uint64(0xA4)
_SPACE = 0x20
_CLAUSE_ENDS = (0x21, 0x2E, 0x3F, 0x2C, 0x3B, 0xFF01, 0xFF0C, 0x3002, 0xFF1F)


class Features(NamedTuple):
    """The features of a batch as bucket numbers, row after row.

    Attributes
    ----------
    buckets : ndarray of uint32
        For each row its word block, then its letter block, then its facts; repeats stay.
    ends : ndarray of int64, shape (n_rows, 3)
        Where the three blocks of each row end in ``buckets``.
    stats : ndarray of int32, shape (n_rows, N_STATS)
        Facts of each row: counts and letters per script (see ``sentiment.kernel.hashing``).
    """

    buckets: NDArray[np.uint32]
    ends: NDArray[np.int64]
    stats: NDArray[np.int32]


@inlined
def _level(count: Value) -> Value:
    """Return 0, 1, 2, 3, 4 ... 7 for 0, 1, 2, 3-4, 5-8 ... 33 and more."""
    if count <= 2:
        return np.int64(count)
    return min(7, 65 - leading_zeros(np.uint64(count - 1)))


@inlined
def _add_facts(row: Value) -> Value:
    """Turn the counts of a row into fact buckets: one per count and level, length, script."""
    stats, facts, n = row.stats, row.facts, 1
    facts[0] = N_HASHED  # always there: the intercept
    for column in range(h.SCRIPT_0):
        facts[n] = N_HASHED + 8 + column * 8 + _level(stats[column])
        n += 1
    length = min(11, 63 - leading_zeros(np.uint64(max(stats[h.CODEPOINTS], 1))))
    script = 0
    for other in range(1, N_STATS - h.SCRIPT_0):
        if stats[h.SCRIPT_0 + other] > stats[h.SCRIPT_0 + script]:
            script = other
    facts[n] = N_HASHED + 152 + length
    facts[n + 1] = N_HASHED + 168 + (script if stats[h.SCRIPT_0 + script] else 0)
    if stats[h.SCRIPT_0 + script] == 0:
        facts[n + 2] = N_HASHED + 184 + (stats[h.EMOJIS] > 0) + 2 * (stats[h.MENTIONS] > 0)
        n += 1
    row.state[h.N_ROW_FACTS] = n + 2


@inlined
def _step(
    data: Value,
    at: Value,
    stop: Value,
    alphabet: Value,
    negators: Value,
    row: Value,
    sums: Value,
) -> Value:
    """Read whatever starts at a byte and return the byte after it."""
    code, entry, after = look(data, at, stop, alphabet)
    what = kind_of(entry)
    if is_in(entry, ALNUM):
        return read_word(data, at, stop, alphabet, negators, row, sums)
    if what == EMOJI:
        return read_emoji(code, at, after, row)
    if what == HAN:
        return read_han(data, at, stop, alphabet, row)
    if code == 64:
        return read_name(data, at, stop, alphabet, row)
    if is_in(entry, IN_MARKS):
        row.stats[h.HASHTAGS] += code == 35
        if code in _CLAUSE_ENDS:
            row.state[h.REACH] = 0
        return read_marks(data, at, stop, alphabet, row)
    row.stats[h.LINES] += code == 10
    if what == OPAQUE:
        row.stats[h.CODEPOINTS] += 1
        row.stats[h.SCRIPT_0 + (entry >> SCRIPT_SHIFT)] += 1
    return after


@compiled
def walk(
    data: Value,
    first: Value,
    last: Value,
    alphabet: Value,
    negators: Value,
    row: Value,
    sums: Value,
) -> Value:
    """Read one comment into ``row``.

    ``sums`` is None, or (memory, places, cells): the n-grams of most words then go into
    ``memory.total``, added up, and not into ``row.letters``.
    """
    state = row.state
    state[:] = 0
    row.stats[:] = 0
    state[h.PREVIOUS] = np.int64(_TEXT_EDGE)
    state[h.PREVIOUS_AT] = first
    stop = min(last, first + h.MAX_BYTES)
    at = first
    while at < stop:
        if data[at] == _SPACE:
            at += 1
        else:
            at = _step(data, at, stop, alphabet, negators, row, sums)
    if state[h.N_WORDS]:
        edge = mix(np.uint64(state[h.PREVIOUS]) ^ h.PAIR_SEED, _TEXT_EDGE)
        add(edge, h.PAIR, state[h.PREVIOUS_AT], stop, row)
    _add_facts(row)


@inlined
def _copy(source: Value, count: Value, buckets: Value, n: Value) -> Value:
    for i in range(min(count, len(buckets) - n)):
        buckets[n + i] = source[i]
    return n + count


@compiled
def _emit(
    data: Value,
    offsets: Value,
    alphabet: Value,
    negators: Value,
    row: Value,
    buckets: Value,
    ends: Value,
    stats: Value,
) -> Value:
    """Fill ``ends`` and ``stats``, and ``buckets`` as far as it has room; return the need."""
    n = 0
    state = row.state
    for i in range(len(offsets) - 1):
        walk(data, offsets[i], offsets[i + 1], alphabet, negators, row, None)
        for column in range(stats.shape[1]):
            stats[i, column] = row.stats[column]
        n = _copy(row.words, state[h.N_WORDS], buckets, n)
        ends[i, h.WORD_BLOCK] = n
        n = _copy(row.letters, state[h.N_LETTERS], buckets, n)
        ends[i, h.LETTER_BLOCK] = n
        n = _copy(row.facts, state[h.N_ROW_FACTS], buckets, n)
        ends[i, h.FACT_BLOCK] = n
    return n


def list_features(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    negators: NDArray[np.uint64],
    *,
    words_only: bool = False,
) -> Features:
    """Return the features of every row, for training.

    Parameters
    ----------
    data, offsets : ndarray of uint8, ndarray of int64 of shape (n_rows + 1,)
        Rows as in :func:`sentiment.kernel.arrow.text_buffers`.
    negators : ndarray of uint64
        Table made by :func:`hash_table`.
    words_only : bool
        Leave out pairs and letters, see :func:`sentiment.kernel.hashing.new_row`.
    """
    n_rows = len(offsets) - 1
    ends, stats = np.empty((n_rows, 3), np.int64), np.empty((n_rows, N_STATS), np.int32)
    alphabet, row = load_alphabet(), new_row(words_only=words_only)
    empty = np.empty(0, np.uint32)
    n = _emit(data, offsets, alphabet, negators, row, empty, ends, stats)
    buckets = np.empty(n, np.uint32)
    _emit(data, offsets, alphabet, negators, row, buckets, ends, stats)
    return Features(buckets, ends, stats)


def trace_text(data: NDArray[np.uint8], negators: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return (bucket, block, kind, first byte, last byte) of every hashed feature of one text."""
    row = new_row(traced=True)
    walk(data, 0, len(data), load_alphabet(), negators, row, None)
    spans: NDArray[np.int64] = row["spans"][: row["state"][h.TRACED]].copy()
    return spans


@compiled
def _hash_words(data: Value, offsets: Value, alphabet: Value, row: Value, hashes: Value) -> Value:
    for i in range(len(offsets) - 1):
        at, word, _, hashed = scan_word(data, offsets[i], offsets[i + 1], alphabet, row)
        if at == offsets[i + 1] and word[0]:
            hashes[i] = hashed


def hash_words(data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return the hash of each row read as one word; 0 for a row that is not exactly one word."""
    hashes = np.zeros(len(offsets) - 1, np.uint64)
    _hash_words(data, offsets, load_alphabet(), new_row(), hashes)
    return hashes
