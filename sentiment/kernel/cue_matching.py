# ruff: noqa: PLR0917 - numba kernels take every array by position
"""Matches one cue pattern against the words of a comment, with the result spaCy's Matcher has.

Words come as numbers, -1 for those no cue knows. What a match means for the comment is in
:mod:`sentiment.kernel.cue_finding`; the tables are built in :mod:`sentiment.cue_tables`.
"""

from __future__ import annotations

import numpy as np

from sentiment.kernel.compiling import Value, inlined
from sentiment.kernel.cue_tokens import LONGEST, next_token
from sentiment.kernel.words import trailing_zeros

MOST_PLACES = 63
"""Most tokens one match may have: the places it can reach are the bits of one number."""

GAP, FIRST_WORD = -1, -2
"""Sets of words below 0: any token but punctuation; and ``FIRST_WORD - i``, just word ``i``."""

ENDS, ASKS, BARS, STOPS = 1, 2, 4, 8
"""What a word does whatever the language: ends a sentence, asks, no gap goes over it, full stop."""

PATTERN = np.dtype(
    [
        ("cue", np.int32), ("speech", np.int32), ("first", np.int32), ("last", np.int32),
        ("early", np.int32), ("late", np.int32), ("partner", np.int32), ("at_start", np.bool_),
        ("at_end", np.bool_),
    ],
    align=True,
)  # fmt: skip
"""A pattern: its cue, the group of languages it is for, its elements ``first`` to before ``last``,
how many tokens at least and at most stand before its anchor, the number of its partner, whether
it starts or ends the comment."""

ELEMENT = np.dtype(
    [("words", np.int32), ("most", np.int32), ("optional", np.bool_)], align=True
)  # fmt: skip
"""One place of a pattern: its set of words or ``GAP``, how many tokens at most, whether it may be
missing."""


@inlined
def slot_of(keys: Value, key: Value) -> Value:
    """Return where a key stands in an open-addressing table, -1 where it does not."""
    mask = np.uint64(len(keys) - 1)
    slot = (key ^ (key >> np.uint64(29))) & mask
    while keys[slot] != 0:
        if keys[slot] == key:
            return np.int64(slot)
        slot = (slot + np.uint64(1)) & mask
    return np.int64(-1)


@inlined
def read_words(
    data: Value,
    at: Value,
    end: Value,
    characters: Value,
    tables: Value,
    words: Value,
    state: Value,
    surface: Value,
) -> Value:
    """Read a comment as the numbers of its words, -1 for those no cue knows; return how many."""
    state[:] = 0
    count = 0
    while at < end and count < LONGEST:
        at, value = next_token(data, at, end, characters, None, state, surface)
        if value == 0:
            break
        slot = slot_of(tables.word_keys, value)
        words[count] = tables.word_ids[slot] if slot >= 0 else -1
        count += 1
    return count


@inlined
def is_in(tables: Value, chosen: Value, word: Value) -> Value:
    """Tell whether a known word is in a set of words; no word is in a gap."""
    if chosen < 0:
        return word == FIRST_WORD - chosen
    return (tables.members[word, chosen >> 6] >> np.uint64(chosen & 63)) & np.uint64(1) != 0


@inlined
def _fits(tables: Value, chosen: Value, word: Value) -> Value:
    if chosen == GAP:
        return word < 0 or tables.does[word] & BARS == 0
    return word >= 0 and is_in(tables, chosen, word)


@inlined
def _advance(
    words: Value, count: Value, tables: Value, chosen: Value, start: Value, reach: Value
) -> Value:
    """Take one token more from every place that was reached."""
    following = np.uint64(0)
    while reach != 0:
        at = trailing_zeros(reach)
        reach &= reach - np.uint64(1)
        if start + at < count and _fits(tables, chosen, words[start + at]):
            following |= np.uint64(2) << np.uint64(at)
    return following


@inlined
def match_ends(words: Value, count: Value, tables: Value, number: Value, start: Value) -> Value:
    """Return where the matches of a pattern that begin at a token end.

    Returns
    -------
    uint64
        Bit ``i`` says that the tokens ``start`` to before ``start + i`` match.
    """
    pattern = tables.patterns[number]
    reach = np.uint64(1)
    for at in range(pattern.first, pattern.last):
        element = tables.elements[at]
        reached = reach if element.optional else np.uint64(0)
        for _ in range(element.most):
            reach = _advance(words, count, tables, element.words, start, reach)
            reached |= reach
        reach = reached
        if reach == 0:
            break
    return reach
