# ruff: noqa: PLR0917 - kernels take arrays by position
"""Readers of one character, word or link for the feature kernel.

Those of words start at a byte, add the features of what they read and return the byte after it;
other tokens are read in :mod:`sentiment.kernel.signs`.
"""

from __future__ import annotations

import numpy as np

from sentiment.kernel import hashing as h
from sentiment.kernel.alphabet import (
    APOSTROPHE,
    DIGIT,
    FOLD_MASK,
    HAN,
    IGNORED,
    KIND_SHIFT,
    LETTER,
    MASK,
    N_CODEPOINTS,
    PUNCT,
    SCRIPT_SHIFT,
    SCRIPTS,
    SYMBOL,
)
from sentiment.kernel.codepoints import decode
from sentiment.kernel.compiling import compiled, inlined
from sentiment.kernel.hashing import (
    LONGEST_GRAM,
    Value,
    add,
    add_grams,
    add_token,
    is_listed,
    mix,
    reads_all,
)
from sentiment.kernel.memory import LONGEST_KEY, recall

_NUMBER, _LINK = np.uint64(0xA100), np.uint64(0xA3)
_NEGATED_SEED = np.uint64(0x4E4F54)
_NO_KEY, _WIDE = np.uint64(0), np.uint64(0x100)
_NEGATION_REACH = 3  # words after a negator that count as negated, as in VADER
_FIRST_NON_LATIN = 0x250
_LATIN = SCRIPTS.index("latin")
# Sets of classes as bits.
ALNUM = 1 << LETTER | 1 << DIGIT
_IN_WORD = ALNUM | 1 << IGNORED | 1 << APOSTROPHE
IN_MARKS = 1 << PUNCT | 1 << SYMBOL | 1 << APOSTROPHE


@inlined
def look(data: Value, at: Value, stop: Value, alphabet: Value) -> Value:
    """Return the code point at a byte, its table entry and the byte after it."""
    first = np.int64(data[at])
    if first < 0x80:
        return first, np.int64(alphabet[first]), at + 1
    code, after = decode(data, at, stop)
    if code < N_CODEPOINTS:
        return code, np.int64(alphabet[code]), after
    # Beyond the table stand Han extensions (script 2), then invisible tags.
    kind = (2 << SCRIPT_SHIFT | HAN << KIND_SHIFT) if code < 0x40000 else IGNORED << KIND_SHIFT
    return code, np.int64(kind | code), after


@inlined
def kind_of(entry: Value) -> Value:
    """Return the class in a table entry."""
    return (entry >> KIND_SHIFT) & MASK


@inlined
def is_in(entry: Value, kinds: Value) -> Value:
    """Tell whether the class of a table entry is in a set of classes."""
    return (kinds >> kind_of(entry)) & 1 == 1


@inlined
def _add_letters(word: Value, hashed: Value, last: Value, row: Value, sums: Value) -> Value:
    """Add the n-grams of the current word: their sum where sums are kept, else one by one."""
    length = word[0]
    if not reads_all(row):
        return
    if sums is not None:  # noqa: SIM102 - numba drops the branch only if None is asked for alone
        if word[1] | word[2] != _NO_KEY:
            recall(word, hashed, row, sums[0], sums[1], sums[2])
            return
    begin = row.state[h.N_LETTERS]
    row.state[h.N_LETTERS] = add_grams(row.codes, length, row.letters, begin)
    if row.spans.shape[0] > 2:
        _trace_grams(begin, length, last, row)


@compiled
def _trace_grams(n: Value, length: Value, last: Value, row: Value) -> Value:
    row.starts[length + 1] = last
    for i in range(length + 1):
        for at in range(i + 1, min(i + LONGEST_GRAM, length + 2)):
            first, stop = row.starts[max(i, 1)], row.starts[min(at, length) + 1]
            h.trace(row.letters[n], h.LETTER_BLOCK, h.GRAM, first, stop, row)
            n += 1


@inlined
def _add_word(
    word: Value,
    hashed: Value,
    last: Value,
    numeric: Value,
    negators: Value,
    row: Value,
    sums: Value,
) -> Value:
    """Add the current word: itself, its pair, its negated form and its n-grams."""
    state, stats, first, length = row.state, row.stats, row.starts[1], word[0]
    stats[h.NUMBERS] += numeric
    if numeric and length > 3:
        add_token(_NUMBER + np.uint64(min(length, 6)), h.WORD, first, last, row)
        return
    stats[h.WORDS] += 1
    if np.int64(hashed) == state[h.PREVIOUS]:
        return
    add_token(hashed, h.WORD, first, last, row)
    _add_letters(word, hashed, last, row, sums)
    if is_listed(hashed, negators):
        state[h.REACH] = _NEGATION_REACH
        stats[h.NEGATORS] += 1
    elif state[h.REACH] > 0:
        state[h.REACH] -= 1
        add(mix(hashed, _NEGATED_SEED), h.NEGATED, first, last, row)


