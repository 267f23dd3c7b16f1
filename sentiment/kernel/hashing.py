# ruff: noqa: PLR0917 - numba kernels take every array by position
"""Hashing, and the working memory of one comment, for the feature kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from sentiment.kernel.alphabet import SCRIPTS
from sentiment.kernel.compiling import inlined

if TYPE_CHECKING:
    from numpy.typing import NDArray

Value: TypeAlias = Any
"""An argument of an inner kernel; numba compiles it for the exact type of each call."""

HASH_BITS = 20
N_HASHED = 1 << HASH_BITS
N_FACTS = 256
N_BUCKETS = N_HASHED + N_FACTS
"""Buckets ``N_HASHED`` and above are facts such as length; no two features share one of them."""

MAX_BYTES = 8192
"""Bytes of a comment that give features; what follows cannot change its scores."""
_CAPACITY = 6 * MAX_BYTES + 64
LONGEST_WORD = 40
LONGEST_GRAM = 5

# Facts that come back for every row (int32): counts, then letters per script.
(
    CODEPOINTS, WORDS, EMOJIS, MENTIONS, HASHTAGS, LINKS, EXCLAIMS, QUESTIONS, CAPITALS, STRETCHES,
    NUMBERS, NEGATORS, LINES, FIRST_MENTION, ELLIPSES, MARKS, SCRIPT_0,
) = range(17)  # fmt: skip
N_STATS = SCRIPT_0 + len(SCRIPTS)
"""Columns of the facts: counts in the order above, then letters per script (``SCRIPTS``)."""

# Kinds of feature, for tracing.
WORD, PAIR, NEGATED, PICTURE, MARK, SIGN, HAN_GRAM, GRAM = range(8)
_BESIDE_WORDS = (PAIR, NEGATED)
KIND_NAMES = ("word", "pair", "negated", "emoji", "mark", "sign", "character", "letters")

# Blocks of features; each is scaled to unit length on its own.
WORD_BLOCK, LETTER_BLOCK, FACT_BLOCK = range(3)

# Cells of ``state``; the first three count the features of the blocks.
N_WORDS, N_LETTERS, N_ROW_FACTS, PREVIOUS, PREVIOUS_AT, REACH, LAST_EMOJI, RUN, TRACED = range(9)

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_BUCKET_SHIFT = np.uint64(64 - HASH_BITS)
_FOLD_SHIFT = np.uint64(29)
WORD_SEED = np.uint64(0x1234567)
PAIR_SEED = np.uint64(0x5151)
_GRAM_SEED = np.uint64(0x12345DE)
_EDGE = np.uint64(32)  # the space on both sides of a word counts as a character


def new_row(*, traced: bool = False, words_only: bool = False) -> Value:
    """Allocate working memory for one comment at a time, used again for every row.

    Returns
    -------
    numpy.void
        One record, because numba passes a record as a single pointer. ``words``, ``letters`` and
        ``facts`` hold bucket numbers; ``codes`` and ``starts`` the folded code points (between
        two edges, with room to read on) and byte positions of the current word; ``stats`` the
        facts of the row; ``spans`` (bucket, block, kind, first byte, last byte) per feature, one
        row when nobody asks. With ``words_only`` the word block holds no pairs of tokens and no
        negated words, but marks, their runs, and Chinese characters alone and in twos as they come;
        the letter block stays empty.
    """
    layout = [
        ("state", np.int64, 9),
        ("words", np.uint32, _CAPACITY),
        ("letters", np.uint32, 1 if words_only else _CAPACITY),
        ("facts", np.uint32, 32),
        ("codes", np.uint64, LONGEST_WORD + 2 + LONGEST_GRAM),
        ("starts", np.int64, LONGEST_WORD + 2),
        ("stats", np.int32, N_STATS),
        ("spans", np.int64, (2 * _CAPACITY if traced else 2, 5)),
    ]
    return np.zeros(1, layout)[0]


@inlined
def mix(seed: Value, value: Value) -> Value:
    """Fold one more value into a running 64-bit hash."""
    mixed = (np.uint64(seed) ^ np.uint64(value)) * _PRIME
    return mixed ^ (mixed >> _FOLD_SHIFT)


@inlined
def bucket_of(hashed: Value) -> Value:
    """Return the bucket of a hash."""
    return np.uint32((hashed * _PRIME) >> _BUCKET_SHIFT)


@inlined
def trace(bucket: Value, block: Value, kind: Value, first: Value, last: Value, row: Value) -> Value:
    """Remember where a feature came from, if there is room to trace."""
    if row.spans.shape[0] > 2:
        n = row.state[TRACED]
        row.spans[n, 0] = bucket
        row.spans[n, 1] = block
        row.spans[n, 2] = kind
        row.spans[n, 3] = first
        row.spans[n, 4] = last
        row.state[TRACED] = n + 1


@inlined
def reads_all(row: Value) -> Value:
    """Tell whether a row takes pairs and letters; the compiler knows, so asking costs nothing."""
    return row.letters.shape[0] > 1


@inlined
def add(hashed: Value, kind: Value, first: Value, last: Value, row: Value) -> Value:
    """Append one feature to the word block."""
    if kind in _BESIDE_WORDS and not reads_all(row):
        return
    bucket = bucket_of(hashed)
    n = row.state[N_WORDS]
    row.words[n] = bucket
    row.state[N_WORDS] = n + 1
    trace(bucket, WORD_BLOCK, kind, first, last, row)


@inlined
def add_letters(hashed: Value, kind: Value, first: Value, last: Value, row: Value) -> Value:
    """Append one feature to the letter block."""
    if not reads_all(row):
        return
    bucket = bucket_of(hashed)
    n = row.state[N_LETTERS]
    row.letters[n] = bucket
    row.state[N_LETTERS] = n + 1
    trace(bucket, LETTER_BLOCK, kind, first, last, row)


@inlined
def add_grams(codes: Value, length: Value, letters: Value, n: Value) -> Value:
    """Append the n-grams, 2 to 5 characters, of a word between its edges; return the new end."""
    codes[0] = _EDGE
    codes[length + 1] = _EDGE
    for i in range(length + 1):
        # Always four, of which the next start overwrites those that reach past the word: a
        # loop of varying length costs more.
        hashed = mix(mix(_GRAM_SEED, codes[i]), codes[i + 1])
        letters[n] = bucket_of(hashed)
        hashed = mix(hashed, codes[i + 2])
        letters[n + 1] = bucket_of(hashed)
        hashed = mix(hashed, codes[i + 3])
        letters[n + 2] = bucket_of(hashed)
        hashed = mix(hashed, codes[i + 4])
        letters[n + 3] = bucket_of(hashed)
        n += min(LONGEST_GRAM - 1, length + 1 - i)
    return n


@inlined
def add_token(hashed: Value, kind: Value, first: Value, last: Value, row: Value) -> Value:
    """Add a token and the pair it forms with the token before it."""
    state = row.state
    add(hashed, kind, first, last, row)
    pair = mix(np.uint64(state[PREVIOUS]) ^ PAIR_SEED, hashed)
    add(pair, PAIR, state[PREVIOUS_AT], last, row)
    state[PREVIOUS] = np.int64(hashed)
    state[PREVIOUS_AT] = first


@inlined
def is_listed(hashed: Value, table: Value) -> Value:
    """Tell whether a hash is in an open-addressing table whose size is a power of two."""
    last = np.uint64(len(table) - 1)
    at = hashed & last
    while table[at] != 0:
        if table[at] == hashed:
            return True
        at = (at + np.uint64(1)) & last
    return False


def hash_table(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Put hashes into an open-addressing table at most a quarter full; 0 marks a free cell."""
    size = 1 << max(4, int(4 * len(hashes)).bit_length())
    table = np.zeros(size, np.uint64)
    for hashed in np.unique(hashes[hashes != 0]):
        at = int(hashed) & (size - 1)
        while table[at]:
            at = (at + 1) & (size - 1)
        table[at] = hashed
    return table
