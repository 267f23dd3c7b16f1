"""Reads single characters and addresses for the pass that finds cues.

How each character is folded stands in :mod:`sentiment.folding`, words are read in
:mod:`sentiment.kernel.cue_tokens`.
"""

from __future__ import annotations

import numpy as np

from sentiment.kernel.compiling import Value, compiled, inlined

LETTER, DIGIT, IDEOGRAPH, DROP, BREAK, QUESTION, CURRENCY, EMOJI, AT, SPACE = range(10)
"""Kinds of code point. DROP vanishes inside a word; IDEOGRAPH is a word of its own."""

TABLE_SIZE = 0x20000
KIND_BITS = 4
FOLD_BITS = 21
"""A code point's entry: kind, then the one or two code points it is folded to, then flags."""

DISGUISE, LATIN, LOOK_ALIKE = (1 << bit for bit in (46, 47, 48))
"""Flags: a letter of an odd alphabet or an invisible character; Latin; Greek or Cyrillic."""

KIND_MASK = (1 << KIND_BITS) - 1
FOLD_MASK = (1 << FOLD_BITS) - 1
_LAST_IDEOGRAPH = 0x32000


@inlined
def look(data: Value, at: Value, end: Value, table: Value) -> Value:
    """Return code point, its entry, and the byte after it; a broken sequence is one symbol."""
    first = data[at]
    if first < 0x80:
        return np.int64(first), table[first], at + 1
    code, after = np.int64(0xFFFD), at + 1
    if first >= 0xF0 and at + 3 < end:
        code = np.int64((first & 0x07) << 18) | np.int64((data[at + 1] & 0x3F) << 12)
        code |= np.int64((data[at + 2] & 0x3F) << 6) | np.int64(data[at + 3] & 0x3F)
        after = at + 4
    elif 0xE0 <= first < 0xF0 and at + 2 < end:
        code = np.int64((first & 0x0F) << 12) | np.int64((data[at + 1] & 0x3F) << 6)
        code |= np.int64(data[at + 2] & 0x3F)
        after = at + 3
    elif 0xC0 <= first < 0xE0 and at + 1 < end:
        code = np.int64((first & 0x1F) << 6) | np.int64(data[at + 1] & 0x3F)
        after = at + 2
    if code < TABLE_SIZE:
        return code, table[code], after
    kind = IDEOGRAPH if code < _LAST_IDEOGRAPH else EMOJI
    return code, np.int64(kind) | (code << KIND_BITS), after


@compiled
def encode(out: Value, at: Value, code: Value) -> Value:
    """Write a code point as UTF-8; return the next position."""
    if code < 0x80:
        out[at] = code
        return at + 1
    if code < 0x800:
        out[at] = 0xC0 | (code >> 6)
        out[at + 1] = 0x80 | (code & 0x3F)
        return at + 2
    if code < 0x10000:
        out[at] = 0xE0 | (code >> 12)
        out[at + 1] = 0x80 | ((code >> 6) & 0x3F)
        out[at + 2] = 0x80 | (code & 0x3F)
        return at + 3
    out[at] = 0xF0 | (code >> 18)
    out[at + 1] = 0x80 | ((code >> 12) & 0x3F)
    out[at + 2] = 0x80 | ((code >> 6) & 0x3F)
    out[at + 3] = 0x80 | (code & 0x3F)
    return at + 4


@inlined
def _starts(data: Value, at: Value, end: Value, word: Value) -> Value:
    """Tell whether an ASCII word in lower case stands here, in any case."""
    if at + len(word) > end:
        return False
    for i in range(len(word)):  # noqa: SIM110 - numba has no generators
        if data[at + i] | 0x20 != word[i]:
            return False
    return True


@inlined
def may_be_address(data: Value, at: Value, end: Value) -> Value:
    """Tell whether "ht" or "ww" stands here, which few words begin with."""
    first = data[at] | 0x20
    if at + 1 >= end or (first != 104 and first != 119):  # noqa: PLR1714 - numba has no sets
        return False
    return data[at + 1] | 0x20 == (116 if first == 104 else 119)


@compiled
def is_address(data: Value, at: Value, end: Value) -> Value:
    """Tell whether an address begins here."""
    return (
        _starts(data, at, end, b"http:")
        or _starts(data, at, end, b"https:")
        or _starts(data, at, end, b"www.")
    )


@compiled
def is_domain(data: Value, at: Value, end: Value) -> Value:
    """Tell whether what follows a full stop is a common top-level domain."""
    for length in range(2, 6):
        if at + length > end:
            return False
        if at + length < end and 97 <= (data[at + length] | 0x20) <= 122:
            continue
        if length == 2:
            return (
                _starts(data, at, end, b"ly")
                or _starts(data, at, end, b"gg")
                or _starts(data, at, end, b"ru")
                or _starts(data, at, end, b"io")
            )
        if length == 3:
            return (
                _starts(data, at, end, b"com")
                or _starts(data, at, end, b"net")
                or _starts(data, at, end, b"org")
                or _starts(data, at, end, b"xyz")
            )
        return _starts(data, at, end, b"shop") or _starts(data, at, end, b"store")
    return False
