"""Hashing, and the working memory of one comment, for the feature kernel."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sentiment.kernel.alphabet import SCRIPTS

HASH_BITS = 18
N_HASHED = 1 << HASH_BITS
N_FACTS = 256
N_BUCKETS = N_HASHED + N_FACTS
"""Buckets ``N_HASHED`` and above are facts such as length; no two features share one of them."""

MAX_BYTES = 8192
"""Bytes of a comment that give features; what follows cannot change its scores."""
_CAPACITY = 6 * MAX_BYTES + 64
_LONGEST_WORD = 40

# Facts that come back for every row (int32): counts, then letters per script.
(
    CODEPOINTS, WORDS, EMOJIS, MENTIONS, HASHTAGS, LINKS, EXCLAIMS, QUESTIONS, CAPITALS, STRETCHES,
    NUMBERS, NEGATORS, LINES, FIRST_MENTION, ELLIPSES, MARKS, SCRIPT_0,
) = range(17)  # fmt: skip
N_STATS = SCRIPT_0 + len(SCRIPTS)
"""Columns of the facts: counts in the order above, then letters per script (``SCRIPTS``)."""

# Kinds of feature, for tracing.
WORD, PAIR, NEGATED, PICTURE, MARK, SIGN, HAN_GRAM, GRAM = range(8)
KIND_NAMES = ("word", "pair", "negated", "emoji", "mark", "sign", "character", "letters")

# Blocks of features; each is scaled to unit length on its own.
WORD_BLOCK, LETTER_BLOCK, FACT_BLOCK = range(3)

# Cells of ``Row.state``; the first three count the features of the blocks.
N_WORDS, N_LETTERS, N_ROW_FACTS, PREVIOUS, PREVIOUS_AT, REACH, LAST_EMOJI, RUN, TRACED = range(9)

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_BUCKET_SHIFT = np.uint64(64 - HASH_BITS)
_FOLD_SHIFT = np.uint64(29)
_WORD_SEED = np.uint64(0x1234567)
_PAIR_SEED = np.uint64(0x5151)


class Row(NamedTuple):
    """Working memory for one comment at a time, used again for every row.

    ``words``, ``letters`` and ``facts`` hold bucket numbers; ``codes`` and ``starts`` the folded
    code points and byte positions of the current word; ``stats`` the facts of the row; ``spans``
    (bucket, block, kind, first byte, last byte) per feature, or no rows when nobody asks.
    """

    state: NDArray[np.int64]
    words: NDArray[np.uint32]
    letters: NDArray[np.uint32]
    facts: NDArray[np.uint32]
    codes: NDArray[np.int64]
    starts: NDArray[np.int64]
    stats: NDArray[np.int32]
    spans: NDArray[np.int64]


def new_row(*, traced: bool = False) -> Row:
    """Allocate working memory (0.4 MB; 4 MB more when traced)."""
    return Row(
        np.zeros(9, np.int64),
        np.zeros(_CAPACITY, np.uint32),
        np.zeros(_CAPACITY, np.uint32),
        np.zeros(32, np.uint32),
        np.zeros(_LONGEST_WORD, np.int64),
        np.zeros(_LONGEST_WORD, np.int64),
        np.zeros(N_STATS, np.int32),
        np.zeros((2 * _CAPACITY if traced else 0, 5), np.int64),
    )


@njit(cache=True, nogil=True)
def mix(seed, value):  # type: ignore[no-untyped-def]  # numba infers the types
    """Fold one more value into a running 64-bit hash."""
    mixed = (np.uint64(seed) ^ np.uint64(value)) * _PRIME
    return mixed ^ (mixed >> _FOLD_SHIFT)


@njit(cache=True, nogil=True)
def add(hashed, block, kind, first, last, row):  # type: ignore[no-untyped-def]
    """Append one feature to its block and, when tracing, remember where it came from."""
    state = row.state
    bucket = np.uint32((hashed * _PRIME) >> _BUCKET_SHIFT)
    if block == WORD_BLOCK:
        row.words[state[N_WORDS]] = bucket
        state[N_WORDS] += 1
    else:
        row.letters[state[N_LETTERS]] = bucket
        state[N_LETTERS] += 1
    if row.spans.shape[0]:
        span = row.spans[state[TRACED]]
        span[0], span[1], span[2], span[3], span[4] = bucket, block, kind, first, last
        state[TRACED] += 1


@njit(cache=True, nogil=True)
def add_token(hashed, kind, first, last, row):  # type: ignore[no-untyped-def]
    """Add a token and the pair it forms with the token before it."""
    state = row.state
    add(hashed, WORD_BLOCK, kind, first, last, row)
    pair = mix(np.uint64(state[PREVIOUS]) ^ _PAIR_SEED, hashed)
    add(pair, WORD_BLOCK, PAIR, state[PREVIOUS_AT], last, row)
    state[PREVIOUS] = np.int64(hashed)
    state[PREVIOUS_AT] = first


@njit(cache=True, nogil=True)
def hash_codes(codes, length):  # type: ignore[no-untyped-def]
    """Return the hash of a word given as folded code points."""
    hashed = _WORD_SEED
    for i in range(length):
        hashed = mix(hashed, codes[i])
    return hashed


@njit(cache=True, nogil=True)
def is_listed(hashed, table):  # type: ignore[no-untyped-def]
    """Tell whether a hash is in an open-addressing table whose size is a power of two."""
    last = np.uint64(len(table) - 1)
    at = hashed & last
    while table[at] != 0:
        if table[at] == hashed:
            return True
        at = (at + np.uint64(1)) & last
    return False
