# ruff: noqa: PLR0917 - numba kernels take every array by position
"""Reads comments as the folded tokens that cues are made of, and counts what lies on the surface.

How a character is folded stands in :mod:`sentiment.folding`; finding cues among the tokens is in
:mod:`sentiment.kernel.cue_finding`.
"""

from __future__ import annotations

import numpy as np

from sentiment.kernel.compiling import Value, compiled, inlined
from sentiment.kernel.cue_characters import (
    AT,
    BREAK,
    CURRENCY,
    DIGIT,
    DISGUISE,
    DROP,
    EMOJI,
    FOLD_BITS,
    FOLD_MASK,
    IDEOGRAPH,
    KIND_BITS,
    KIND_MASK,
    LATIN,
    LETTER,
    LOOK_ALIKE,
    QUESTION,
    encode,
    is_address,
    is_domain,
    look,
    may_be_address,
)

SURFACE = (
    "tokens", "mentions", "urls", "digits", "emoji", "questions", "currency", "breaks",
    "lead_mentions", "mixed", "disguises", "answers",
)  # fmt: skip
"""Columns of the surface counts: ``lead_mentions`` before any other token, ``mixed`` changes
between letters and digits inside a word, ``disguises`` odd letters, words of two alphabets and
letters spaced out one by one, ``answers`` names YouTube puts before an answer."""

(
    _TOKENS, _MENTIONS, _URLS, _DIGITS, _EMOJI, _QUESTIONS, _CURRENCY, _BREAKS, _LEADS, _MIXED,
    _DISGUISES, _ANSWERS,
) = range(12)  # fmt: skip
LONGEST = 400
"""Tokens read of one comment: a cue further in decides nothing."""

SEED = np.uint64(0xCBF29CE484222325)
PRIME = np.uint64(0x100000001B3)
_BLANK = 0x20
_SPACED = 4  # single letters in a row that spell a word

# State of a row: where the next byte is written, the last token when it was a sign, and how many
# words of one letter came in a row.
_OUT, _SIGN, _SINGLES = range(3)
STATE_SIZE = 3
_NUMBER, _STOP, _ASK, _MONEY, _NAME, _ADDRESS = (ord(sign) for sign in "0.?$@~")
_AT = ord("@")


@inlined
def _put(out: Value, state: Value, code: Value) -> Value:
    """Write a code point where ``out`` is given; the branch is gone where it is None."""
    if out is not None:
        state[_OUT] = encode(out, state[_OUT], code)


@inlined
def _fold_letter(entry: Value, previous: Value, value: Value, out: Value, state: Value) -> Value:
    """Add a letter to the word: folded, and once where it is doubled."""
    first = (entry >> KIND_BITS) & FOLD_MASK
    if first != previous:
        value = (value ^ np.uint64(first)) * PRIME
        _put(out, state, first)
        previous = first
    second = (entry >> (KIND_BITS + FOLD_BITS)) & FOLD_MASK
    if second != 0 and second != previous:  # noqa: PLR1714 - numba has no sets
        value = (value ^ np.uint64(second)) * PRIME
        _put(out, state, second)
        previous = second
    return previous, value


@inlined
def _skip(data: Value, at: Value, end: Value) -> Value:
    while at < end and data[at] > 32:
        at += 1
    return at


@inlined
def _read_ascii(data: Value, at: Value, end: Value, out: Value, state: Value) -> Value:
    """Read the ASCII letters a word begins with; most words are nothing else."""
    value, previous = SEED, np.int64(-1)
    while at < end:
        small = np.int64(data[at] | 0x20)
        if small < 97 or small > 122:
            break
        if small != previous:
            value = (value ^ np.uint64(small)) * PRIME
            _put(out, state, small)
            previous = small
        at += 1
    return at, value, previous


@inlined
def _read_word(
    data: Value, at: Value, end: Value, table: Value, out: Value, state: Value, surface: Value
) -> Value:
    """Read letters; return the byte after them and the hash of the folded word."""
    first = at
    at, value, previous = _read_ascii(data, at, end, out, state)
    letters = at - first
    flags = np.int64(LATIN if letters else 0)
    while at < end:
        _, entry, after = look(data, at, end, table)
        kind = entry & KIND_MASK
        if kind == LETTER:
            previous, value = _fold_letter(entry, previous, value, out, state)
            letters += 1
        elif kind != DROP:
            surface[_MIXED] += kind == DIGIT
            break
        flags |= entry
        at = after
    state[_SINGLES] = state[_SINGLES] + 1 if letters == 1 else 0
    is_mixed = flags & LATIN != 0 and flags & LOOK_ALIKE != 0
    is_spelt = state[_SINGLES] == _SPACED
    surface[_DISGUISES] += (flags & DISGUISE != 0) + is_mixed + is_spelt
    return at, value


