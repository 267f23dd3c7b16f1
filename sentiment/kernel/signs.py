# ruff: noqa: PLR0917, PLR1714 - kernels take arrays by position and know no sets
"""Readers of @names, marks, emoji and Chinese for the feature kernel.

Each starts at a byte, adds the features of what it read and returns the byte after it.
"""

from __future__ import annotations

import numpy as np

from sentiment.kernel import hashing as h
from sentiment.kernel.alphabet import FOLD_MASK, HAN, SCRIPT_SHIFT
from sentiment.kernel.compiling import compiled, inlined
from sentiment.kernel.hashing import Value, add, add_letters, add_token, mix
from sentiment.kernel.tokens import ALNUM, IN_MARKS, is_in, kind_of, look

_NAME = np.uint64(0xA2)
_MARK_SEED, _FACE_SEED, _EMOJI_SEED = 0xABC, np.uint64(0xFACE), np.uint64(0xE0E0)
_HAN_1, _HAN_2, _HAN_3, _HAN_LAST = (
    np.uint64(0xC1C1), np.uint64(0xC2C2), np.uint64(0xC3C3), np.uint64(0xC4C4),
)  # fmt: skip


@compiled
def read_name(data: Value, at: Value, stop: Value, alphabet: Value, row: Value) -> Value:
    """Read an @name as one token without its letters: names say nothing a head may use."""
    after = at + 1
    while after < stop:
        code, entry, following = look(data, after, stop, alphabet)
        if not is_in(entry, ALNUM) and code != 95 and code != 46:
            break
        after = following
    if after == at + 1:
        return read_marks(data, at, stop, alphabet, row)
    row.stats[h.MENTIONS] += 1
    row.stats[h.FIRST_MENTION] |= row.stats[h.CODEPOINTS] == 0
    row.stats[h.CODEPOINTS] += after - at
    row.state[h.LAST_EMOJI] = 0
    add_token(_NAME, h.WORD, at, after, row)
    return after


@compiled
def read_marks(data: Value, at: Value, stop: Value, alphabet: Value, row: Value) -> Value:
    """Read a run of marks and symbols; add each mark with its repetition, and the run as a sign."""
    stats = row.stats
    first, length, run, previous, sign = at, 0, 0, np.int64(0), _FACE_SEED
    while at < stop:
        code, entry, after = look(data, at, stop, alphabet)
        if not is_in(entry, IN_MARKS):
            break
        if code == 64 and length:
            break
        run = run + 1 if code == previous else 1
        previous = code
        stats[h.EXCLAIMS] += code == 0x21 or code == 0xFF01
        stats[h.QUESTIONS] += code == 0x3F or code == 0xFF1F or code == 0x61F
        stats[h.ELLIPSES] += (run == 2 and code == 46) or code == 0x2026
        if run <= 3:
            add(mix(_MARK_SEED + run, code), h.MARK, at, after, row)
            sign = mix(sign, code)
        length += 1
        at = after
    stats[h.CODEPOINTS] += length
    stats[h.MARKS] += length
    if length > 1:
        add(sign, h.SIGN, first, at, row)
    if length <= 3:
        _add_face(sign, data, first, at, stop, alphabet, row)
    return at


@inlined
def _add_face(
    sign: Value, data: Value, first: Value, at: Value, stop: Value, alphabet: Value, row: Value
) -> Value:
    """Add marks together with a single letter or digit after them, as in ":D" or "<3"."""
    if at >= stop:
        return
    code, entry, after = look(data, at, stop, alphabet)
    if not is_in(entry, ALNUM):
        return
    if after < stop and is_in(look(data, after, stop, alphabet)[1], ALNUM):
        return
    add(mix(sign, code), h.SIGN, first, after, row)


@compiled
def read_emoji(code: Value, at: Value, after: Value, row: Value) -> Value:
    """Add an emoji; of a run of equal ones the first and, as emphasis, the third."""
    state = row.state
    row.stats[h.EMOJIS] += 1
    row.stats[h.CODEPOINTS] += 1
    hashed = mix(_EMOJI_SEED, code)
    if state[h.LAST_EMOJI] != code:
        add_token(hashed, h.PICTURE, at, after, row)
        state[h.RUN] = 1
    else:
        state[h.RUN] += 1
        if state[h.RUN] == 3:
            add(mix(hashed, 3), h.PICTURE, at, after, row)
    state[h.LAST_EMOJI] = code
    state[h.REACH] = 0
    return after


@compiled
def read_han(data: Value, at: Value, stop: Value, alphabet: Value, row: Value) -> Value:
    """Read a run of Chinese characters and add its n-grams, 1 to 3 characters: no segmenter."""
    state, stats = row.state, row.stats
    one, two, at_one, at_two = np.uint64(1), np.uint64(1), at, at
    while at < stop:
        _, entry, after = look(data, at, stop, alphabet)
        if kind_of(entry) != HAN:
            break
        folded = np.uint64(entry & FOLD_MASK)
        stats[h.SCRIPT_0 + (entry >> SCRIPT_SHIFT)] += 1
        stats[h.CODEPOINTS] += 1
        pair = mix(mix(_HAN_2, one), folded)
        triple = mix(mix(mix(_HAN_3, two), one), folded)
        add(mix(_HAN_1, folded), h.HAN_GRAM, at, after, row)
        add(pair, h.HAN_GRAM, at_one, after, row)
        add_letters(triple, h.HAN_GRAM, at_two, after, row)
        one, two, at_one, at_two = folded, one, at, at_one
        at = after
    state[h.PREVIOUS] = np.int64(mix(_HAN_LAST, one))
    state[h.PREVIOUS_AT] = at_one
    state[h.LAST_EMOJI] = 0
    return at