@inlined
def _joins(data: Value, after: Value, stop: Value, alphabet: Value) -> Value:
    """Tell whether a letter follows, so that an apostrophe belongs to the word."""
    return after < stop and kind_of(look(data, after, stop, alphabet)[1]) == LETTER


@inlined
def _scan_ascii(data: Value, at: Value, stop: Value, row: Value) -> Value:
    """Read the ASCII letters a word begins with; most words are nothing else."""
    codes, starts = row.codes, row.starts
    length, upper, run, longest = 0, 0, 0, 0
    last, hashed, low, high = np.uint64(0), h.WORD_SEED, _NO_KEY, _NO_KEY
    while at < stop:
        code = np.int64(data[at])
        small = code | 0x20
        if small < 0x61 or small > 0x7A:
            break
        folded = np.uint64(small)
        run = run + 1 if last == folded else 1
        last = folded
        upper += small != code
        longest = max(longest, run)
        if run <= 2 and length < h.LONGEST_WORD:
            length += 1
            codes[length] = folded
            hashed = mix(hashed, folded)
            low, high = _with_letter(low, high, length, folded)
            if length == 1 or row.spans.shape[0] > 2:
                starts[length] = at
        at += 1
    return at, length, upper, run, longest, last, hashed, low, high


@inlined
def scan_word(data: Value, at: Value, stop: Value, alphabet: Value, row: Value) -> Value:
    """Read a word into ``row.codes``; return the byte after it, (length, key), if a number, hash.

    The key holds the letters, one a byte; it is zero where they do not fit.
    Three or more equal letters count as two; joiners and marks inside vanish.
    """
    codes, starts, stats = row.codes, row.starts, row.stats
    first = at
    at, length, upper, run, longest, last, hashed, low, high = _scan_ascii(data, at, stop, row)
    read = letters = at - first
    is_narrow: Value = True
    stats[h.SCRIPT_0 + _LATIN] += letters
    while at < stop:
        code, entry, after = look(data, at, stop, alphabet)
        what = kind_of(entry)
        if not is_in(entry, _IN_WORD):
            break
        if what == APOSTROPHE and not (length and _joins(data, after, stop, alphabet)):
            break
        read += 1
        if what != IGNORED:
            folded = np.uint64(entry & FOLD_MASK)
            run = run + 1 if last == folded else 1
            last = folded
            if what == LETTER:
                letters += 1
                upper += np.int64(folded) != code and code < _FIRST_NON_LATIN
                stats[h.SCRIPT_0 + (entry >> SCRIPT_SHIFT)] += 1
                longest = max(longest, run)
            if (run <= 2 or what == DIGIT) and length < h.LONGEST_WORD:
                length += 1
                codes[length] = folded
                hashed = mix(hashed, folded)
                low, high = _with_letter(low, high, length, folded)
                is_narrow &= folded < _WIDE
                starts[length] = at
        at = after
    stats[h.CODEPOINTS] += read
    stats[h.STRETCHES] += longest > 2
    stats[h.CAPITALS] += upper > 1 and upper == letters
    if length > LONGEST_KEY or not is_narrow:
        low = high = _NO_KEY
    return at, (length, low, high), letters == 0, hashed


@inlined
def _with_letter(low: Value, high: Value, length: Value, folded: Value) -> Value:
    """Put the letter number ``length`` into the key of a word, a byte each."""
    shifted = folded << np.uint64((8 * length - 8) & 63)
    if length <= 8:
        return low | shifted, high
    return low, high | shifted


@inlined
def read_word(
    data: Value,
    at: Value,
    stop: Value,
    alphabet: Value,
    negators: Value,
    row: Value,
    sums: Value,
) -> Value:
    """Read and add a word, or a link as one token without its letters."""
    row.state[h.LAST_EMOJI] = 0
    if _is_link(data, at, stop):
        after = at
        while after < stop and data[after] > 32:
            after += 1
        row.stats[h.LINKS] += 1
        add_token(_LINK, h.WORD, at, after, row)
        return after
    after, word, numeric, hashed = scan_word(data, at, stop, alphabet, row)
    _add_word(word, hashed, after, numeric, negators, row, sums)
    return after


@inlined
def _is_link(data: Value, at: Value, stop: Value) -> Value:
    if at + 4 > stop or (data[at] | 32 != 104 and data[at] | 32 != 119):
        return False
    a, b, c, d = data[at] | 32, data[at + 1] | 32, data[at + 2] | 32, data[at + 3] | 32
    if a == 104:
        return b == 116 and c == 116 and d == 112
    return a == 119 and b == 119 and c == 119 and data[at + 3] == 46
