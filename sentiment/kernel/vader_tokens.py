"""Splits a text into VADER's tokens and looks each up; the rules live in ``kernel.vader``.

Tokens are what ``str.split`` leaves, without punctuation at both ends unless two or fewer
characters would stay. An emoji is replaced by its description, which starts a new token
and whose last word sticks to whatever follows, as in the original.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from sentiment.kernel.codepoints import SPACE, decode, flags_of
from sentiment.kernel.codepoints import LOWER as LOWER_CASE
from sentiment.kernel.codepoints import UPPER as UPPER_CASE
from sentiment.kernel.words import (
    first_bytes,
    has_apostrophe,
    load_word,
    lower_bits,
    stop_bits,
    trailing_zeros,
    upper_bits,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A token is an int32: the lexicon entry (0 for any other word) and three flags.
ENTRY = 0xFFFF
UPPER = 0x10000  # str.isupper
NEGATED = 0x20000  # contains "n't"
HIT = 0x40000  # the entry has a valence

# Bits of Lexicon.ascii, one byte a character.
ASCII_SPACE = 1
ASCII_PUNCT = 2

# Bits of Lexicon.kinds.
HAS_VALENCE = 1
IS_BOOSTER = 2
IS_NEGATION = 4

KEY_BYTES = 24
SLOT_BITS = 16
KELVIN = 0x212A
_CASE_BITS = np.uint64(0x2020202020202020)
_HASH = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xC2B2AE3D27D4EB4F),
    np.uint64(0xD6E8FEB86659FD93),
)
_SLOT_SHIFT = np.uint64(64 - SLOT_BITS)


class Lexicon(NamedTuple):
    """VADER's words and emoji as arrays; entry 0 is a word that is not in it.

    Attributes
    ----------
    ascii : ndarray of uint8, shape (256,)
        ASCII_SPACE and ASCII_PUNCT bits.
    flags : ndarray of uint16
        ``CodePoints.flags``.
    slots : ndarray of uint16, shape (2**SLOT_BITS,)
        Open addressing: the entry that lives there, 0 when free.
    keys : ndarray of uint64, shape (entries, 3)
        Lower-case bytes of each entry, zero-padded.
    lengths : ndarray of int32, shape (entries,)
        Bytes of each entry.
    valences, boosts : ndarray of float64, shape (entries,)
    kinds : ndarray of uint8, shape (entries,)
        Bits HAS_VALENCE, IS_BOOSTER, IS_NEGATION.
    phrases, boosters : ndarray of int32, shape (k, 3)
        Entries of two or three words; a missing third word is NO_WORD.
    phrase_values, booster_values : ndarray of float64, shape (k,)
    emoji : ndarray of int16
        By code point: 1 + number of the emoji, 0 when it is none.
    emoji_starts : ndarray of int32, shape (emoji + 1,)
        Where the tokens of each description start in ``emoji_tokens``.
    emoji_tokens : ndarray of int32
    emoji_exclamations : ndarray of int32, shape (emoji,)
        Exclamation marks in the description.
    emoji_tails : ndarray of uint8, shape (emoji, KEY_BYTES)
        Last word of the description as UTF-8, not stripped.
    emoji_tail_lengths : ndarray of int32, shape (emoji,)
    """

    ascii: NDArray[np.uint8]
    flags: NDArray[np.uint16]
    slots: NDArray[np.uint16]
    keys: NDArray[np.uint64]
    lengths: NDArray[np.int32]
    valences: NDArray[np.float64]
    boosts: NDArray[np.float64]
    kinds: NDArray[np.uint8]
    phrases: NDArray[np.int32]
    phrase_values: NDArray[np.float64]
    boosters: NDArray[np.int32]
    booster_values: NDArray[np.float64]
    emoji: NDArray[np.int16]
    emoji_starts: NDArray[np.int32]
    emoji_tokens: NDArray[np.int32]
    emoji_exclamations: NDArray[np.int32]
    emoji_tails: NDArray[np.uint8]
    emoji_tail_lengths: NDArray[np.int32]


@njit(cache=True, nogil=True)
def slot_of(first: np.uint64, second: np.uint64, third: np.uint64) -> int:
    """Return the slot where the search for a key starts."""
    mixed = (first * _HASH[0]) ^ (second * _HASH[1]) ^ (third * _HASH[2])
    return np.int64((mixed ^ (mixed >> np.uint64(29))) * _HASH[1] >> _SLOT_SHIFT)


@njit(cache=True, nogil=True)
def tokenize(
    data: NDArray[np.uint8],
    start: int,
    end: int,
    lexicon: Lexicon,
    tokens: NDArray[np.int32],
    scratch: NDArray[np.uint8],
) -> tuple[int, int, bool]:
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


@njit(cache=True, nogil=True)
def _plain_end(data: NDArray[np.uint8], i: int, end: int, word: np.uint64) -> int:
    """Return where the run of visible ASCII from ``i`` ends; ``word`` is read at ``i``."""
    stops = stop_bits(word)
    while stops == np.uint64(0):
        i += 8
        if i >= end:
            return end
        stops = stop_bits(load_word(data, i))
    return min(i + (trailing_zeros(stops) >> 3), end)


@njit(cache=True, nogil=True)
def _plain_token(
    data: NDArray[np.uint8], start: int, end: int, word: np.uint64, lexicon: Lexicon
) -> int:
    """Return the token of an ASCII span; ``word`` is read at ``start``."""
    ascii_kinds = lexicon.ascii
    if (ascii_kinds[data[start]] | ascii_kinds[data[end - 1]]) & ASCII_PUNCT:
        first, last = _strip(data, start, end, lexicon)
        if last - first > 2:
            if first > start:
                word = load_word(data, first)
            start, end = first, last
    return _look_up(data, start, end, word, lexicon)


@njit(cache=True, nogil=True)
def _strip(data: NDArray[np.uint8], start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """Return the span without ASCII punctuation at both ends."""
    while start < end and data[start] < 0x80 and lexicon.ascii[data[start]] & ASCII_PUNCT:
        start += 1
    while end > start and data[end - 1] < 0x80 and lexicon.ascii[data[end - 1]] & ASCII_PUNCT:
        end -= 1
    return start, end


@njit(cache=True, nogil=True)
def _look_up(
    data: NDArray[np.uint8], start: int, end: int, word: np.uint64, lexicon: Lexicon
) -> int:
    """Return entry and flags of an ASCII span that is stripped already."""
    length = end - start
    first = first_bytes(word, length)
    upper, lower, apostrophe = upper_bits(first), lower_bits(first), has_apostrophe(first)
    first |= upper >> np.uint64(2)
    second = third = np.uint64(0)
    for i in range(start + 8, end, 8):
        more = first_bytes(load_word(data, i), end - i)
        capitals = upper_bits(more)
        upper |= capitals
        lower |= lower_bits(more)
        apostrophe |= has_apostrophe(more)
        more |= capitals >> np.uint64(2)
        if i == start + 8:
            second = more
        elif i == start + 16:
            third = more
    token = _entry_of(first, second, third, length, lexicon) if length <= KEY_BYTES else 0
    if upper != np.uint64(0) and lower == np.uint64(0):
        token |= UPPER
    if apostrophe and _has_nt(data, start, end):
        token |= NEGATED
    return token


@njit(cache=True, nogil=True)
def _entry_of(
    first: np.uint64, second: np.uint64, third: np.uint64, length: int, lexicon: Lexicon
) -> int:
    """Return the entry with these lower-case bytes, with HIT if it has a valence, or 0."""
    slot = slot_of(first, second, third)
    while True:
        entry = np.int64(lexicon.slots[slot])
        if entry == 0:
            return 0
        if (
            lexicon.keys[entry, 0] == first
            and lexicon.keys[entry, 1] == second
            and lexicon.keys[entry, 2] == third
            and lexicon.lengths[entry] == length
        ):
            return entry | (HIT if lexicon.kinds[entry] & HAS_VALENCE else 0)
        slot = (slot + 1) & ((1 << SLOT_BITS) - 1)


@njit(cache=True, nogil=True)
def _has_nt(data: NDArray[np.uint8], start: int, end: int) -> bool:
    """Tell whether the span contains "n't" in any case."""
    for i in range(start + 1, end - 1):
        if data[i] == 0x27 and data[i - 1] | 0x20 == 0x6E and data[i + 1] | 0x20 == 0x74:
            return True
    return False


@njit(cache=True, nogil=True)
def _emoji_of(code: int, lexicon: Lexicon) -> int:
    """Return the number of the emoji, or -1."""
    return np.int64(lexicon.emoji[code]) - 1 if code < lexicon.emoji.size else -1


@njit(cache=True, nogil=True)
def _wide_token(
    data: NDArray[np.uint8], start: int, end: int, lexicon: Lexicon
) -> tuple[int, int, bool]:
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
        return _look_up(data, first, last, load_word(data, first), lexicon), i, False
    token = UPPER if cases & UPPER_CASE and not cases & LOWER_CASE else 0
    if _has_nt(data, first, last):
        token |= NEGATED
    return token, i, slow


@njit(cache=True, nogil=True)
def _has_three_characters(data: NDArray[np.uint8], start: int, end: int) -> bool:
    """Tell whether the span holds more than two code points."""
    for _ in range(3):
        if start >= end:
            return False
        _code, start = decode(data, start, end)
    return True


@njit(cache=True, nogil=True)
def _describe(
    data: NDArray[np.uint8],
    i: int,
    end: int,
    emoji: int,
    lexicon: Lexicon,
    tokens: NDArray[np.int32],
    n_tokens: int,
    scratch: NDArray[np.uint8],
) -> tuple[int, int, bool]:
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
    scratch[:tail] = lexicon.emoji_tails[emoji, :tail]
    scratch[tail : tail + after - i] = data[i:after]
    tokens[n_tokens - 1], _end, slow = _wide_token(scratch, 0, tail + after - i, lexicon)
    return n_tokens, after, slow