@inlined
def _read_number(data: Value, at: Value, end: Value, table: Value, surface: Value) -> Value:
    """Read digits with the points and commas between them; return the byte after."""
    while at < end:
        _, entry, after = look(data, at, end, table)
        kind = entry & KIND_MASK
        if kind == DIGIT:
            surface[_DIGITS] += 1
        elif kind == LETTER:
            surface[_MIXED] += 1
            break
        elif not (data[at] in (44, 46) and after < end and 48 <= data[after] <= 57):
            break
        at = after
    return at


@inlined
def _sign_of(
    kind: Value, data: Value, after: Value, end: Value, state: Value, surface: Value
) -> Value:
    """Return the sign a symbol stands for, 0 for none; repeated signs count once."""
    if kind == QUESTION:
        surface[_QUESTIONS] += 1
        return 0 if state[_SIGN] == _ASK else _ASK
    if kind == BREAK:
        if state[_SIGN] == _STOP:
            return 0
        surface[_BREAKS] += 1
        return _STOP
    if kind == CURRENCY:
        surface[_CURRENCY] += 1
        return _MONEY
    if kind == AT and after < end and data[after] > 32:
        surface[_MENTIONS] += 1
        surface[_LEADS] += surface[_LEADS] == surface[_TOKENS]
        return _NAME
    surface[_EMOJI] += kind == EMOJI
    return 0


@inlined
def next_token(
    data: Value, at: Value, end: Value, table: Value, out: Value, state: Value, surface: Value
) -> Value:
    """Read up to the end of the next token; return the byte after it and its hash, 0 at the end.

    Tokens are words, ``0`` for any number, ``?``, ``.`` for a break, ``$`` for a currency sign,
    ``@`` for a mention, ``~`` for an address. In ``out`` a space follows each. ``@@name``, which
    YouTube puts before an answer, is no token: it shows nothing to anybody.
    """
    while at < end:
        if data[at] == _BLANK:
            at += 1
            continue
        code, entry, after = look(data, at, end, table)
        kind = entry & KIND_MASK
        sign, value = 0, np.uint64(0)
        if kind == LETTER:
            if may_be_address(data, at, end) and is_address(data, at, end):
                sign, at = _ADDRESS, _skip(data, at, end)
            else:
                at, value = _read_word(data, at, end, table, out, state, surface)
                if at + 1 < end and data[at] == 46 and is_domain(data, at + 1, end):
                    at = _skip(data, at, end)
                    surface[_URLS] += 1
        elif kind == DIGIT:
            sign, at = _NUMBER, _read_number(data, at, end, table, surface)
        elif kind == IDEOGRAPH:
            value, at = (SEED ^ np.uint64(code)) * PRIME, after
            _put(out, state, code)
        else:
            surface[_DISGUISES] += entry & DISGUISE != 0
            is_reply = kind == AT and after < end and data[after] == _AT
            surface[_ANSWERS] += is_reply
            sign = 0 if is_reply else _sign_of(kind, data, after, end, state, surface)
            at = _skip(data, after, end) if sign == _NAME or is_reply else after
        if sign != 0:
            surface[_URLS] += sign == _ADDRESS
            value = (SEED ^ np.uint64(sign)) * PRIME
            _put(out, state, sign)
        if value != 0:
            state[_SIGN] = sign
            _put(out, state, 32)
            surface[_TOKENS] += 1
            return at, value
    return at, np.uint64(0)


@compiled
def fold_rows(
    data: Value,
    offsets: Value,
    chosen: Value,
    table: Value,
    out: Value,
    ends: Value,
    state: Value,
    surface: Value,
) -> Value:
    """Write the token streams of the chosen rows end to end; ``ends`` says where each ends."""
    written = 0
    for i in range(len(chosen)):
        at, end, count = offsets[chosen[i]], offsets[chosen[i] + 1], 0
        state[:] = 0
        state[_OUT] = written
        while at < end and count < LONGEST:
            at, value = next_token(data, at, end, table, out, state, surface)
            count += value != 0
        written = state[_OUT]
        ends[i] = written
    return written
