# ruff: noqa: PLR0917 - numba kernels take every argument by position
"""Splits a text into VADER's tokens and looks each up; the rules live in ``kernel.vader``.

Tokens are what ``str.split`` leaves, without punctuation at both ends unless two or fewer
characters would stay. An emoji is replaced by its description, which starts a new token
and whose last word sticks to whatever follows, as in the original.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sentiment.kernel.codepoints import LOWER as LOWER_CASE
from sentiment.kernel.codepoints import SPACE, decode, flags_of
from sentiment.kernel.codepoints import UPPER as UPPER_CASE
from sentiment.kernel.compiling import Value, compiled
from sentiment.kernel.words import (
    digit_marks,
    first_bytes,
    has_apostrophe,
    has_nt,
    leading_zeros,
    load_word,
    lower_marks,
    stop_marks,
    trailing_zeros,
    upper_marks,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The lexicon is a structured scalar, because numba passes it as one pointer. Entry 0 in its
# fields stands for every word that is not in the lexicon:
#   ascii               uint8 (256,)     bits ASCII_SPACE and ASCII_PUNCT of a byte
#   flags               uint8            codepoints.code_point_flags
#   slots               uint16 (2**SLOT_BITS,)  cuckoo hashing: the entry, 0 when free
#   keys                uint64 (entries, 4)  lower-case bytes, zero-padded to KEY_BYTES; then
#                                        length << 32 | token
#   valences, boosts    float64 (entries,)
#   phrases, boosters   int32 (k, 3)     entries of two or three words, NO_WORD for no third
#   phrase_values, booster_values  float64 (k,)
#   emoji               int16            by code point: 1 + number of the emoji, 0 for none
#   emoji_starts        int32 (emoji + 1,)  first token of each description in emoji_tokens
#   emoji_tokens        int32
#   emoji_exclamations  int32 (emoji,)   exclamation marks in the description
#   emoji_tails         uint8 (emoji, KEY_BYTES)  last word of the description, not stripped
#   emoji_tail_lengths  int32 (emoji,)

# A token is an int32: the lexicon entry (0 for any other word) and flags.
ENTRY = 0xFFFF
UPPER = 1 << 16  # str.isupper
NEGATES = 1 << 17  # a negation, or contains "n't"
HIT = 1 << 18  # the lexicon has a valence for it
BOOSTS = 1 << 19  # an intensifier or dampener
BEGINS = 1 << 20  # first word of a phrase
FOLLOWS = 1 << 21  # second word of a phrase
NO_WORD = -1

# Bits of ``ascii``.
ASCII_SPACE = 1
ASCII_PUNCT = 2

KEY_BYTES = 24
SLOT_BITS = 16
KELVIN = 0x212A
_SLOT_SHIFT = np.uint64(64 - SLOT_BITS)
_SLOT_MASK = np.uint64((1 << SLOT_BITS) - 1)
_FOLD_SHIFT = np.uint64(32)
# Odd constants of splitmix64 and xxHash: any with well-mixed bits will do.
_MIX_FIRST = np.uint64(0x9E3779B97F4A7C15)
_MIX_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
_MIX_THIRD = np.uint64(0xD6E8FEB86659FD93)
_LENGTH_SHIFT = np.uint64(32)
_TOKEN_BITS = np.uint64(0xFFFFFFFF)
_CASE_SHIFT = np.uint64(2)  # from the mark of a byte to the bit that makes it lower case
_NONE = np.uint64(0)


@compiled
def slots_of(first: np.uint64, second: np.uint64, third: np.uint64) -> Value:
    """Return the two slots where a key can live."""
    mixed = (first * _MIX_FIRST) ^ (second * _MIX_SECOND) ^ (third * _MIX_THIRD)
    mixed ^= mixed >> _FOLD_SHIFT
    return np.int64(mixed & _SLOT_MASK), np.int64(mixed >> _SLOT_SHIFT)


@compiled
def tokenize(
    data: NDArray[np.uint8],
    start: int,
    end: int,
    lexicon: Value,
    tokens: NDArray[np.int32],
    scratch: NDArray[np.uint8],
) -> Value:
    """Fill ``tokens`` with the tokens of one text.

    Returns
    -------
    n_tokens : int
    exclamations : int
        Exclamation marks that stand in emoji descriptions, not in the text.
    slow : bool
        The text holds a letter that only Python lower-cases right.
    """
    n_tokens, exclamations, slow = 0, 0, False
    i = start
    while i < end:
        word = load_word(data, i)
        j = _plain_end(data, i, end, word)
        if j == end or lexicon.ascii[data[j]] & ASCII_SPACE:
            if j > i:
                tokens[n_tokens] = _plain_token(data, i, j, word, lexicon)
                n_tokens += 1
            i = j + 1
            continue
        code, after = decode(data, i, end)
        emoji = _emoji_of(code, lexicon)
        if emoji >= 0:
            exclamations += lexicon.emoji_exclamations[emoji]
            n_tokens, i, odd = _describe(
                data, after, end, emoji, lexicon, tokens, n_tokens, scratch
            )
        elif flags_of(code, lexicon.flags) & SPACE:
            i, odd = after, False
        else:
            tokens[n_tokens], i, odd = _wide_token(data, i, end, lexicon)
            n_tokens += 1
        slow |= odd
    return n_tokens, exclamations, slow


@compiled
def _plain_end(data: NDArray[np.uint8], i: int, end: int, word: np.uint64) -> Value:
    """Return where the run of visible ASCII from ``i`` ends; ``word`` is read at ``i``."""
    stops = stop_marks(word)
    while stops == _NONE:
        i += 8
        if i >= end:
            return end
        stops = stop_marks(load_word(data, i))
    return min(i + (trailing_zeros(stops) >> 3), end)


@compiled
def _plain_token(
    data: NDArray[np.uint8], start: int, end: int, word: np.uint64, lexicon: Value
) -> Value:
    """Return the token of an ASCII span of visible characters; ``word`` is read at ``start``."""
    length = end - start
    if length > 8:
        return _long_token(data, start, end, lexicon)
    word = first_bytes(word, length)
    capitals, small = upper_marks(word), lower_marks(word)
    # Visible ASCII that is neither letter nor digit is just what string.punctuation holds.
    solid = capitals | small | digit_marks(word)
    skip = trailing_zeros(solid) >> 3
    kept = 8 - (leading_zeros(solid) >> 3) - skip
    # Chosen by arithmetic: a branch taken now and then costs more than both its sides.
    is_stripped = kept > 2
    length += (kept - length) * is_stripped
    word = (word | capitals >> _CASE_SHIFT) >> np.uint64(8 * (skip * is_stripped))
    word = first_bytes(word, length)
    token = _short_entry(word, length, lexicon)
    if capitals != _NONE and small == _NONE:
        token |= UPPER
    if has_apostrophe(word) and has_nt(word):
        token |= NEGATES
    return token


@compiled
def _short_entry(word: np.uint64, length: int, lexicon: Value) -> Value:
    """Return the token of a lower-case key of at most eight bytes, 0 if there is none."""
    one, other = slots_of(word, _NONE, _NONE)
    about = np.uint64(length) << _LENGTH_SHIFT
    return _match(lexicon.keys[lexicon.slots[one]], word, about) | _match(
        lexicon.keys[lexicon.slots[other]], word, about
    )


@compiled
def _match(key: NDArray[np.uint64], word: np.uint64, about: np.uint64) -> Value:
    """Return the token of a key if it is this word of this length, else 0; without a branch."""
    token = key[3] ^ about
    return np.int64(token) * ((key[0] == word) & (token <= _TOKEN_BITS))


@compiled
def _long_token(data: NDArray[np.uint8], start: int, end: int, lexicon: Value) -> Value:
    """Return the token of an ASCII span of any length and any characters."""
    first, last = _strip(data, start, end, lexicon)
    if last - first > 2:
        start, end = first, last
    capitals = small = _NONE
    key_first = key_second = key_third = _NONE
    apostrophe = False
    for i in range(start, end, 8):
        word = first_bytes(load_word(data, i), end - i)
        marks = upper_marks(word)
        capitals |= marks
        small |= lower_marks(word)
        apostrophe |= has_apostrophe(word)
        word |= marks >> _CASE_SHIFT
        if i == start:
            key_first = word
        elif i == start + 8:
            key_second = word
        elif i == start + 16:
            key_third = word
    token = 0
    if end - start <= KEY_BYTES:
        token = _entry(key_first, key_second, key_third, end - start, lexicon)
    if capitals != _NONE and small == _NONE:
        token |= UPPER
    if apostrophe and _has_nt(data, start, end):
        token |= NEGATES
    return token


@compiled
def _entry(
    first: np.uint64, second: np.uint64, third: np.uint64, length: int, lexicon: Value
) -> Value:
    """Return the token of a lower-case key of at most KEY_BYTES bytes, 0 if there is none."""
    for slot in slots_of(first, second, third):
        key = lexicon.keys[lexicon.slots[slot]]
        token = key[3] ^ np.uint64(length) << _LENGTH_SHIFT
        if key[0] == first and key[1] == second and key[2] == third and token <= _TOKEN_BITS:
            return np.int64(token)
    return 0


@compiled
def _strip(data: NDArray[np.uint8], start: int, end: int, lexicon: Value) -> Value:
    """Return the span without ASCII punctuation at both ends."""
    while start < end and data[start] < 0x80 and lexicon.ascii[data[start]] & ASCII_PUNCT:
        start += 1
    while end > start and data[end - 1] < 0x80 and lexicon.ascii[data[end - 1]] & ASCII_PUNCT:
        end -= 1
    return start, end


@compiled
def _has_nt(data: NDArray[np.uint8], start: int, end: int) -> Value:
    """Tell whether the span contains "n't" in any case."""
    for i in range(start + 1, end - 1):
        if data[i] == 0x27 and data[i - 1] | 0x20 == 0x6E and data[i + 1] | 0x20 == 0x74:
            return True
    return False


@compiled
def _emoji_of(code: int, lexicon: Value) -> Value:
    """Return the number of the emoji, or -1."""
    return np.int64(lexicon.emoji[code]) - 1 if code < lexicon.emoji.size else -1


@compiled
def _wide_token(data: NDArray[np.uint8], start: int, end: int, lexicon: Value) -> Value:
    """Return the token from ``start`` to white space or emoji, its end, and whether it is slow."""
    i, cases, plain, slow = start, np.int64(0), True, False
    while i < end:
        code, after = decode(data, i, end)
        flags = flags_of(code, lexicon.flags)
        if flags & SPACE or _emoji_of(code, lexicon) >= 0:
            break
        cases |= flags
        plain &= code < 0x80
        slow |= code == KELVIN
        i = after
    if i == start:
        return 0, i, False
    first, last = _strip(data, start, i, lexicon)
    if not _has_three_characters(data, first, last):
        first, last = start, i
    if plain:
        return _long_token(data, first, last, lexicon), i, False
    token = UPPER if cases & UPPER_CASE and not cases & LOWER_CASE else 0
    if _has_nt(data, first, last):
        token |= NEGATES
    return token, i, slow


@compiled
def _has_three_characters(data: NDArray[np.uint8], start: int, end: int) -> Value:
    """Tell whether the span holds more than two code points."""
    for _ in range(3):
        if start >= end:
            return False
        _code, start = decode(data, start, end)
    return True


@compiled
def _describe(
    data: NDArray[np.uint8],
    i: int,
    end: int,
    emoji: int,
    lexicon: Value,
    tokens: NDArray[np.int32],
    n_tokens: int,
    scratch: NDArray[np.uint8],
) -> Value:
    """Add the words of an emoji that ends at ``i``; return n_tokens, the new ``i``, and slow."""
    for k in range(lexicon.emoji_starts[emoji], lexicon.emoji_starts[emoji + 1]):
        tokens[n_tokens] = lexicon.emoji_tokens[k]
        n_tokens += 1
    if i == end:
        return n_tokens, i, False
    _token, after, _slow = _wide_token(data, i, end, lexicon)
    if after == i:
        return n_tokens, i, False
    tail = lexicon.emoji_tail_lengths[emoji]
    for k in range(tail):
        scratch[k] = lexicon.emoji_tails[emoji, k]
    for k in range(after - i):
        scratch[tail + k] = data[i + k]
    tokens[n_tokens - 1], _end, slow = _wide_token(scratch, 0, tail + after - i, lexicon)
    return n_tokens, after, slow
