"""Readers of one token each - word, @name, link, marks, emoji, Chinese - for the feature kernel.

Each starts at a byte, adds the features of what it read and returns the byte after it.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from sentiment.kernel.alphabet import APOSTROPHE, DIGIT, HAN, IGNORED, LETTER, PUNCT, SYMBOL
from sentiment.kernel.codepoints import decode
from sentiment.kernel.hashing import (
    _LONGEST_WORD,
    CAPITALS,
    CODEPOINTS,
    ELLIPSES,
    EMOJIS,
    EXCLAIMS,
    FIRST_MENTION,
    GRAM,
    HAN_GRAM,
    LAST_EMOJI,
    LETTER_BLOCK,
    LINKS,
    MARK,
    MARKS,
    MENTIONS,
    NEGATED,
    NEGATORS,
    NUMBERS,
    PICTURE,
    PREVIOUS,
    PREVIOUS_AT,
    QUESTIONS,
    REACH,
    RUN,
    SCRIPT_0,
    SIGN,
    STRETCHES,
    WORD,
    WORD_BLOCK,
    WORDS,
    add,
    add_token,
    hash_codes,
    is_listed,
    mix,
)

_NUMBER, _NAME, _LINK = np.uint64(0xA100), np.uint64(0xA2), np.uint64(0xA3)
_GRAM_SEED, _NEGATED_SEED = np.uint64(0x12345DE), np.uint64(0x4E4F54)
_MARK_SEED, _FACE_SEED, _EMOJI_SEED = 0xABC, np.uint64(0xFACE), np.uint64(0xE0E0)
_HAN_SEEDS = (np.uint64(0xC1C1), np.uint64(0xC2C2), np.uint64(0xC3C3), np.uint64(0xC4C4))
_EDGE = 32  # the space on both sides of a word counts as a character
_LONGEST_GRAM = 5
_NEGATION_REACH = 3  # words after a negator that count as negated, as in VADER
_FIRST_NON_LATIN = 0x250
_EXCLAIM_MARKS = (0x21, 0xFF01)
_QUESTION_MARKS = (0x3F, 0xFF1F, 0x61F)


@njit(cache=True, nogil=True)
def kind_of(code, kind):  # type: ignore[no-untyped-def]
    """Return the class of any code point: beyond the table Han extensions, then tags."""
    if code < kind.shape[0]:
        return np.int64(kind[code])
    return np.int64(HAN if code < 0x40000 else IGNORED)


@njit(cache=True, nogil=True)
def _add_grams(length, last, row):  # type: ignore[no-untyped-def]
    """Add the n-grams, 2 to 5 characters, of the current word."""
    codes, starts = row.codes, row.starts
    for i in range(-1, length):
        hashed = mix(_GRAM_SEED, codes[i] if i >= 0 else _EDGE)
        first = starts[max(i, 0)]
        for at in range(i + 1, min(i + _LONGEST_GRAM, length + 1)):
            hashed = mix(hashed, codes[at] if at < length else _EDGE)
            stop = starts[at + 1] if at + 1 < length else last
            add(hashed, LETTER_BLOCK, GRAM, first, stop, row)


@njit(cache=True, nogil=True)
def _add_word(length, last, numeric, negators, row):  # type: ignore[no-untyped-def]
    """Add the current word: itself, its pair, its negated form and its n-grams."""
    state, stats, first = row.state, row.stats, row.starts[0]
    stats[NUMBERS] += numeric
    if numeric and length > 3:
        add_token(_NUMBER + np.uint64(min(length, 6)), WORD, first, last, row)
        return
    stats[WORDS] += 1
    hashed = hash_codes(row.codes, length)
    if np.int64(hashed) == state[PREVIOUS]:
        return
    add_token(hashed, WORD, first, last, row)
    _add_grams(length, last, row)
    if is_listed(hashed, negators):
        state[REACH] = _NEGATION_REACH
        stats[NEGATORS] += 1
    elif state[REACH] > 0:
        state[REACH] -= 1
        add(mix(hashed, _NEGATED_SEED), WORD_BLOCK, NEGATED, first, last, row)


@njit(cache=True, nogil=True)
def _joins(data, after, stop, kind):  # type: ignore[no-untyped-def]
    """Tell whether a letter follows, so that an apostrophe belongs to the word."""
    return after < stop and kind_of(decode(data, after, stop)[0], kind) == LETTER


@njit(cache=True, nogil=True)
def scan_word(data, at, stop, alphabet, row):  # type: ignore[no-untyped-def]
    """Read a word into ``row.codes``; return the byte after it, its length, if it is a number.

    Three or more equal letters count as two; joiners and marks inside vanish.
    """
    codes, stats = row.codes, row.stats
    length, letters, upper, run, stretched = 0, 0, 0, 0, False
    while at < stop:
        code, after = decode(data, at, stop)
        what = kind_of(code, alphabet.kind)
        if what == APOSTROPHE and not (length and _joins(data, after, stop, alphabet.kind)):
            break
        if what not in (LETTER, DIGIT, IGNORED, APOSTROPHE):
            break
        stats[CODEPOINTS] += 1
        if what != IGNORED:
            folded = np.int64(alphabet.fold[code])
            if what == LETTER:
                letters += 1
                upper += folded != code and code < _FIRST_NON_LATIN
                stats[SCRIPT_0 + alphabet.script[code]] += 1
            run = run + 1 if length and codes[length - 1] == folded else 1
            stretched |= run > 2 and what == LETTER
            if (run <= 2 or what == DIGIT) and length < _LONGEST_WORD:
                codes[length] = folded
                row.starts[length] = at
                length += 1
        at = after
    stats[STRETCHES] += stretched
    stats[CAPITALS] += upper > 1 and upper == letters
    return at, length, letters == 0


@njit(cache=True, nogil=True)
def read_word(data, at, stop, alphabet, negators, row):  # type: ignore[no-untyped-def]
    """Read and add a word, or a link as one token without its letters."""
    row.state[LAST_EMOJI] = 0
    if _is_link(data, at, stop):
        after = at
        while after < stop and data[after] > 32:
            after += 1
        row.stats[LINKS] += 1
        add_token(_LINK, WORD, at, after, row)
        return after
    after, length, numeric = scan_word(data, at, stop, alphabet, row)
    _add_word(length, after, numeric, negators, row)
    return after


@njit(cache=True, nogil=True)
def _is_link(data, at, stop):  # type: ignore[no-untyped-def]
    if at + 4 > stop:
        return False
    a, b, c, d = data[at] | 32, data[at + 1] | 32, data[at + 2] | 32, data[at + 3] | 32
    if a == 104:
        return b == 116 and c == 116 and d == 112
    return a == 119 and b == 119 and c == 119 and data[at + 3] == 46


@njit(cache=True, nogil=True)
def read_name(data, at, stop, alphabet, row):  # type: ignore[no-untyped-def]
    """Read an @name as one token without its letters: names say nothing a head may use."""
    after = at + 1
    while after < stop:
        code, following = decode(data, after, stop)
        if kind_of(code, alphabet.kind) not in (LETTER, DIGIT) and code != 95 and code != 46:
            break
        after = following
    if after == at + 1:
        return read_marks(data, at, stop, alphabet, row)
    row.stats[MENTIONS] += 1
    row.stats[FIRST_MENTION] |= row.stats[CODEPOINTS] == 0
    row.stats[CODEPOINTS] += after - at
    row.state[LAST_EMOJI] = 0
    add_token(_NAME, WORD, at, after, row)
    return after


@njit(cache=True, nogil=True)
def read_marks(data, at, stop, alphabet, row):  # type: ignore[no-untyped-def]
    """Read a run of marks and symbols; add each mark with its repetition, and the run as a sign."""
    stats = row.stats
    first, length, run, previous, sign = at, 0, 0, np.int64(0), _FACE_SEED
    while at < stop:
        code, after = decode(data, at, stop)
        if kind_of(code, alphabet.kind) not in (PUNCT, SYMBOL, APOSTROPHE):
            break
        if code == 64 and length:
            break
        run = run + 1 if code == previous else 1
        previous = code
        stats[EXCLAIMS] += code in _EXCLAIM_MARKS
        stats[QUESTIONS] += code in _QUESTION_MARKS
        stats[ELLIPSES] += (run == 2 and code == 46) or code == 0x2026
        if run <= 3:
            add(mix(_MARK_SEED + run, code), WORD_BLOCK, MARK, at, after, row)
            sign = mix(sign, code)
        length += 1
        at = after
    stats[CODEPOINTS] += length
    stats[MARKS] += length
    if length > 1:
        add(sign, WORD_BLOCK, SIGN, first, at, row)
    if length <= 3:
        _add_face(sign, data, first, at, stop, alphabet.kind, row)
    return at


@njit(cache=True, nogil=True)
def _add_face(sign, data, first, at, stop, kind, row):  # type: ignore[no-untyped-def]
    """Add marks together with a single letter or digit after them, as in ":D" or "<3"."""
    if at >= stop:
        return
    code, after = decode(data, at, stop)
    if kind_of(code, kind) not in (LETTER, DIGIT):
        return
    if after < stop and kind_of(decode(data, after, stop)[0], kind) in (LETTER, DIGIT):
        return
    add(mix(sign, code), WORD_BLOCK, SIGN, first, after, row)


@njit(cache=True, nogil=True)
def read_emoji(code, at, after, row):  # type: ignore[no-untyped-def]
    """Add an emoji; of a run of equal ones the first and, as emphasis, the third."""
    state = row.state
    row.stats[EMOJIS] += 1
    row.stats[CODEPOINTS] += 1
    hashed = mix(_EMOJI_SEED, code)
    if state[LAST_EMOJI] != code:
        add_token(hashed, PICTURE, at, after, row)
        state[RUN] = 1
    else:
        state[RUN] += 1
        if state[RUN] == 3:
            add(mix(hashed, 3), WORD_BLOCK, PICTURE, at, after, row)
    state[LAST_EMOJI] = code
    state[REACH] = 0
    return after


@njit(cache=True, nogil=True)
def read_han(data, at, stop, alphabet, row):  # type: ignore[no-untyped-def]
    """Read a run of Chinese characters and add its n-grams, 1 to 3 characters: no segmenter."""
    state, stats = row.state, row.stats
    one, two, at_one, at_two = np.uint64(1), np.uint64(1), at, at
    while at < stop:
        code, after = decode(data, at, stop)
        if kind_of(code, alphabet.kind) != HAN:
            break
        known = code < alphabet.fold.shape[0]
        folded = np.uint64(alphabet.fold[code]) if known else np.uint64(code)
        stats[SCRIPT_0 + (np.int64(alphabet.script[code]) if known else 2)] += 1
        stats[CODEPOINTS] += 1
        pair = mix(mix(_HAN_SEEDS[1], one), folded)
        triple = mix(mix(mix(_HAN_SEEDS[2], two), one), folded)
        add(mix(_HAN_SEEDS[0], folded), WORD_BLOCK, HAN_GRAM, at, after, row)
        add(pair, WORD_BLOCK, HAN_GRAM, at_one, after, row)
        add(triple, LETTER_BLOCK, HAN_GRAM, at_two, after, row)
        one, two, at_one, at_two = folded, one, at, at_one
        at = after
    state[PREVIOUS] = np.int64(mix(_HAN_SEEDS[3], one))
    state[PREVIOUS_AT] = at_one
    state[LAST_EMOJI] = 0
    return at
